"""Everybody of one audience in one round, each with the unit that the attempt names."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from leaderboards.rules.simulation import people
from leaderboards.rules.simulation.dice import Dice
from leaderboards.rules.simulation.targets import Target, Unit
from leaderboards.rules.simulation.turnout import Quota, quotas


@dataclass(frozen=True)
class Member:
    """A participant and the code of the unit; None where the audience asks none."""

    person: people.Participant
    unit: str | None


def by_unit(
    units: Sequence[Unit],
    target: Target,
    *,
    seed: str,
    round_number: int,
    absent: Collection[str] = (),
) -> list[Member]:
    """Return the people of all units, in the order of the units."""
    shares = quotas(units, target, seed=seed, round_number=round_number)
    crowd = [
        Member(person, unit.code)
        for unit in units
        for person in people.participants(
            people.refs(unit.code, unit.people),
            shares[unit.code],
            seed=seed,
            round_number=round_number,
            absent=absent,
        )
    ]
    return _some_with_nothing_right(crowd, target.nothing_right)


def at_large(
    group: str,
    target: Target,
    *,
    homes: Sequence[Unit],
    population: int,
    seed: str,
    round_number: int,
    absent: Collection[str] = (),
) -> list[Member]:
    """
    Return ``target.people`` of a population named ``group``, each living in a home.

    No homes: their units are None.
    """
    crowd = people.participants(
        people.refs(group, population),
        Quota(target.people, target.perfect),
        seed=seed,
        round_number=round_number,
        absent=absent,
    )
    members = [Member(person, home(person.ref, homes)) for person in crowd]
    return _some_with_nothing_right(members, target.nothing_right)


def population(targets: Sequence[Target]) -> int:
    """How many know of the contest, given the targets of all its rounds."""
    return math.ceil(people.CROWD * max(target.people for target in targets))


def home(ref: str, homes: Sequence[Unit]) -> str | None:
    """
    The unit where a citizen lives: bigger ones have more, some are keener.

    It follows from the ref alone, so that nobody moves between two editions.
    """
    if not homes:
        return None
    weights = [
        unit.people * math.exp(Dice(f"home/{unit.code}").normal(0.0, 0.5))
        for unit in homes
    ]
    codes = [unit.code for unit in homes]
    return Dice(f"home/of/{ref}").weighted(codes, weights)


def _some_with_nothing_right(crowd: Sequence[Member], count: int) -> list[Member]:
    persons = people.with_nothing_right([member.person for member in crowd], count)
    return [
        Member(person, member.unit)
        for person, member in zip(persons, crowd, strict=True)
    ]
