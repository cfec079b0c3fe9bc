"""
Gates: what a unit must have reached to be ranked at all.

A unit that fails one keeps its numbers and has no place. A unit without headcount has
no rate and fails rate gates.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from leaderboards.rules.books import Books
from leaderboards.rules.canonical import ratio
from leaderboards.rules.metrics import (
    Defaults,
    Measure,
    Measured,
    Metric,
    Participants,
    Rate,
    read_measure,
    read_over,
)
from leaderboards.rules.reading import Reader
from leaderboards.rules.registry import Registry
from leaderboards.rules.spanning_metrics import External, IndividualPrizes


@dataclass(frozen=True)
class Outcome:
    """Passed or not, the value and what was needed, with what wording has to know."""

    code: str
    is_passed: bool
    value: Fraction | None
    needed: Fraction
    params: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "passed": self.is_passed,
            "value": ratio(self.value),
            "needed": ratio(self.needed),
            **self.params,
        }


class Gate:
    """Reads ``op``, ``value`` and over what; ``check`` answers for one unit."""

    code = ""

    def __init__(self, read: Reader, defaults: Defaults) -> None:
        self.op = read.choice("op", (">=", ">"), ">=")
        self.value = read.fraction("value")
        self.measure = self.read_measure(read, defaults)

    def read_measure(self, read: Reader, defaults: Defaults) -> Measure:
        raise NotImplementedError

    def reaches(self, value: Fraction | None, needed: Fraction) -> bool:
        if value is None:
            return False
        return value > needed if self.op == ">" else value >= needed

    def check(self, unit: str, books: Books) -> Outcome:
        found = self.measure.of(unit, books)
        is_passed = self.reaches(found.value, self.value)
        return self.outcome(is_passed, found, self.value, {})

    def outcome(
        self,
        is_passed: bool,
        found: Measured,
        needed: Fraction,
        params: dict[str, Any],
    ) -> Outcome:
        params = {"op": self.op, "metric": self.measure.metric.code, **params}
        return Outcome(self.code, is_passed, found.value, needed, params)


class GateRegistry(Registry[Gate]):
    def read(self, read: Reader, defaults: Defaults) -> Gate:
        return self.classes[read.choice("code", self.codes())](read, defaults)


gates = GateRegistry("gate")


def made(metric: type[Metric], read: Reader, defaults: Defaults) -> Measure:
    """A measure of ``metric`` over what the gate itself names."""
    return Measure(metric(read), *read_over(read, defaults))


@gates.register
class RateGate(Gate):
    """A share of the headcount must take part, or (``minimum``) so many people; bands
    by headcount replace both (Sóc Trăng 2022: 30 % below 50 people, 25 % below 100)."""

    code = "rate"

    def __init__(self, read: Reader, defaults: Defaults) -> None:
        super().__init__(read, defaults)
        self.minimum = read.integer("minimum", None)
        self.bands: list[tuple[int, Fraction, int | None]] = []
        for item in read.items("bands"):
            below = item.integer("below", least=1)
            if self.bands and below <= self.bands[-1][0]:
                raise item.fault("below", "not_ascending")
            minimum = item.integer("minimum", None)
            self.bands.append((below, item.fraction("value"), minimum))

    def read_measure(self, read: Reader, defaults: Defaults) -> Measure:
        return made(Rate, read, defaults)

    def check(self, unit: str, books: Books) -> Outcome:
        headcount = books.headcount(unit, None, self.measure.population)
        needed, minimum = self.value, self.minimum
        for below, value, least in self.bands:
            if headcount is not None and headcount < below:
                needed, minimum = value, least
                break
        found = self.measure.of(unit, books)
        people = self.people(unit, books)
        is_passed = self.reaches(found.value, needed)
        if found.value is not None and minimum is not None and people is not None:
            is_passed = is_passed or people >= minimum
        params = {"headcount": headcount, "people": ratio(people), "minimum": minimum}
        return self.outcome(is_passed, found, needed, params)

    def people(self, unit: str, books: Books) -> Fraction | None:
        how = self.measure
        metric = Participants(Reader({}, "participants"))
        return (
            Measure(metric, how.rounds, how.attempts, how.population)
            .of(unit, books)
            .value
        )


@gates.register
class CompulsoryGate(RateGate):
    """Of the people in a compulsory position a share, or so many, must take part; a
    unit without any passes."""

    code = "compulsory"

    def read_measure(self, read: Reader, defaults: Defaults) -> Measure:
        how = made(Rate, read, defaults)
        self.category = read.text("category")
        population = how.population.of_category(self.category)
        return Measure(how.metric, how.rounds, how.attempts, population)

    def check(self, unit: str, books: Books) -> Outcome:
        found = super().check(unit, books)
        is_passed = found.is_passed or not found.params["headcount"]
        params = {**found.params, "category": self.category}
        return Outcome(self.code, is_passed, found.value, found.needed, params)


@gates.register
class IndividualPrizesGate(Gate):
    """So many individual awards."""

    code = "individual_prizes"

    def read_measure(self, read: Reader, defaults: Defaults) -> Measure:
        return made(IndividualPrizes, read, defaults)


@gates.register
class ExternalGate(Gate):
    """So many external points."""

    code = "external"

    def read_measure(self, read: Reader, defaults: Defaults) -> Measure:
        return made(External, read, defaults)


@gates.register
class MetricGate(Gate):
    """Any metric."""

    code = "metric"

    def read_measure(self, read: Reader, defaults: Defaults) -> Measure:
        return read_measure(read, defaults)


def read_gates(read: Reader, defaults: Defaults) -> Sequence[Gate]:
    return tuple(gates.read(item, defaults) for item in read.items("gates"))
