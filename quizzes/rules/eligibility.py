"""
Who may enter: age on a day, unit, way of entry, excluded persons and units.

Every reason that stands in the way is returned, so that a person hears all of them at
once. Hue 2025: 18 years, officials with a unit, organisers and their helpers excluded.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Reason:
    """A reason as a code and what its sentence needs."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Requirements:
    """What an audience asks for; ages in whole years on ``age_on``."""

    min_age: int | None = None
    max_age: int | None = None
    age_on: date | None = None
    unit_required: bool = False
    commune_required: bool = False
    roster_required: bool = False


@dataclass(frozen=True)
class Candidate:
    """What is known of a person who wants to enter."""

    birth_date: date | None = None
    has_unit: bool = False
    is_commune: bool = False
    is_unit_ended: bool = False
    is_on_roster: bool = False
    is_excluded: bool = False
    is_unit_excluded: bool = False


def age_on(birth: date, day: date) -> int:
    """
    Return the age in whole years reached on ``day``.

    Born on 29 February, one turns a year older on 1 March of common years.
    """
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def reasons_against(candidate: Candidate, asked: Requirements) -> list[Reason]:
    """Return every reason that forbids entering; an empty list means welcome."""
    found = _age_reasons(candidate, asked) + _unit_reasons(candidate, asked)
    if asked.roster_required and not candidate.is_on_roster:
        found.append(Reason("not_on_roster"))
    if candidate.is_excluded:
        found.append(Reason("person_excluded"))
    if candidate.is_unit_excluded:
        found.append(Reason("unit_excluded"))
    return found


def _unit_reasons(candidate: Candidate, asked: Requirements) -> list[Reason]:
    if not asked.unit_required:
        return []
    if not candidate.has_unit:
        return [Reason("unit_needed")]
    found = []
    if candidate.is_unit_ended:
        found.append(Reason("unit_ended"))
    if asked.commune_required and not candidate.is_commune:
        found.append(Reason("commune_needed"))
    return found


def _age_reasons(candidate: Candidate, asked: Requirements) -> list[Reason]:
    if asked.min_age is None and asked.max_age is None:
        return []
    if candidate.birth_date is None or asked.age_on is None:
        return [Reason("birth_date_needed")]
    age = age_on(candidate.birth_date, asked.age_on)
    if asked.min_age is not None and age < asked.min_age:
        return [Reason("too_young", {"age": asked.min_age})]
    if asked.max_age is not None and age > asked.max_age:
        return [Reason("too_old", {"age": asked.max_age})]
    return []
