"""
The inputs of a tally, read from canonical JSON (``docs/tally-inputs.md`` has the
shape).

``read`` checks every reference once, applies the corrections, and leaves people with
their valid attempts, so that nothing after it has to doubt a row.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from leaderboards.rules import corrections, tables
from leaderboards.rules.counting import Counting, read_counting
from leaderboards.rules.facts import (
    Attempt,
    Entrant,
    Headcount,
    Paper,
    Person,
    Unit,
)
from leaderboards.rules.reading import MISSING, Reader, RuleError

ENTRANT = {
    "uuid": MISSING,
    "audience": MISSING,
    "unit": None,
    "birth": None,
    "registered_at": None,
    "eligible": True,
    "excluded": False,
    "category": "",
}
ATTEMPT = {
    "id": MISSING,
    "entrant": MISSING,
    "round": MISSING,
    "number": 1,
    "audience": None,
    "unit": None,
    "score": MISSING,
    "correct": 0,
    "answered": None,
    "prediction": None,
    "started_at": MISSING,
    "submitted_at": MISSING,
    "duration_ms": MISSING,
    "closed_by": "person",
    "day": 0,
}
TARGETS = ("perfect_people", "people", "attempts", "free")


@dataclass(frozen=True)
class Settings:
    """What the organiser had to choose; none of it has a default."""

    abandoned_counts: bool
    incomplete_void: bool
    excluded_counts_for_unit: bool


@dataclass
class Data:
    """Everything a tally computes from, corrected and indexed."""

    scope: str
    rounds: tuple[int, ...]
    opens_at: int
    audiences: dict[str, bool]
    papers: dict[tuple[int, str], Paper]
    countings: dict[tuple[int, str], Counting]
    blocs: tuple[str, ...]
    units: dict[str, Unit]
    headcounts: list[Headcount]
    people: dict[str, Person]
    external: list[dict[str, Any]]
    below: list[dict[str, Any]]
    decisions: list[dict[str, Any]]
    frozen_truths: dict[tuple[int, str], int]
    settings: Settings
    corrections: list[dict[str, Any]]

    @cached_property
    def excluded_units(self) -> frozenset[str]:
        return frozenset(unit.code for unit in self.units.values() if unit.excluded)

    def bloc_of(self, unit: str | None) -> str | None:
        return None if unit is None else self.units[unit].bloc

    def is_barred(self, entrant: Entrant, unit: str | None) -> bool:
        """Excluded in person or through the unit: wins nothing."""
        if entrant.excluded or not self.excluded_units:
            return entrant.excluded
        return unit in self.excluded_units or entrant.unit in self.excluded_units


def read(inputs: dict[str, Any]) -> Data:
    """Check ``inputs`` and read them; raise ``RuleError`` at the first fault."""
    read = Reader(inputs, "inputs")
    if read.integer("format") != 1:
        raise read.fault("format", "unknown")
    audiences = {
        one.text("code"): one.flag("counts_for_unit", True)
        for one in loose(read, "audiences")
    }
    papers, countings = read_papers(read)
    reading = read_rows(read, audiences, papers)
    settings = read_settings(read)
    report = corrections.apply_all(
        reading, read.take("corrections", []), read.integer("cutoff")
    )
    succeed(reading)
    return Data(
        **read_frame(read),
        audiences=audiences,
        papers=papers,
        countings=countings,
        units=reading.units,
        headcounts=read_headcounts(read, reading.units),
        people=gather(reading, papers, settings),
        external=as_kept(reading, read.take("external", [])),
        below=[read_below(reading, one) for one in read.take("below", [])],
        settings=settings,
        corrections=report,
    )


def read_frame(read: Reader) -> dict[str, Any]:
    """What stands apart from people and units: scope, rounds, blocs, decisions."""
    rounds = {
        one.integer("number", least=1): one.integer("opens_at", 0)
        for one in loose(read, "rounds")
    }
    return {
        "scope": read.choice("scope", ("round", "contest")),
        "rounds": tuple(sorted(rounds)),
        "opens_at": min(rounds.values()),
        "blocs": tuple(one.text("code") for one in loose(read, "blocs")),
        "decisions": read.take("decisions", []),
        "frozen_truths": {
            (row["round"], row["audience"]): row["value"]
            for row in read.take("frozen_truths", [])
        },
    }


def read_rows(
    read: Reader,
    audiences: dict[str, bool],
    papers: dict[tuple[int, str], Paper],
) -> corrections.Reading:
    """Units, entrants and attempts as they were frozen, before any correction."""
    units = read_units(read)
    reading = corrections.Reading(
        entrants=read_entrants(read, audiences, units),
        attempts={},
        units=units,
        audiences=frozenset(audiences),
    )
    reading.attempts = read_attempts(read, reading, papers)
    return reading


def as_kept(
    reading: corrections.Reading, rows: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """``rows`` with entrants that are the same person under the name that is kept."""
    return [
        {**row, "entrant": reading.keeper(row["entrant"])}
        if row.get("entrant") in reading.same
        else row
        for row in rows
    ]


def read_below(reading: corrections.Reading, one: dict[str, Any]) -> dict[str, Any]:
    """A tally below: what one record of a person won or reached, the person did."""
    places = {
        ranking: [[reading.keeper(who), place] for who, place in rows]
        for ranking, rows in one.get("places", {}).items()
    }
    return {**one, "awards": as_kept(reading, one["awards"]), "places": places}


def loose(read: Reader, key: str) -> list[Reader]:
    """Readers of a list whose objects may carry more than a tally reads."""
    return [
        Reader(item, f"{read.path}.{key}[{place}]")
        for place, item in enumerate(read.take(key))
    ]


def read_settings(read: Reader) -> Settings:
    part = Reader(read.take("settings"), f"{read.path}.settings")
    for key in Settings.__dataclass_fields__:
        part.take(key)
    return Settings(*(part.flag(key) for key in Settings.__dataclass_fields__))


def read_papers(
    read: Reader,
) -> tuple[dict[tuple[int, str], Paper], dict[tuple[int, str], Counting]]:
    papers, countings = {}, {}
    for one in loose(read, "papers"):
        prediction = one.take("prediction", None)
        if prediction is not None:
            part = Reader(prediction, f"{one.path}.prediction")
            part.choice("target", TARGETS)
            part.choice("scope", ("audience", "all"), "audience")
            part.integer("answer", None)
        paper = Paper(
            round=one.integer("round", least=1),
            audience=one.text("audience"),
            max_score=one.integer("max_score"),
            item_count=one.integer("item_count"),
            prediction=prediction,
            counting=one.take("counting", {"policy": "best_then_earliest"}),
        )
        papers[paper.round, paper.audience] = paper
        countings[paper.round, paper.audience] = read_counting(one)
    return papers, countings


def read_units(read: Reader) -> dict[str, Unit]:
    units = {}
    for one in loose(read, "units"):
        unit = Unit(
            code=one.text("code"),
            bloc=one.take("bloc", None),
            counts_as=one.take("counts_as", None),
            counts_as_from=one.integer("counts_as_from", 0),
            excluded=one.flag("excluded"),
        )
        units[unit.code] = unit
    for unit in units.values():
        if unit.counts_as is not None and unit.counts_as not in units:
            raise RuleError("inputs.units", "unknown", value=unit.counts_as)
    return units


def read_headcounts(read: Reader, units: dict[str, Unit]) -> list[Headcount]:
    """Headcounts as declared: a merger changes them only where it was declared so."""
    rows = []
    for one in loose(read, "headcounts"):
        unit = one.text("unit")
        if unit not in units:
            raise one.fault("unit", "unknown", value=unit)
        rows.append(
            Headcount(
                unit=unit,
                round=one.integer("round", None),
                audience=one.take("audience", None),
                category=one.text("category", ""),
                people=one.integer("people"),
            )
        )
    return rows


def read_entrants(
    read: Reader, audiences: dict[str, bool], units: dict[str, Unit]
) -> dict[str, Entrant]:
    entrants: dict[str, Entrant] = {}
    for values in tables.arranged(read.take("entrants"), "inputs.entrants", ENTRANT):
        entrant = Entrant(*values)
        if entrant.audience not in audiences:
            raise fault_of("entrants", entrant.uuid, "audience")
        if entrant.unit is not None and entrant.unit not in units:
            raise fault_of("entrants", entrant.uuid, "unit")
        if entrant.uuid in entrants:
            raise RuleError(f"inputs.entrants[{entrant.uuid}]", "twice")
        entrants[entrant.uuid] = entrant
    return entrants


def read_attempts(
    read: Reader,
    reading: corrections.Reading,
    papers: dict[tuple[int, str], Paper],
) -> dict[str, Attempt]:
    """Attempts by id, with the entrant's unit and audience where a row names none."""
    attempts: dict[str, Attempt] = {}
    audience_at, unit_at = (list(ATTEMPT).index(key) for key in ("audience", "unit"))
    for values in tables.arranged(read.take("attempts"), "inputs.attempts", ATTEMPT):
        entrant = reading.entrants.get(values[1])
        if entrant is None:
            raise fault_of("attempts", values[0], "entrant")
        if values[audience_at] is None:
            values[audience_at] = entrant.audience
        if values[unit_at] is None:
            values[unit_at] = entrant.unit
        elif values[unit_at] not in reading.units:
            raise fault_of("attempts", values[0], "unit")
        paper = papers.get((values[2], values[audience_at]))
        if paper is None:
            raise fault_of("attempts", values[0], "round")
        attempts[values[0]] = Attempt(*values, paper.max_score)
    return attempts


def fault_of(table: str, row: Any, key: str) -> RuleError:
    return RuleError(f"inputs.{table}[{row}].{key}", "unknown")


def succeed(reading: corrections.Reading) -> None:
    """Read attempts started after their unit's merger as made for the successor."""
    if not any(unit.counts_as for unit in reading.units.values()):
        return
    for key, attempt in reading.attempts.items():
        heir = heir_of(reading.units, attempt.unit, attempt.started_at)
        if heir != attempt.unit:
            reading.attempts[key] = replace(attempt, unit=heir)


def heir_of(units: dict[str, Unit], code: str | None, moment: int) -> str | None:
    """The unit that ``code`` counts as at ``moment``; raise for a circle."""
    seen = {code}
    while code is not None:
        unit = units[code]
        if unit.counts_as is None or moment < unit.counts_as_from:
            return code
        code = unit.counts_as
        if code in seen:
            raise RuleError(f"inputs.units[{code}].counts_as", "circle")
        seen.add(code)
    return None


def gather(
    reading: corrections.Reading,
    papers: dict[tuple[int, str], Paper],
    settings: Settings,
) -> dict[str, Person]:
    """Eligible people with their attempts in order; void ones are gone."""
    mine: dict[str, list[Attempt]] = defaultdict(list)
    for attempt in reading.attempts.values():
        if attempt.id not in reading.void:
            mine[attempt.entrant].append(attempt)
    people = {}
    for uuid in sorted(mine):
        entrant = reading.entrants[uuid]
        if entrant.eligible:
            attempts = sorted(mine[uuid], key=lambda attempt: attempt.order)
            valid = [a for a in attempts if is_valid(a, papers, settings)]
            people[uuid] = Person(entrant, attempts, valid)
    return people


def is_valid(
    attempt: Attempt, papers: dict[tuple[int, str], Paper], settings: Settings
) -> bool:
    """Abandoned and incomplete attempts count or not, as the organiser chose."""
    if attempt.closed_by == "time" and not settings.abandoned_counts:
        return False
    if not settings.incomplete_void or attempt.answered is None:
        return True
    return attempt.answered >= papers[attempt.round, attempt.audience].item_count
