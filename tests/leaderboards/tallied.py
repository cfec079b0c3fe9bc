"""Closed rounds with people in them, and tallies on the way to publication."""

from contextlib import contextmanager
from datetime import timedelta

from django.db import connection

from leaderboards.models import Standing
from leaderboards.services import tallies
from leaderboards.services.publication import (
    publish,
)
from quizzes.models import Correction
from tests.factories import (
    CLOSES,
    NOON,
    make_audience,
    make_contest,
    make_entrant,
    make_imported_attempt,
    make_paper,
    make_ranking,
    make_round,
    make_user,
)

LATER = CLOSES + timedelta(hours=1)
HUE = {
    "criteria": [
        {"code": "score"},
        {"code": "prediction_distance"},
        {"code": "submitted_at"},
    ],
    "prizes": [{"code": "nhat", "title": "Giải Nhất", "count": 1, "value": 800_000}],
}
RATE = {
    "code": "rate",
    "metric": "rate",
    "normaliser": {"code": "percent"},
    "weight": "100",
}


def make_closed_round(contest=None, *, number=1, rule=HUE):
    """A round of one audience with a prediction, and a ranking if there is none."""
    contest = contest or make_contest()
    audience = contest.audiences.first() or make_audience(contest)
    round = make_round(contest, number=number)
    make_paper(round, audience, items=3, item_count=15, prediction="perfect_people")
    if not contest.rankings.exists():
        make_ranking(contest, rule=rule)
    return round


def take_part(round, name, **fields):
    contest = round.contest
    entrant = contest.entrants.filter(external_ref=name).first()
    unit = fields.pop("unit", None)
    entrant = entrant or make_entrant(
        audience=contest.audiences.get(), external_ref=name, unit=unit
    )
    return make_imported_attempt(entrant, round, **fields)


@contextmanager
def meanwhile(part, act):
    """Call ``act`` once, just before the first statement that holds ``part``."""
    left = [act]

    def run(execute, sql, params, many, context):
        if left and part in sql:
            left.pop()()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(run):
        yield


def placed(tally):
    rows = Standing.objects.filter(tally=tally).order_by("position")
    return list(rows.values_list("place", "entrant__external_ref"))


def approved(tally, *, now=LATER):
    tallies.freeze(tally, by=make_user(), now=now)
    tallies.approve(tally, by=make_user(), now=now)
    return tally


def published(tally, *, now=LATER):
    publish(approved(tally), by=make_user(), approved_by=make_user(), now=now)
    return tally


def approve_correction(contest, kind, *, at=LATER, **fields):
    return Correction.objects.create(
        contest=contest,
        kind=kind,
        reason="Biên bản số 1",
        proposed_by=make_user(),
        proposed_at=NOON,
        approved_by=make_user(),
        approved_at=at,
        **fields,
    )
