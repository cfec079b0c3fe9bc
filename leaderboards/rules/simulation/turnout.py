"""
How many of each unit take part in a round, and how many of them know everything.

The totals are the target's. Units differ by two traits that last the whole contest:
how keen they are (who stays away) and how good they are (perfect papers). A unit that
is to come first in its bloc is given the best of both; it still has to win by the
contest's own rules.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from leaderboards.rules.simulation.apportion import apportion
from leaderboards.rules.simulation.dice import Dice
from leaderboards.rules.simulation.targets import Target, Unit, half_up

# Chosen. No unit of unknown rate lacks more than this share of its people, or so many
# times the mean share; winners and others stand above the mean share of perfect papers,
# the one at least by the first lead, the other at most by the second.
LARGEST_ABSENCE = 0.45
TIMES_MEAN_ABSENCE = 2.0
WINNERS_LEAD = 0.85
OTHERS_LEAD = 0.50


@dataclass(frozen=True)
class Quota:
    """People of one unit in one round: how many take part, how many know all."""

    people: int
    perfect: int


def quotas(
    units: Sequence[Unit], target: Target, *, seed: str, round_number: int
) -> dict[str, Quota]:
    """Return the quota of each unit by code; they add up to the target."""
    present = _present(units, target, seed, round_number)
    perfect = _perfect(units, present, target, seed, round_number)
    return {unit.code: Quota(present[unit.code], perfect[unit.code]) for unit in units}


def _present(
    units: Sequence[Unit], target: Target, seed: str, round_number: int
) -> dict[str, int]:
    known = {
        unit.code: _at_rate(unit, target) for unit in units if unit.code in target.rates
    }
    others = sorted(
        (unit for unit in units if unit.code not in known),
        key=lambda unit: (not unit.is_first, -_keenness(seed, unit, round_number)),
    )
    absent = sum(u.people for u in others) - (target.people - sum(known.values()))
    firsts = sum(unit.is_first for unit in others)
    full = max(target.full_units, firsts, len(others) - max(absent, 0))
    away = _away(others, full, absent, seed, round_number)
    return known | {u.code: u.people - away[u.code] for u in others}


def _at_rate(unit: Unit, target: Target) -> int:
    return min(unit.people, max(1, half_up(target.rates[unit.code] * unit.people)))


def _away(
    units: Sequence[Unit], full: int, absent: int, seed: str, round_number: int
) -> dict[str, int]:
    """Share ``absent`` people out among the units after the first ``full`` ones."""
    rest = units[full:]
    people = sum(unit.people for unit in rest)
    share = max(LARGEST_ABSENCE, TIMES_MEAN_ABSENCE * absent / max(1, people))
    counts = apportion(
        absent,
        [u.people * math.exp(-_keenness(seed, u, round_number)) for u in rest],
        [1] * len(rest),
        [max(1, min(u.people - 1, int(u.people * share))) for u in rest],
    )
    gone = {unit.code: count for unit, count in zip(rest, counts, strict=True)}
    return {unit.code: gone.get(unit.code, 0) for unit in units}


def _perfect(
    units: Sequence[Unit],
    present: dict[str, int],
    target: Target,
    seed: str,
    round_number: int,
) -> dict[str, int]:
    mean = target.perfect / max(1, target.people)
    winners, others = (mean + lead * (1 - mean) for lead in (WINNERS_LEAD, OTHERS_LEAD))
    shares = apportion(
        target.perfect,
        [
            max(1, present[unit.code]) * math.exp(_quality(seed, unit, round_number))
            for unit in units
        ],
        [math.ceil(winners * present[u.code]) if u.is_first else 0 for u in units],
        [
            present[u.code] if u.is_first else int(others * present[u.code])
            for u in units
        ],
    )
    return {unit.code: share for unit, share in zip(units, shares, strict=True)}


def _keenness(seed: str, unit: Unit, round_number: int) -> float:
    return _trait(seed, unit, "keenness", 0.8) + _trait(
        seed, unit, f"keenness/{round_number}", 0.3
    )


def _quality(seed: str, unit: Unit, round_number: int) -> float:
    return _trait(seed, unit, "quality", 0.4) + _trait(
        seed, unit, f"quality/{round_number}", 0.15
    )


def _trait(seed: str, unit: Unit, name: str, deviation: float) -> float:
    return Dice(f"{seed}/unit/{unit.code}/{name}").normal(0.0, deviation)
