"""
The score of one attempt: its paper, its responses and the keys, nothing else.

Points are integers in thousandths. ``all_or_nothing`` gives an item's points for
exactly the right options. ``partial`` gives each right option its share and takes a
share for each wrong one, never below zero, rounded half up to a thousandth.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LETTERS = "abcdefghij"
ALL_OR_NOTHING = "all_or_nothing"
PARTIAL = "partial"


@dataclass(frozen=True)
class Score:
    """Points in thousandths; items wholly right, answered, and in the paper."""

    score: int
    correct: int
    answered: int
    total: int


def score(
    paper: Sequence[Mapping[str, Any]],
    responses: Mapping[str, Sequence[str]],
    keys: Mapping[str, Mapping[str, Any]],
    *,
    method: str = ALL_OR_NOTHING,
) -> Score:
    """
    Score ``responses`` (position -> letters, both in the paper's own order).

    Positions and letters that the paper does not have are ignored. ``keys`` maps item
    versions to ``{"correct": [ids], "points": thousandths}`` and, after a correction,
    ``"accept"``: ``any`` (each of the correct options alone is right too) or
    ``everyone`` (the item is void: every paper has its points).
    """
    points = correct = answered = 0
    for number, drawn in enumerate(paper, start=1):
        chosen = chosen_options(drawn["options"], responses.get(str(number), ()))
        earned, right = _item(keys[drawn["item"]], chosen, method)
        points += earned
        correct += right
        answered += bool(chosen)
    return Score(points, correct, answered, len(paper))


def chosen_options(order: Sequence[str], letters: Collection[str]) -> frozenset[str]:
    """Return the ids of the options that ``letters`` name in this paper's order."""
    return frozenset(
        option
        for letter, option in zip(LETTERS, order, strict=False)
        if letter in letters
    )


def answered(paper: Sequence[Any], responses: Mapping[str, Collection[str]]) -> int:
    """Return how many items of the paper have an option chosen."""
    return sum(
        bool(chosen_options(drawn["options"], responses.get(str(number), ())))
        for number, drawn in enumerate(paper, start=1)
    )


def maximum(keys: Mapping[str, Mapping[str, Any]], versions: Collection[str]) -> int:
    """Return the points of a perfect paper of these item versions."""
    return sum(keys[version]["points"] for version in versions)


def _item(
    key: Mapping[str, Any], chosen: frozenset[str], method: str
) -> tuple[int, bool]:
    """Return the points earned and whether the item is wholly right."""
    points, accept = key["points"], key.get("accept", "all")
    correct = frozenset(key["correct"])
    if accept == "everyone" or chosen == correct:
        return points, True
    if accept == "any" and len(chosen) == 1 and chosen <= correct:
        return points, True
    if method == PARTIAL:
        shares = max(0, len(chosen & correct) - len(chosen - correct))
        return (2 * points * shares + len(correct)) // (2 * len(correct)), False
    return 0, False
