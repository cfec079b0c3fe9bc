"""
What the simulation aims at, read from a contest's known results.

``known_results["simulation"]`` states people and perfect papers per round and
audience, units with everybody there, rates of single units, papers with nothing
right. Whatever it leaves out is chosen here, by the constants below.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

SMALLEST_UNIT = 8
SMALLEST_CROWD = 6
# Chosen, where nothing is known: turnout of an audience that reports by unit, people of
# another audience per official, and the share of perfect papers.
TURNOUT = Fraction(92, 100)
OTHERS_PER_HEAD = Fraction(4, 100)
PERFECT = Fraction(30, 100)


@dataclass(frozen=True)
class Unit:
    """A reporting unit: ``people`` is its headcount, already scaled."""

    code: str
    bloc: str
    people: int
    is_first: bool = False
    is_commune: bool = False


@dataclass(frozen=True)
class Target:
    """What one audience does in one round: people, and how many know everything."""

    people: int
    perfect: int
    nothing_right: int = 0
    full_units: int = 0
    rates: Mapping[str, Fraction] = field(default_factory=dict)


def scaled_headcount(people: int, scale: Fraction) -> int:
    """The headcount at ``scale``, half up, at least 8 but never more than it was."""
    return min(people, max(SMALLEST_UNIT, half_up(people * scale)))


def half_up(value: Fraction | int) -> int:
    return (2 * Fraction(value).numerator + Fraction(value).denominator) // (
        2 * Fraction(value).denominator
    )


def target(
    known: Mapping[str, Any],
    audience: str,
    *,
    counts_for_unit: bool,
    headcount: int,
    units: Sequence[Unit],
    scale: Fraction,
) -> Target:
    """
    Return the scaled target of ``audience`` in the round that ``known`` describes.

    ``headcount`` is the sum of all units at scale 1. People who report by unit shrink
    with the headcounts (small units stay above ``scale``), the others with ``scale``.
    """
    here = sum(unit.people for unit in units)
    share = Fraction(here, headcount) if counts_for_unit and headcount else scale
    ordinary = headcount * (TURNOUT if counts_for_unit else OTHERS_PER_HEAD)
    full = Fraction(known.get("people", {}).get(audience, ordinary))
    people = max(half_up(full * share), SMALLEST_CROWD)
    perfect = Fraction(known.get("perfect", {}).get(audience, full * PERFECT))
    nothing = known.get("nothing_right", {}).get(audience, 0)
    return Target(
        people=min(people, here) if counts_for_unit else people,
        perfect=half_up(perfect * people / full) if full else 0,
        nothing_right=half_up(nothing * share),
        full_units=known.get("full_units", 0) if counts_for_unit else 0,
        rates={code: Fraction(rate) for code, rate in known.get("rates", {}).items()},
    )
