"""
The score of one attempt: its paper, its responses and the keys, nothing else.

Points are integers in thousandths. ``all_or_nothing`` gives an item's points for
exactly the right options. ``partial`` gives each right option its share and takes a
share for each wrong one, never below zero, rounded half up to a thousandth.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LETTERS = "abcdefghij"
PLACE = {letter: place for place, letter in enumerate(LETTERS)}
NOTHING: frozenset[str] = frozenset()
ALL_OR_NOTHING = "all_or_nothing"
PARTIAL = "partial"


@dataclass(frozen=True)
class Score:
    """Points in thousandths; items wholly right, answered, and in the paper."""

    score: int
    correct: int
    answered: int
    total: int


@dataclass(frozen=True)
class Key:
    """
    What an item's key is worth and accepts.

    ``accept`` is ``all`` (exactly the correct options) or, after a correction, ``any``
    (each of them alone is right too) or ``everyone`` (the item is void: every paper
    has its points).
    """

    correct: frozenset[str]
    points: int
    accept: str

    @classmethod
    def read(cls, key: Mapping[str, Any]) -> "Key":
        """Read one entry of a key sheet: ``{"correct", "points"[, "accept"]}``."""
        accept = key.get("accept", "all")
        return cls(frozenset(key["correct"]), key["points"], accept)


def score(
    paper: Sequence[Mapping[str, Any]],
    responses: Mapping[str, Sequence[str]],
    keys: Mapping[str, Mapping[str, Any]],
    *,
    method: str = ALL_OR_NOTHING,
) -> Score:
    """
    Score ``responses`` (position -> letters, both in the paper's own order).

    ``keys`` is a key sheet: version -> ``{"correct", "points"[, "accept"]}``. Positions
    and letters that the paper does not have are ignored.
    """
    needed = {drawn["item"]: Key.read(keys[drawn["item"]]) for drawn in paper}
    return score_with(needed, paper, responses, method)


def score_with(
    keys: Mapping[str, Key],
    paper: Sequence[Mapping[str, Any]],
    responses: Mapping[str, Sequence[str]],
    method: str,
) -> Score:
    """Score like ``score``, with keys read once for many papers (``read_keys``)."""
    points = correct = count = 0
    for number, drawn in enumerate(paper, start=1):
        letters = responses.get(str(number))
        chosen = chosen_options(drawn["options"], letters) if letters else NOTHING
        earned, right = _item(keys[drawn["item"]], chosen, method)
        points += earned
        correct += right
        count += bool(chosen)
    return Score(points, correct, count, len(paper))


def read_keys(sheet: Mapping[str, Mapping[str, Any]]) -> dict[str, Key]:
    """Return a key sheet's entries ready for many papers."""
    return {version: Key.read(key) for version, key in sheet.items()}


def chosen_options(order: Sequence[str], letters: Iterable[str]) -> frozenset[str]:
    """Return the ids of the options that ``letters`` name in this paper's order."""
    count = len(order)
    return frozenset(
        [order[PLACE[letter]] for letter in letters if PLACE[letter] < count]
    )


def answered(paper: Sequence[Any], responses: Mapping[str, Sequence[str]]) -> int:
    """Return how many items of the paper have an option chosen."""
    return sum(
        bool(chosen_options(drawn["options"], responses.get(str(number), ())))
        for number, drawn in enumerate(paper, start=1)
    )


def _item(key: Key, chosen: frozenset[str], method: str) -> tuple[int, bool]:
    """Return the points earned and whether the item is wholly right."""
    if chosen == key.correct or key.accept == "everyone":
        return key.points, True
    if key.accept == "any" and len(chosen) == 1 and chosen <= key.correct:
        return key.points, True
    if method == PARTIAL:
        right = len(chosen & key.correct)
        shares = max(0, 2 * right - len(chosen))
        whole = len(key.correct)
        return (2 * key.points * shares + whole) // (2 * whole), False
    return 0, False
