"""Units: each with a headcount, nobody beyond it, no attempt of an unknown unit."""

from collections import Counter, defaultdict

from accounts.models import Unit
from leaderboards.services.unit_tree import nearest_reporting
from leaderboards.services.verification.findings import Finding
from quizzes.models import Attempt, Correction, Headcount

LOW = 10


def headcounts(contest, now):
    """Reporting units without people to measure a rate by."""
    known = _headcounts(contest)
    for row in contest.units.filter(counts_as=None).select_related("unit"):
        if not known.get(row.pk):
            yield Finding("no_headcount", {"unit": str(row.unit)})


def rates(contest, now):
    """Rates above 100 % or below 10 % in rounds that are over."""
    known, reporting = _headcounts(contest), _reporting(contest)
    for round in contest.rounds.filter(closes_at__lte=now):
        people = _people(round, reporting)
        for row in contest.units.filter(counts_as=None).select_related("unit"):
            total = known.get(row.pk, {}).get(round.pk) or known.get(row.pk, {}).get(
                None
            )
            if not total:
                continue
            count = len(people[row.pk])
            named = {
                "round": str(round),
                "unit": str(row.unit),
                "people": count,
                "headcount": total,
            }
            if count > total:
                yield Finding("rate_over_100", named)
            elif count * 100 < total * LOW:
                yield Finding("rate_below_10", named)


def strangers(contest, now):
    """Attempts that should count for a unit and find none in the contest."""
    reporting = _reporting(contest)
    lost = Counter()
    for unit_id in _counting(contest).values_list("unit", flat=True):
        if reporting.get(unit_id) is None:
            lost[unit_id] += 1
    names = dict(
        Unit.objects.filter(pk__in=[u for u in lost if u]).values_list("pk", "name")
    )
    for unit_id, count in sorted(lost.items(), key=lambda pair: -pair[1]):
        yield Finding("unit_unknown", {"unit": names.get(unit_id, "-"), "count": count})


def _headcounts(contest):
    """``{contest unit: {round or None: people}}`` of those who report by unit."""
    rows = Headcount.objects.filter(
        contest_unit__contest=contest, category=""
    ).select_related("audience")
    known = defaultdict(dict)
    for row in rows:
        if row.people and (row.audience is None or row.audience.counts_for_unit):
            places = known[row.contest_unit_id]
            places[row.round_id] = places.get(row.round_id, 0) + row.people
    return known


def _reporting(contest):
    """``{unit id: contest unit id}``: the nearest ancestor that reports, or None."""
    own = {row.unit_id: row.counts_as_id or row.pk for row in contest.units.all()}
    return {pk: own.get(nearest) for pk, nearest in nearest_reporting(own).items()}


def _counting(contest):
    void = Correction.objects.filter(
        contest=contest, kind=Correction.Kind.VOID, approved_at__isnull=False
    )
    return Attempt.objects.filter(
        round__contest=contest,
        state=Attempt.State.SUBMITTED,
        audience__counts_for_unit=True,
    ).exclude(pk__in=void.values("attempt"))


def _people(round, reporting):
    people = defaultdict(set)
    attempts = _counting(round.contest).filter(round=round)
    for entrant, unit in attempts.values_list("entrant", "unit"):
        people[reporting.get(unit)].add(entrant)
    return people


CHECKS = (headcounts, rates, strangers)
