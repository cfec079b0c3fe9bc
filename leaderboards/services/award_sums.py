"""Why an award: the reasons in words, and how a unit's points add up."""

from dataclasses import dataclass
from fractions import Fraction

from leaderboards import wording
from leaderboards.models import UnitResult
from leaderboards.wording_values import written

# These normalisers turn a value into a share of the weight; a bar can show that.
SHARES = ("percent", "share_of_max", "linear_to_best")


@dataclass(frozen=True)
class Part:
    """One component: value in words, weight, points, a bar's length or None."""

    title: str
    value: str
    weight: str
    points: str
    length: float | None


@dataclass(frozen=True)
class Sum:
    parts: list[Part]
    total: str


def chain_of(award):
    """``gates`` and ``others``: the sentences before and after the points add up."""
    sentences = wording.explanation(award)
    passed = sum(reason["code"] == "gate" for reason in award.reasons)
    return {"gates": sentences[:passed], "others": sentences[passed:]}


def sum_of(award):
    """The ``Sum`` behind a unit's award; None for a person's."""
    if award.contest_unit_id is None:
        return None
    result = UnitResult.objects.filter(
        tally=award.tally_id, scheme=award.scheme_id, contest_unit=award.contest_unit_id
    ).first()
    if result is None or not result.points:
        return None
    parts = [part_of(one) for one in result.facts.get("components", [])]
    return Sum(parts, result.points)


def part_of(component):
    weight = Fraction(component["weight"])
    length = None
    if component["normaliser"] in SHARES and weight:
        length = float(min(100, 100 * Fraction(component["points"]) / weight))
    return Part(
        title=component["title"] or component["code"],
        value=written(component["metric"], component["value"], 2),
        weight=component["weight"],
        points=component["points"],
        length=length,
    )
