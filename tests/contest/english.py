"""A contest with English names: what is Vietnamese on its pages is the portal's own."""

from datetime import timedelta
from types import SimpleNamespace

from contest.lib import clock
from quizzes.models import Bank, ItemKey, ItemVersion
from tests.factories import (
    NOON,
    make_attempt,
    make_audience,
    make_bloc,
    make_contest,
    make_contest_unit,
    make_entrant,
    make_paper,
    make_person,
    make_ranking,
    make_round,
    make_scheme,
    make_unit,
    make_user,
)
from tests.leaderboards.published import (
    make_award,
    make_published_tally,
    make_standing,
    make_unit_result,
)

OPTIONS = [{"id": letter, "text": f"Option {letter}"} for letter in "abcd"]
RULE = {
    "group_by": "audience",
    "counting": {"policy": "best_then_earliest"},
    "criteria": [
        {"code": "score"},
        {"code": "prediction_distance"},
        {"code": "duration"},
        {"code": "submitted_at"},
    ],
    "ties": "share",
    "prizes": [{"code": "first", "title": "First prize", "count": 1, "value": 800_000}],
}
SCHEME = {
    "group_by": "bloc",
    "components": [
        {
            "code": "taking-part",
            "title": "Taking part",
            "metric": "rate",
            "normaliser": {"code": "percent"},
            "weight": "100",
        }
    ],
    "ties": "share",
    "prizes": [],
}


def make_english_contest():
    """A published round and an open one, with a unit, an entrant and two attempts."""
    contest = make_contest(
        "english", title="A contest", short_title="Contest", organiser="The city"
    )
    audience = make_audience(contest, "officials", name="Officials", min_age=18)
    user = make_user("an", password="a long pass phrase", first_name="An")
    entrant = make_entrant(
        audience=audience,
        unit=make_unit("office", "The office"),
        person=make_person("An Binh", user=user),
    )
    closed, opened = make_attempts(entrant)
    return SimpleNamespace(
        contest=contest,
        entrant=entrant,
        closed=closed,
        opened=opened,
        award=publish_results(entrant, closed.round),
    )


def make_attempts(entrant):
    """A scored attempt of a round long past, and an open one of a round now open."""
    past = make_round(entrant.contest, 1, title="Week 1")
    now = clock.now()
    week = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=6)}
    present = make_round(entrant.contest, 2, title="Week 2", **week)
    for round in (past, present):
        make_paper(round, entrant.audience, prediction="people", minutes=20)
    Bank.objects.update(title="Bank")
    ItemVersion.objects.update(stem="Which?", options=OPTIONS)
    ItemKey.objects.update(explanation="So it is.", source="A law")
    closed = make_attempt(
        entrant,
        past,
        state="submitted",
        closed_by="person",
        submitted_at=NOON + timedelta(minutes=9),
        duration_ms=540_000,
        prediction=7,
        score=2000,
        correct_count=2,
        scored_with=1,
    )
    deadline = now + timedelta(minutes=20)
    return closed, make_attempt(entrant, present, started_at=now, deadline=deadline)


def publish_results(entrant, round):
    """Publish a round's standing and award, and the contest's unit result."""
    contest = entrant.contest
    bloc = make_bloc(contest, "offices", name="Offices")
    member = make_contest_unit(bloc, entrant.unit, people=10)
    ranking = make_ranking(contest, "people", title="People", rule=RULE)
    make_scheme(contest, "units", title="Units", rule=SCHEME)
    tally = make_published_tally(round=round)
    make_standing(tally, entrant, ranking=ranking)
    make_unit_result(make_published_tally(contest), member)
    return make_award(tally, entrant, title="First prize", prize="first")
