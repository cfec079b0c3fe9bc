"""
Who takes part in a round and how good they are, from traits that last.

A person is a text, ``"unit:7"``: the seventh of a unit, or of the citizens. Diligent
people come nearly every week, able ones know nearly everything; each week adds some
luck. The first of each unit never misses a round and is no worse than most.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from leaderboards.rules.simulation.dice import Dice
from leaderboards.rules.simulation.turnout import Quota

# Chosen: how much a week's luck weighs beside a lasting trait.
LUCK = 0.6
# Chosen: citizens who know of the contest, as a multiple of those who take part.
CROWD = 1.25


@dataclass(frozen=True)
class Participant:
    """A person in a round; ``ability`` is in standard deviations of the audience."""

    ref: str
    ability: float
    is_perfect: bool = False
    knows_nothing: bool = False


def refs(group: str, people: int) -> list[str]:
    return [f"{group}:{number}" for number in range(1, people + 1)]


def is_first(ref: str) -> bool:
    return ref.endswith(":1")


def participants(
    people: Sequence[str],
    quota: Quota,
    *,
    seed: str,
    round_number: int,
    absent: Collection[str] = (),
) -> list[Participant]:
    """
    Return the ``quota.people`` most diligent of ``people``, the ablest of them perfect.

    Those in ``absent`` stay away, and their share stays away with them if too few are
    left.
    """
    willing = [
        (-_drive(seed, ref, round_number), ref) for ref in people if ref not in absent
    ]
    coming = [ref for _, ref in sorted(willing)[: quota.people]]
    able = sorted(
        ((_ability(seed, ref, round_number), ref) for ref in coming), reverse=True
    )
    return [
        Participant(ref, ability, is_perfect=place < quota.perfect)
        for place, (ability, ref) in enumerate(able)
    ]


def with_nothing_right(crowd: Sequence[Participant], count: int) -> list[Participant]:
    """Return the same people, the ``count`` least able of them with nothing right."""
    weakest = sorted(
        (person for person in crowd if not person.is_perfect),
        key=lambda person: (person.ability, person.ref),
    )
    empty = {person.ref for person in weakest[:count]}
    return [Participant(p.ref, p.ability, p.is_perfect, p.ref in empty) for p in crowd]


def _drive(seed: str, ref: str, round_number: int) -> float:
    if is_first(ref):
        return float("inf")
    return _trait(seed, ref, "drive") + LUCK * _trait(
        seed, ref, f"drive/{round_number}"
    )


def _ability(seed: str, ref: str, round_number: int) -> float:
    luck = LUCK * _trait(seed, ref, f"ability/{round_number}")
    if is_first(ref):
        return abs(luck)
    return _trait(seed, ref, "ability") + luck


def _trait(seed: str, ref: str, name: str) -> float:
    return Dice(f"{seed}/person/{ref}/{name}").normal()
