"""
Draw the paper of one attempt from a sealed pool.

Every entrant of an audience gets the same blueprint: so many items per topic and
difficulty (or a fixed set), in an order of one's own, options shuffled except those
that speak of the others ("Tất cả các đáp án trên" keeps its place) and those of
true/false items. Items the entrant has met before come last. Two items that give each
other away (``not_with``) never meet in a paper.

The paper follows from the sealed pool, the seed and the items seen, and from nothing
else. A seed names the version of this algorithm, ``"1.<text>"``, so a later version
leaves old papers reproducible.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizzes.rules.random_stream import RandomStream

VERSION = "1"

# Searches with exclusions stop after this many steps and try another order; the last
# try is in the pool's own order, which the lock of the round has proved to succeed.
STEPS_PER_TRY = 2_000
STEPS_TO_PROVE = 200_000

Choices = list[list[int]]
Picks = list[tuple[int, int]]


class CannotDraw(Exception):
    """
    No paper can be drawn from this pool.

    ``code`` is ``pool_too_small`` (a line of the blueprint lacks items; params
    topic, difficulty, needed, available), ``exclusions`` (every choice puts two items
    together that exclude each other) or ``unknown_seed`` (not a seed of this version).
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Shortage:
    """A line of the blueprint that the pool cannot fill."""

    topic: str | None
    difficulty: str | None
    needed: int
    available: int


class _OutOfSteps(Exception):
    """The search took longer than it was allowed."""


class _Steps:
    def __init__(self, limit: int) -> None:
        self.left = limit

    def take(self) -> None:
        if not self.left:
            raise _OutOfSteps
        self.left -= 1


def make_seed(text: str) -> str:
    """Return the seed that makes this version draw from ``text`` (random hex)."""
    return f"{VERSION}.{text}"


def draw(
    sealed: Mapping[str, Any], *, seed: str, seen: Collection[str] = ()
) -> list[dict[str, Any]]:
    """
    Return the paper: ``[{"item": version, "options": [option ids in order]}]``.

    ``sealed`` is a pool's sealed JSON; ``seen`` holds codes of items met before.
    Raise ``CannotDraw``.
    """
    if not seed.startswith(f"{VERSION}."):
        raise CannotDraw("unknown_seed", seed=seed)
    items = sealed["items"]
    if sealed.get("fixed"):
        chosen = list(range(len(items)))
    else:
        chosen = _choose(sealed, seed, frozenset(seen))
    if sealed.get("shuffle_items", True):
        chosen = RandomStream(f"{seed}/order").shuffled(chosen)
    stream = RandomStream(f"{seed}/options")
    shuffle = sealed.get("shuffle_options", True)
    return [
        {
            "item": items[n]["version"],
            "options": _arrange(items[n], stream, shuffle),
        }
        for n in chosen
    ]


def shortages(sealed: Mapping[str, Any]) -> list[Shortage]:
    """Return the blueprint's lines that have too few items, exclusions aside."""
    if sealed.get("fixed"):
        return []
    items = sealed["items"]
    return [
        Shortage(line.get("topic"), line.get("difficulty"), line["count"], len(found))
        for line in sealed["blueprint"]
        if len(found := _matching(items, line)) < line["count"]
    ]


def prove(sealed: Mapping[str, Any]) -> None:
    """Raise ``CannotDraw`` unless every seed can draw a paper from this pool."""
    if sealed.get("fixed"):
        _prove_fixed(sealed["items"])
        return
    for short in shortages(sealed):
        raise CannotDraw("pool_too_small", **vars(short))
    _search_in_pool_order(sealed)


def _prove_fixed(items: Sequence[Mapping[str, Any]]) -> None:
    if not items:
        raise CannotDraw("pool_too_small", **vars(Shortage(None, None, 1, 0)))
    if any(len(group) > 1 for group in _exclusions(items)):
        raise CannotDraw("exclusions")


def _arrange(item: Mapping[str, Any], stream: RandomStream, shuffle: bool) -> list[str]:
    options = item["options"]
    order = [option["id"] for option in options]
    if not shuffle or item["type"] == "true_false":
        return order
    free = [n for n, option in enumerate(options) if not option.get("pinned")]
    moved = stream.shuffled(order[n] for n in free)
    for place, option in zip(free, moved, strict=True):
        order[place] = option
    return order


def _choose(sealed: Mapping[str, Any], seed: str, seen: frozenset[str]) -> list[int]:
    """Return positions in the pool, in the order of the blueprint's lines."""
    for short in shortages(sealed):
        raise CannotDraw("pool_too_small", **vars(short))
    needs = [line["count"] for line in sealed["blueprint"]]
    apart = _exclusions(sealed["items"])
    for choices in _orders(sealed, seed, seen):
        try:
            picks = _search(needs, choices, apart, _Steps(STEPS_PER_TRY))
        except _OutOfSteps:
            continue
        if picks is not None:
            return _by_line(picks)
    return _by_line(_search_in_pool_order(sealed))


def _search_in_pool_order(sealed: Mapping[str, Any]) -> Picks:
    items = sealed["items"]
    choices = [_matching(items, line) for line in sealed["blueprint"]]
    needs = [line["count"] for line in sealed["blueprint"]]
    try:
        picks = _search(needs, choices, _exclusions(items), _Steps(STEPS_TO_PROVE))
    except _OutOfSteps:
        picks = None
    if picks is None:
        raise CannotDraw("exclusions")
    return picks


def _orders(
    sealed: Mapping[str, Any], seed: str, seen: frozenset[str]
) -> Iterator[Choices]:
    """
    Yield the candidate lists to try in turn, each line's candidates in random order.

    First only items never met, with the met ones where a line has not enough others;
    then all of them, met ones last; then a second order of all.
    """
    items = sealed["items"]
    met = {n for n, item in enumerate(items) if item["item"] in seen}
    first = _shuffled_lines(sealed, RandomStream(f"{seed}/items/1"), met)
    needs = [line["count"] for line in sealed["blueprint"]]
    yield [
        [n for n in line if n not in met] if _unmet(line, met) >= need else line
        for line, need in zip(first, needs, strict=True)
    ]
    yield first
    yield _shuffled_lines(sealed, RandomStream(f"{seed}/items/2"), met)


def _shuffled_lines(
    sealed: Mapping[str, Any], stream: RandomStream, met: set[int]
) -> Choices:
    lines = [
        stream.shuffled(_matching(sealed["items"], line))
        for line in sealed["blueprint"]
    ]
    return [sorted(line, key=met.__contains__) for line in lines]


def _unmet(line: Sequence[int], met: set[int]) -> int:
    return sum(n not in met for n in line)


def _matching(items: Sequence[Mapping[str, Any]], line: Mapping[str, Any]) -> list[int]:
    """Return positions of the items a line may take; no topic means any topic."""
    topic, difficulty = line.get("topic"), line.get("difficulty")
    return [
        n
        for n, item in enumerate(items)
        if (not topic or item["topic"] == topic)
        and (not difficulty or item["difficulty"] == difficulty)
    ]


def _exclusions(items: Sequence[Mapping[str, Any]]) -> list[frozenset[int]]:
    """Return for each item itself and those it excludes, in either direction."""
    place = {item["item"]: n for n, item in enumerate(items)}
    apart = [{n} for n in range(len(items))]
    for n, item in enumerate(items):
        for code in item.get("not_with", ()):
            if code in place:
                apart[n].add(place[code])
                apart[place[code]].add(n)
    return [frozenset(group) for group in apart]


def _search(
    needs: list[int],
    choices: Choices,
    apart: Sequence[frozenset[int]],
    steps: _Steps,
) -> Picks | None:
    """
    Return ``(line, item)`` picks that fill every line, or None if none exist.

    The line with the least to spare chooses first, and each pick takes its excluded
    items off every line, so a dead end shows as soon as a line runs short. A passed
    candidate is not tried again further down: combinations, not permutations.
    """
    steps.take()
    waiting = [n for n, need in enumerate(needs) if need]
    if not waiting:
        return []
    line = min(waiting, key=lambda n: len(choices[n]) - needs[n])
    candidates, need = choices[line], needs[line]
    fewer = [*needs[:line], need - 1, *needs[line + 1 :]]
    for at in range(len(candidates) - need + 1):
        item = candidates[at]
        later = [*choices[:line], candidates[at + 1 :], *choices[line + 1 :]]
        rest = _without(apart[item], later)
        found = _search(fewer, rest, apart, steps)
        if found is not None:
            return [(line, item), *found]
    return None


def _without(blocked: frozenset[int], choices: Choices) -> Choices:
    return [
        line if blocked.isdisjoint(line) else [n for n in line if n not in blocked]
        for line in choices
    ]


def _by_line(picks: Picks) -> list[int]:
    return [item for _, item in sorted(picks, key=lambda pick: pick[0])]
