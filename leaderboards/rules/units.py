"""
Unit results: gates, components, points and places, with every number on the way.

Ranks compare unrounded points unless the scheme rounds its components. Units that fail
a gate or are excluded have their numbers and no place. Equal on the chain, same place.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from leaderboards.rules.books import Books
from leaderboards.rules.canonical import half_up, ratio
from leaderboards.rules.criteria import LAST
from leaderboards.rules.gates import Outcome
from leaderboards.rules.metrics import (
    MeanScore,
    Measure,
    Measured,
    Rate,
    people_of,
)
from leaderboards.rules.prizes import Contender, PrizeList
from leaderboards.rules.reading import Reader
from leaderboards.rules.reasons import Reason
from leaderboards.rules.scheme import Component, Scheme
from leaderboards.rules.standings import decided

ZERO = Fraction(0)


@dataclass
class Part:
    """One component of one unit."""

    component: Component
    found: Measured
    normalised: Fraction
    rounded: Fraction | None
    weighted: Fraction

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.component.code,
            "title": self.component.title,
            "metric": self.component.measure.metric.code,
            "normaliser": self.component.normaliser.code,
            "rounds": self.component.measure.rounds,
            "weight": ratio(self.component.weight),
            "value": ratio(self.found.value),
            "maximum": ratio(self.found.maximum),
            "normalised": ratio(self.normalised),
            "rounded": ratio(self.rounded),
            "points": ratio(self.weighted),
            "details": self.found.details,
            "flags": self.found.flags,
        }


@dataclass
class UnitRow:
    """A unit in a list; ``key`` is the chain, smaller is better."""

    unit: str
    is_excluded: bool
    gates: list[Outcome]
    summary: dict[str, Any]
    parts: list[Part] = field(default_factory=list)
    points: Fraction = ZERO
    breaks: list[Fraction | None] = field(default_factory=list)
    key: tuple[Fraction | int, ...] = ()
    place: int | None = None

    @property
    def competes(self) -> bool:
        return not self.is_excluded and all(gate.is_passed for gate in self.gates)


@dataclass
class UnitListing:
    """One list of a scheme, those with a place first."""

    scheme: Scheme
    round: int | None
    group: str
    rows: list[UnitRow]

    def as_json(self) -> dict[str, Any]:
        rows, above = [], None
        for row in self.rows:
            reason = None
            if above is not None and row.place is not None:
                parted = self.parted(above, row)
                reason = parted[1] if parted else []
            rows.append(self.row_json(row, reason))
            above = row
        return {
            "scheme": self.scheme.code,
            "round": self.round,
            "group": self.group,
            "chain": self.chain,
            "rows": rows,
        }

    @property
    def chain(self) -> list[list[str]]:
        breaks = [[one.code, one.direction] for one in self.scheme.tie_chain]
        return [["points", "desc"], *breaks]

    def row_json(self, row: UnitRow, reason: list[Any] | None) -> dict[str, Any]:
        return {
            "unit": row.unit,
            "place": row.place,
            "points": ratio(row.points),
            "excluded": row.is_excluded,
            "gates": [gate.as_json() for gate in row.gates],
            "components": [part.as_json() for part in row.parts],
            "tie_chain": [
                [one.code, ratio(value)]
                for one, value in zip(self.scheme.tie_chain, row.breaks, strict=True)
            ],
            **row.summary,
            "reason": reason,
        }

    def values(self, row: UnitRow) -> list[Fraction | None]:
        return [row.points, *row.breaks]

    def parted(self, better: UnitRow, worse: UnitRow) -> tuple[int, list[Any]] | None:
        """The first comparison that parts two rows: its index and ``[code, a, b]``."""
        mine, theirs = self.values(better), self.values(worse)
        for index, (code, _) in enumerate(self.chain):
            if mine[index] != theirs[index]:
                return index, [code, ratio(mine[index]), ratio(theirs[index])]
        return None

    def comparison(self, index: int, other: int) -> Reason:
        """How row ``index`` stands against row ``other``, both with a place."""
        mine, theirs = self.rows[index], self.rows[other]
        parted = self.parted(mine, theirs)
        params: dict[str, Any] = {"with": theirs.unit, "place": theirs.place}
        if parted is None:
            return Reason("equal", params)
        at, (code, a, b) = parted
        values = self.values(mine)
        equal = [[self.chain[i][0], ratio(values[i])] for i in range(at)]
        params |= {"criterion": code, "column": code, "a": a, "b": b, "equal": equal}
        return Reason("before" if index < other else "behind", params)


def listings(scheme: Scheme, books: Books, number: int | None) -> list[UnitListing]:
    """The lists of ``scheme``, in the order of the blocs."""
    units = [
        unit
        for code, unit in sorted(books.data.units.items())
        if (unit.counts_as is None or unit.counts_as_from > books.data.opens_at)
        and (unit.bloc in scheme.blocs if scheme.blocs else True)
        and (unit.bloc is not None or scheme.group_by == "all")
    ]
    found = []
    for group in books.data.blocs if scheme.group_by == "bloc" else ("",):
        rows = [
            started(scheme, books, unit.code, unit.excluded)
            for unit in units
            if scheme.group_by == "all" or unit.bloc == group
        ]
        if rows:
            finish(scheme, books, rows)
            found.append(UnitListing(scheme, number, group, rows))
    return found


def started(scheme: Scheme, books: Books, unit: str, is_excluded: bool) -> UnitRow:
    gates = [gate.check(unit, books) for gate in scheme.gates]
    return UnitRow(unit, is_excluded, gates, summary(scheme, books, unit))


def summary(scheme: Scheme, books: Books, unit: str) -> dict[str, Any]:
    """What everybody asks of a unit, by the scheme's own population."""
    how = scheme.defaults
    papers = books.papers(how.population, how.attempts).get(unit, {})
    rows = [row for number in sorted(papers) for row in papers[number]]
    nothing = Reader({}, "summary")
    rate = Measure(Rate(nothing), how.rounds, how.attempts, how.population)
    score = Measure(MeanScore(nothing), "pooled", how.attempts, how.population)
    return {
        "headcount": books.headcount(unit, None, how.population),
        "people": people_of(rows),
        "papers": len(rows),
        "perfect": sum(score >= most > 0 for _, score, most in rows),
        "rate": ratio(rate.of(unit, books).value),
        "mean_score": ratio(score.of(unit, books).value),
    }


def finish(scheme: Scheme, books: Books, rows: list[UnitRow]) -> None:
    """Fill in components, points, the chain and the places, and put rows in order."""
    competes = [row.competes for row in rows]
    for component in scheme.components:
        found = [component.measure.of(row.unit, books) for row in rows]
        worth = component.normaliser.apply(found, competes)
        for row, one, normalised in zip(rows, found, worth, strict=True):
            row.parts.append(part_of(component, one, normalised))
    for row in rows:
        row.points = sum((part.weighted for part in row.parts), ZERO)
        row.breaks = [one.measure.of(row.unit, books).value for one in scheme.tie_chain]
        row.key = (-row.points, *chain_key(scheme, row.breaks))
    rows.sort(
        key=lambda row: (not row.competes, row.key if row.competes else (), row.unit)
    )
    give_places(rows)


def part_of(component: Component, found: Measured, normalised: Fraction) -> Part:
    rounded = None
    if component.decimals is not None:
        rounded = half_up(normalised, component.decimals)
    worth = normalised if rounded is None else rounded
    weighted = worth * component.weight / component.normaliser.full
    return Part(component, found, normalised, rounded, weighted)


def chain_key(
    scheme: Scheme, values: Iterable[Fraction | None]
) -> Iterable[Fraction | int]:
    for one, value in zip(scheme.tie_chain, values, strict=True):
        if value is None:
            yield LAST
        else:
            yield value if one.direction == "asc" else -value


def give_places(rows: list[UnitRow]) -> None:
    above: UnitRow | None = None
    for index, row in enumerate(rows):
        if not row.competes:
            return
        tied = above is not None and row.key == above.key
        row.place = above.place if above is not None and tied else index + 1
        above = row


def prize_list(listing: UnitListing, decisions: list[dict[str, Any]]) -> PrizeList:
    """What ``prizes.hand_out`` needs of a listing."""
    scheme = listing.scheme
    return PrizeList(
        kind="scheme",
        rule=scheme.code,
        order=scheme.order,
        round=listing.round,
        group=listing.group,
        prizes=[p for p in scheme.prizes if p.group in (None, listing.group)],
        contenders=[
            Contender(row.unit, row.place, index, row.points)
            for index, row in enumerate(listing.rows)
            if row.place is not None
        ],
        tie=scheme.tie,
        one_prize=scheme.one_prize,
        decisions=decided(decisions, scheme.code, listing.round, listing.group),
    )
