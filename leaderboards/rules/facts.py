"""
What a tally knows: frozen rows of the inputs, and the facts that criteria compare.

Scores are integers in thousandths of a point, moments epoch milliseconds, durations
milliseconds, birth dates integers ``yyyymmdd`` (``yyyy0000`` if only the year is
known).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Paper:
    """What is answered in one round by one audience, and how its attempts count."""

    round: int
    audience: str
    max_score: int
    item_count: int
    prediction: Mapping[str, Any] | None
    counting: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Unit:
    """A reporting unit of the contest; attempts started from ``counts_as_from`` on are
    read as made for ``counts_as`` (a merger in mid-contest)."""

    code: str
    bloc: str | None
    counts_as: str | None = None
    counts_as_from: int = 0
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Headcount:
    """People of a unit; without ``round`` for the whole contest, without ``audience``
    for all of them."""

    unit: str
    round: int | None
    audience: str | None
    category: str
    people: int


@dataclass(frozen=True, slots=True)
class Entrant:
    """A person in the contest; ``category`` names a compulsory position, if any."""

    uuid: str
    audience: str
    unit: str | None
    birth: int | None
    registered_at: int | None
    eligible: bool
    excluded: bool
    category: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """
    A closed and scored attempt.

    ``audience`` is the one whose paper was answered and never changes; ``unit`` is the
    reporting unit frozen at the attempt; ``answered`` is None where it is not known.
    """

    id: str
    entrant: str
    round: int
    number: int
    audience: str
    unit: str | None
    score: int
    correct: int
    answered: int | None
    prediction: int | None
    started_at: int
    submitted_at: int
    duration_ms: int
    closed_by: str
    day: int
    max_score: int

    @property
    def is_perfect(self) -> bool:
        return self.score >= self.max_score > 0

    @property
    def order(self) -> tuple[int, int, str]:
        """First started first; equal moments by number, then by name."""
        return (self.started_at, self.number, self.id)


@dataclass(slots=True)
class Person:
    """One entrant with the attempts that are not void, in order, and the valid ones."""

    entrant: Entrant
    attempts: list[Attempt]
    valid: list[Attempt]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the criteria compare for one person in one list."""

    entrant: str
    attempt: str
    audience: str
    unit: str | None
    is_perfect: bool
    score: int
    max_score: int
    correct: int
    prediction: int | None
    prediction_distance: int | None
    is_over: bool
    duration_ms: int
    total_duration_ms: int
    submitted_at: int
    started_at: int
    registered_at: int | None
    attempts_used: int
    times_at_full: int
    rounds_taken_part: int
    birth: int | None
    external: Mapping[str, int]
