"""
Metrics of units: exact numbers out of papers, headcounts, awards and external points.

A ``Measure`` is a metric with its population, its kind of attempts and the way rounds
combine. Real schemes: ``docs/rules.md``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from leaderboards.rules.books import Books, PaperRow, Population, read_population
from leaderboards.rules.canonical import ratio
from leaderboards.rules.reading import Reader
from leaderboards.rules.registry import Registry

ROUNDS = ("mean", "pooled", "distinct", "all_rounds")
ATTEMPTS = ("counting", "all")
THOUSAND = 1000


@dataclass
class Measured:
    """A value with how it came about: per-round numbers and flags."""

    value: Fraction | None
    maximum: Fraction | None = None
    details: list[dict[str, Any]] = field(default_factory=list)
    flags: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Quotient:
    """``top / bottom`` and the most it could have been; bottoms of 1 stay 1 when rounds
    are pooled."""

    top: int
    bottom: int
    max_top: int = 0
    max_bottom: int = 1


@dataclass(frozen=True)
class Measure:
    """A metric and over what: ``rounds`` in ROUNDS, ``attempts`` in ATTEMPTS."""

    metric: "Metric"
    rounds: str
    attempts: str
    population: Population

    def of(self, unit: str, books: Books) -> Measured:
        return self.metric.measure(unit, books, self)


class Metric:
    """Reads its parameters; ``measure`` answers for one unit."""

    code = ""
    is_ratio = False
    has_maximum = False

    def __init__(self, read: Reader) -> None:
        pass

    def measure(self, unit: str, books: Books, how: Measure) -> Measured:
        raise NotImplementedError


metrics: Registry[Metric] = Registry("metric")


class PaperMetric(Metric):
    """A quotient of papers and headcount, which rounds can combine in four ways."""

    has_maximum = True
    adds_up = False  # the bottom is 1, not people or papers
    needs_headcount = False

    def quotient(self, papers: Sequence[PaperRow], headcount: int) -> Quotient:
        raise NotImplementedError

    def limited(self, value: Fraction, number: int | None, found: Measured) -> Fraction:
        return value

    def measure(self, unit: str, books: Books, how: Measure) -> Measured:
        papers = books.papers(how.population, how.attempts).get(unit, {})
        if how.rounds in ("mean", "pooled"):
            cells = [
                (n, papers.get(n, []), books.headcount(unit, n, how.population))
                for n in books.rounds
            ]
        else:
            rows = [row for n in sorted(papers) for row in papers[n]]
            if how.rounds == "distinct":
                rows = best_of_each_person(rows)
            else:
                rows = of_all_rounds(rows, papers, books.rounds)
            cells = [(None, rows, books.headcount(unit, None, how.population))]
        return self.combined(cells, pool=how.rounds == "pooled")

    def combined(
        self,
        cells: Sequence[tuple[int | None, Sequence[PaperRow], int | None]],
        *,
        pool: bool,
    ) -> Measured:
        found = Measured(None)
        parts = []
        for number, papers, headcount in cells:
            part = self.quotient(papers, headcount or 0)
            undefined = self.needs_headcount and not headcount
            value = None if undefined else self.value(part, number, found)
            detail = {"round": number, "top": part.top, "bottom": part.bottom}
            found.details.append({**detail, "value": ratio(value)})
            if value is not None:
                parts.append((part, value))
        if parts and pool:
            whole = self.pooled([part for part, _ in parts])
            found.value = self.value(whole, None, found)
            found.maximum = divided(whole.max_top, whole.max_bottom)
        elif parts:
            found.value = mean([value for _, value in parts])
            found.maximum = mean([divided(p.max_top, p.max_bottom) for p, _ in parts])
        return found

    def value(self, part: Quotient, number: int | None, found: Measured) -> Fraction:
        return self.limited(divided(part.top, part.bottom), number, found)

    def pooled(self, parts: Sequence[Quotient]) -> Quotient:
        one = self.adds_up
        return Quotient(
            top=sum(part.top for part in parts),
            bottom=parts[0].bottom if one else sum(part.bottom for part in parts),
            max_top=sum(part.max_top for part in parts),
            max_bottom=parts[0].max_bottom
            if one
            else sum(part.max_bottom for part in parts),
        )


def divided(top: int, bottom: int) -> Fraction:
    """The quotient; 0 if there is nothing to divide by."""
    return Fraction(top, bottom) if bottom else Fraction(0)


def mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def best_of_each_person(rows: Sequence[PaperRow]) -> list[PaperRow]:
    """Each person once, with the highest score (of equals the smaller maximum)."""
    best: dict[str, PaperRow] = {}
    for row in rows:
        held = best.get(row[0])
        if held is None or (row[1], -row[2]) > (held[1], -held[2]):
            best[row[0]] = row
    return list(best.values())


def of_all_rounds(
    rows: Sequence[PaperRow], papers: Any, rounds: Sequence[int]
) -> list[PaperRow]:
    """The papers of people who have one in every round."""
    people = [{row[0] for row in papers.get(number, ())} for number in rounds]
    everywhere = set.intersection(*people) if people else set()
    return [row for row in rows if row[0] in everywhere]


def people_of(papers: Sequence[PaperRow]) -> int:
    return len({row[0] for row in papers})


@metrics.register
class Participants(PaperMetric):
    """People who took part."""

    code = "participants"
    adds_up = True

    def quotient(self, papers: Sequence[PaperRow], headcount: int) -> Quotient:
        return Quotient(people_of(papers), 1, headcount)


@metrics.register
class Papers(PaperMetric):
    """Papers handed in."""

    code = "attempts"
    adds_up = True
    has_maximum = False

    def quotient(self, papers: Sequence[PaperRow], headcount: int) -> Quotient:
        return Quotient(len(papers), 1)


@metrics.register
class Rate(PaperMetric):
    """People who took part of those who are there; above all is capped and flagged."""

    code = "rate"
    is_ratio = True
    needs_headcount = True

    def quotient(self, papers: Sequence[PaperRow], headcount: int) -> Quotient:
        return Quotient(people_of(papers), headcount, 1)

    def limited(self, value: Fraction, number: int | None, found: Measured) -> Fraction:
        if value > 1:
            flag = {"code": "rate_capped", "round": number, "value": ratio(value)}
            found.flags.append(flag)
        return min(value, Fraction(1))

    def pooled(self, parts: Sequence[Quotient]) -> Quotient:
        whole = super().pooled(parts)
        return Quotient(whole.top, whole.bottom, 1)


@metrics.register
class MeanScore(PaperMetric):
    """Points per paper."""

    code = "mean_score"

    def quotient(self, papers: Sequence[PaperRow], headcount: int) -> Quotient:
        bottom = THOUSAND * len(papers)
        return Quotient(points_of(papers), bottom, most_of(papers), bottom)


@metrics.register
class TotalScore(PaperMetric):
    """Points of all papers."""

    code = "total_score"
    adds_up = True

    def quotient(self, papers: Sequence[PaperRow], headcount: int) -> Quotient:
        return Quotient(points_of(papers), THOUSAND, most_of(papers), THOUSAND)


@metrics.register
class ScorePerHead(PaperMetric):
    """Points of all papers by headcount: who is absent has none."""

    code = "score_per_head"
    needs_headcount = True

    def quotient(self, papers: Sequence[PaperRow], headcount: int) -> Quotient:
        return Quotient(
            points_of(papers),
            THOUSAND * headcount,
            most_of(papers),
            THOUSAND * len(papers),
        )


@metrics.register
class PerfectShare(PaperMetric):
    """Papers with the full score."""

    code = "perfect_share"
    is_ratio = True

    def quotient(self, papers: Sequence[PaperRow], headcount: int) -> Quotient:
        perfect = sum(score >= most > 0 for _, score, most in papers)
        return Quotient(perfect, len(papers), len(papers), len(papers))


@metrics.register
class ShareAbove(PaperMetric):
    """Papers with at least so many points, or such a share of their maximum."""

    code = "share_above"
    is_ratio = True

    def __init__(self, read: Reader) -> None:
        self.points = read.integer("points", None)
        self.share = read.fraction("share", None)
        if (self.points is None) == (self.share is None):
            raise read.fault("share", "either_share_or_points")

    def quotient(self, papers: Sequence[PaperRow], headcount: int) -> Quotient:
        if self.share is None:
            above = sum(score >= self.points for _, score, _ in papers)
        else:
            top, bottom = self.share.numerator, self.share.denominator
            above = sum(score * bottom >= top * most for _, score, most in papers)
        return Quotient(above, len(papers), len(papers), len(papers))


def points_of(papers: Sequence[PaperRow]) -> int:
    return sum(row[1] for row in papers)


def most_of(papers: Sequence[PaperRow]) -> int:
    return sum(row[2] for row in papers)


@dataclass(frozen=True)
class Defaults:
    """A scheme's own settings, which its parts may override."""

    rounds: str
    attempts: str
    population: Population
    audiences: tuple[str, ...]


def read_measure(read: Reader, defaults: Defaults, key: str = "metric") -> Measure:
    """A metric with ``params``, ``rounds``, ``attempts`` and ``population``."""
    metric_class = metrics.classes[read.choice(key, metrics.codes())]
    with read.part("params", {}) as part:
        metric = metric_class(part)
    return Measure(metric, *read_over(read, defaults))


def read_over(read: Reader, defaults: Defaults) -> tuple[str, str, Population]:
    return (
        read.choice("rounds", ROUNDS, defaults.rounds),
        read.choice("attempts", ATTEMPTS, defaults.attempts),
        read_population(read, defaults.audiences, defaults.population),
    )
