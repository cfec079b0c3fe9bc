"""
Corrections: dated records that change how a tally reads something; the rows stay.

Those decided up to the cut-off apply, in the order of decision; of two about the same
thing the later stands. Each is reported with the number of things it touched.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from leaderboards.rules.facts import Attempt, Entrant, Unit
from leaderboards.rules.reading import Reader, RuleError
from leaderboards.rules.registry import Registry


@dataclass
class Reading:
    """How the rows are read; corrections change it, ``attempts`` by id."""

    entrants: dict[str, Entrant]
    attempts: dict[str, Attempt]
    units: dict[str, Unit]
    audiences: frozenset[str]
    void: set[str] = field(default_factory=set)
    same: dict[str, str] = field(default_factory=dict)
    by_entrant: dict[str, list[str]] = field(default_factory=dict)

    def index(self) -> None:
        for attempt in self.attempts.values():
            self.by_entrant.setdefault(attempt.entrant, []).append(attempt.id)

    def keeper(self, uuid: str) -> str:
        """The entrant as whom ``uuid`` is read, through all ``same_person`` records."""
        while uuid in self.same:
            uuid = self.same[uuid]
        return uuid


class Correction:
    """Reads its target; ``apply`` changes the reading and counts what it touched."""

    code = ""

    def __init__(self, read: Reader) -> None:
        self.path = read.path
        self.id = read.text("id")
        self.decided_at = read.integer("decided_at")
        self.entrant = read.take("entrant", None)
        self.attempt = read.take("attempt", None)
        self.unit = read.take("unit", None)
        self.round = read.integer("round", None)
        self.to = read.take("to", None)
        self.reason = read.text("reason", "")
        self.document = read.text("document", "")

    def apply(self, reading: Reading) -> int:
        raise NotImplementedError

    def attempts(self, reading: Reading) -> list[Attempt]:
        """The attempt named, or the entrant's attempts (of ``round`` if that is
        given)."""
        if self.attempt is not None:
            found = reading.attempts.get(self.attempt)
            return [found] if found else []
        mine = (reading.attempts[i] for i in reading.by_entrant.get(self.entrant, ()))
        return [a for a in mine if self.round is None or a.round == self.round]

    def change_entrant(self, reading: Reading, **changes: Any) -> int:
        found = reading.entrants.get(self.entrant)
        if found is None:
            return 0
        reading.entrants[found.uuid] = replace(found, **changes)
        return 1

    def truth(self) -> bool:
        """``to`` as true or false, true if it is not given."""
        if self.to is not None and not isinstance(self.to, bool):
            raise RuleError(f"{self.path}.to", "not_true_or_false")
        return self.to is not False


kinds: Registry[Correction] = Registry("correction")


@kinds.register
class Void(Correction):
    """An attempt, or an entrant's attempts, do not exist for the tally."""

    code = "void"

    def apply(self, reading: Reading) -> int:
        found = self.attempts(reading)
        for attempt in found:
            reading.void.discard(attempt.id)
            if self.truth():
                reading.void.add(attempt.id)
        return len(found)


@kinds.register
class MovedUnit(Correction):
    """Attempts are read as made for the unit ``to``; so is the entrant, if no round or
    attempt is named."""

    code = "unit"

    def apply(self, reading: Reading) -> int:
        if self.to is not None and self.to not in reading.units:
            raise RuleError(f"{self.path}.to", "unknown", value=str(self.to))
        found = self.attempts(reading)
        for attempt in found:
            reading.attempts[attempt.id] = replace(attempt, unit=self.to)
        if self.attempt is None and self.round is None:
            return len(found) + self.change_entrant(reading, unit=self.to)
        return len(found)


@kinds.register
class MovedAudience(Correction):
    """The entrant is ranked with the audience ``to``; the papers stay what they
    were."""

    code = "audience"

    def apply(self, reading: Reading) -> int:
        if self.to not in reading.audiences:
            raise RuleError(f"{self.path}.to", "unknown", value=str(self.to))
        return self.change_entrant(reading, audience=self.to)


@kinds.register
class Eligibility(Correction):
    """``to`` false: nothing of this entrant counts anywhere."""

    code = "eligibility"

    def apply(self, reading: Reading) -> int:
        return self.change_entrant(reading, eligible=self.truth())


@kinds.register
class SamePerson(Correction):
    """``entrant`` is the same person as ``to``, whose all attempts become."""

    code = "same_person"

    def apply(self, reading: Reading) -> int:
        if self.entrant not in reading.entrants or self.to not in reading.entrants:
            return 0
        mine, theirs = reading.keeper(self.entrant), reading.keeper(self.to)
        if mine == theirs:
            return 0
        reading.same[mine] = theirs
        return 1


@kinds.register
class Exclusion(Correction):
    """An entrant, or a whole unit and everybody in it, wins nothing."""

    code = "exclusion"

    def apply(self, reading: Reading) -> int:
        if self.unit is None:
            return self.change_entrant(reading, excluded=self.truth())
        found = reading.units.get(self.unit)
        if found is None:
            return 0
        reading.units[found.code] = replace(found, excluded=self.truth())
        return 1


def apply_all(
    reading: Reading, rows: list[Mapping[str, Any]], cutoff: int
) -> list[dict[str, Any]]:
    """Apply to ``reading`` what was decided up to ``cutoff``; report each record."""
    reading.index()
    corrections = []
    for place, row in enumerate(rows):
        read = Reader(row, f"corrections[{place}]")
        corrections.append(kinds.build(read, "kind"))
        read.done()
    corrections.sort(key=lambda one: (one.decided_at, one.id))
    report = []
    for one in corrections:
        if one.decided_at <= cutoff:
            touched = one.apply(reading)
            report.append({"id": one.id, "kind": one.code, "touched": touched})
    merge(reading)
    return report


def merge(reading: Reading) -> None:
    """Give each same person's attempts to the one kept; an exclusion of either
    holds."""
    for uuid in reading.same:
        kept = reading.entrants[reading.keeper(uuid)]
        if reading.entrants[uuid].excluded and not kept.excluded:
            reading.entrants[kept.uuid] = replace(kept, excluded=True)
        for attempt in reading.by_entrant.get(uuid, ()):
            row = reading.attempts[attempt]
            reading.attempts[attempt] = replace(row, entrant=kept.uuid)
    for uuid in reading.same:
        del reading.entrants[uuid]
