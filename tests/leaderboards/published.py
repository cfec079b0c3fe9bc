"""Rows of published results for tests: each ``make_*`` shows only what matters."""

import itertools

from leaderboards.models import Award, Publication, Standing, UnitResult
from tests.factories import (
    CLOSES,
    make_bloc,
    make_contest,
    make_contest_unit,
    make_entrant,
    make_ranking,
    make_round,
    make_scheme,
    make_tally,
    make_user,
)

_orders = itertools.count(1)


def publish(tally, *, at=CLOSES):
    """Point at the tally, as publishing does, and date its round's results."""
    if tally.round:
        tally.round.results_at = at
        tally.round.save(update_fields=["results_at"])
    return Publication.objects.create(
        contest=tally.contest,
        round=tally.round,
        tally=tally,
        published_at=at,
        published_by=make_user(),
        approved_by=make_user(),
    )


def make_published_tally(contest=None, round=None, **fields):
    contest = contest or (round.contest if round else make_contest())
    tally = make_tally(contest, round, **fields)
    publish(tally)
    return tally


def make_standing(tally=None, entrant=None, *, place=1, facts=None, **fields):
    tally = tally or make_published_tally(round=make_round())
    entrant = entrant or make_entrant(tally.contest)
    ranking = fields.pop("ranking", None) or tally.contest.rankings.first()
    return Standing.objects.create(
        tally=tally,
        ranking=ranking or make_ranking(tally.contest),
        group=entrant.audience.code,
        position=next(_orders),
        place=place,
        entrant=entrant,
        audience=entrant.audience,
        unit=entrant.unit,
        facts=facts or {"score": 15000, "correct": 15},
        **fields,
    )


def make_award(tally=None, entrant=None, *, contest_unit=None, **fields):
    """An award to an entrant under a ranking, or to a unit under a scheme."""
    tally = tally or make_published_tally(round=make_round())
    if contest_unit is None:
        entrant = entrant or make_entrant(tally.contest)
        rule = {"ranking": tally.contest.rankings.first()}
        rule["ranking"] = rule["ranking"] or make_ranking(tally.contest)
        rule["audience"] = entrant.audience
    else:
        scheme = tally.contest.schemes.first() or make_scheme(tally.contest)
        rule = {"scheme": scheme, "bloc": contest_unit.bloc}
    defaults = {"title": "Giải Nhất", "prize": "nhat", "place": 1, "value": 800_000}
    return Award.objects.create(
        tally=tally,
        order=next(_orders),
        entrant=entrant,
        contest_unit=contest_unit,
        **defaults | rule | fields,
    )


def make_unit_result(tally=None, contest_unit=None, *, place=1, facts=None, **fields):
    tally = tally or make_published_tally()
    unit = contest_unit or make_contest_unit(
        tally.contest.blocs.first() or make_bloc(tally.contest)
    )
    scheme = fields.pop("scheme", None) or tally.contest.schemes.first()
    return UnitResult.objects.create(
        tally=tally,
        scheme=scheme or make_scheme(tally.contest),
        bloc=unit.bloc,
        contest_unit=unit,
        position=next(_orders),
        place=place,
        facts=facts or {},
        **fields,
    )
