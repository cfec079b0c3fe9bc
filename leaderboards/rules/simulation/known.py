"""
What is known of each round, in one shape, whatever file it came from.

``{"number", "people": {audience: n}, "perfect": {audience: n}, ...}`` as ``targets``
reads it. A contest file's ``known_results`` may hold the published figures alone
(officials, citizens, papers all correct); its ``simulation`` adds what was chosen.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from leaderboards.rules.simulation.targets import PERFECT, half_up

# Chosen: "more than so many in all" is met with so much to spare.
SPARE = Fraction(25, 10_000)


def known_rounds(
    known_results: Mapping[str, Any],
    numbers: Sequence[int],
    *,
    officials: str | None,
    citizens: str | None,
) -> dict[int, dict[str, Any]]:
    """
    Return what is known per round number; an empty map where nothing is.

    ``officials`` and ``citizens`` are the codes of the audiences that published
    figures call so, None where the contest has no such audience.
    """
    audiences = {"officials": officials, "citizens": citizens}
    rounds = {
        row["number"]: _published(row, audiences)
        for row in known_results.get("rounds", ())
    }
    _fill_up(rounds, known_results.get("total_entries_at_least"), numbers)
    chosen = known_results.get("simulation", {}).get("rounds", ())
    rounds |= {row["number"]: dict(row) for row in chosen}
    return {number: rounds.get(number, {}) for number in numbers}


def first_units(known_results: Mapping[str, Any]) -> frozenset[str]:
    """Codes of the units that are to come first in their blocs."""
    return frozenset(known_results.get("collective_first_prizes", {}).values())


def _published(
    row: Mapping[str, Any], audiences: Mapping[str, str | None]
) -> dict[str, Any]:
    people = {
        code: row[word] for word, code in audiences.items() if code and word in row
    }
    perfect = {
        code: row[f"perfect_papers_{word}"]
        for word, code in audiences.items()
        if code and f"perfect_papers_{word}" in row
    }
    if not perfect and "perfect_papers" in row and people:
        perfect = _split(row["perfect_papers"], people)
    return {"number": row["number"], "people": people, "perfect": perfect}


def _split(total: int, people: Mapping[str, int]) -> dict[str, int]:
    """Share ``total`` out like ``people``; the first audience has the remainder."""
    everybody = max(1, sum(people.values()))
    shares = {
        code: total * count // everybody for code, count in list(people.items())[1:]
    }
    first = next(iter(people))
    return {first: total - sum(shares.values())} | shares


def _fill_up(
    rounds: dict[int, dict[str, Any]],
    at_least: int | None,
    numbers: Sequence[int],
) -> None:
    """Give the rounds without figures what is missing from the published total."""
    unknown = [number for number in numbers if number not in rounds]
    if not at_least or not unknown or not rounds:
        return
    last = rounds[max(rounds)]["people"]
    missing = at_least - sum(sum(row["people"].values()) for row in rounds.values())
    if missing <= 0 or not last:
        return
    each = half_up(missing * (1 + SPARE) / len(unknown))
    for number in unknown:
        people = _split(each, last)
        perfect = {code: half_up(count * PERFECT) for code, count in people.items()}
        rounds[number] = {"number": number, "people": people, "perfect": perfect}
