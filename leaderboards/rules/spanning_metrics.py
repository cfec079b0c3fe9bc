"""
Metrics that span the rounds by nature: steadiness, rounds, prizes, outside points.

They read the population and the kind of attempts, and pay no heed to how rounds
combine.
"""

from fractions import Fraction
from typing import Any

from leaderboards.rules.books import Books
from leaderboards.rules.canonical import ratio
from leaderboards.rules.metrics import (
    THOUSAND,
    Measure,
    Measured,
    Metric,
    Rate,
    metrics,
)
from leaderboards.rules.reading import Reader

RATE = Rate(Reader({}, "rate"))


@metrics.register
class Steadiness(Metric):
    """The lowest round rate by the highest (Huế); rounds without a rate are left
    out."""

    code = "steadiness"
    is_ratio = True
    has_maximum = True

    def measure(self, unit: str, books: Books, how: Measure) -> Measured:
        papers = books.papers(how.population, how.attempts).get(unit, {})
        found = Measured(None, Fraction(1))
        rates: list[Fraction] = []
        for number in books.rounds:
            headcount = books.headcount(unit, number, how.population)
            one = RATE.combined(
                [(number, papers.get(number, []), headcount)], pool=False
            )
            found.details += one.details
            found.flags += one.flags
            if one.value is not None:
                rates.append(one.value)
        if rates:
            highest = max(rates)
            found.value = min(rates) / highest if highest else Fraction(0)
        return found


@metrics.register
class RoundsCount(Metric):
    """Rounds in which somebody of the unit took part."""

    code = "rounds_count"
    has_maximum = True

    def measure(self, unit: str, books: Books, how: Measure) -> Measured:
        papers = books.papers(how.population, how.attempts).get(unit, {})
        taken = sum(bool(papers.get(number)) for number in books.rounds)
        return Measured(Fraction(taken), Fraction(len(books.rounds)))


class AwardMetric(Metric):
    """Individual awards of the unit's people, of some rankings or all."""

    def __init__(self, read: Reader) -> None:
        self.rankings = read.texts("rankings")

    def worth(self, award: dict[str, Any]) -> Fraction:
        raise NotImplementedError

    def measure(self, unit: str, books: Books, how: Measure) -> Measured:
        awards = books.individual_awards(unit, self.rankings, how.population)
        total = sum((self.worth(award) for award in awards), Fraction(0))
        prizes = sorted(award["prize"] for award in awards)
        details = [
            {"prize": code, "count": prizes.count(code)} for code in sorted(set(prizes))
        ]
        return Measured(total, details=details)


@metrics.register
class IndividualPrizes(AwardMetric):
    """How many individual awards."""

    code = "individual_prizes"

    def worth(self, award: dict[str, Any]) -> Fraction:
        return Fraction(1)


@metrics.register
class PrizePoints(AwardMetric):
    """So many points for each prize, by its code; others are worth nothing."""

    code = "prize_points"

    def __init__(self, read: Reader) -> None:
        super().__init__(read)
        with read.part("points") as part:
            self.points = {key: part.fraction(key) for key in list(part.data)}

    def worth(self, award: dict[str, Any]) -> Fraction:
        return self.points.get(award["prize"], Fraction(0))


@metrics.register
class External(Metric):
    """Judged or other points typed or imported for the unit; none has no value."""

    code = "external"

    def __init__(self, read: Reader) -> None:
        self.source = read.text("source")
        self.is_mean = read.choice("combine", ("sum", "mean"), "sum") == "mean"
        self.most = read.fraction("max", None)
        self.has_maximum = self.most is not None

    def measure(self, unit: str, books: Books, how: Measure) -> Measured:
        points = books.external(unit, self.source)
        details = [{"points": ratio(Fraction(p, THOUSAND))} for p in points]
        if not points:
            return Measured(None, self.most)
        total = Fraction(sum(points), THOUSAND)
        return Measured(
            total / len(points) if self.is_mean else total, self.most, details
        )
