"""One's own entry over the API."""

from datetime import timedelta

import pytest

from quizzes.models import Allowance
from tests.factories import (
    NOON,
    make_audience,
    make_contest,
    make_entrant,
    make_imported_attempt,
    make_paper,
    make_person,
    make_round,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db


def me(client, contest):
    return client.get(f"/api/v1/contests/{contest.slug}/me/")


def make_own_entrant(client, contest=None):
    user = make_user()
    client.force_login(user)
    audience = make_audience(contest)
    person = make_person("Nguyễn Văn An", user=user)
    return make_entrant(audience=audience, person=person, unit=make_unit("so-a"))


def test_an_entry_shows_attempts_and_what_is_left_of_each_limit(client):
    entrant = make_own_entrant(client)
    limits = [{"n": 1, "per": "round"}, {"n": 3, "per": "contest"}]
    first = make_round(entrant.contest, 1)
    second = make_round(entrant.contest, 2)
    for round in (first, second):
        make_paper(round, entrant.audience, attempt_limits=limits)
    attempt = make_imported_attempt(entrant, first)

    row = me(client, entrant.contest).json()

    assert row["name"] == "Nguyễn Văn An"
    assert row["audience"] == "can-bo"
    assert row["unit"] == {"code": "so-a", "name": "Đơn vị so-a"}
    left = [[limit["left"] for limit in r["limits"]] for r in row["rounds"]]
    assert left == [[0, 2], [1, 2]]
    assert [r["number"] for r in row["rounds"]] == [1, 2]
    assert [a["uuid"] for a in row["rounds"][0]["attempts"]] == [str(attempt.uuid)]
    assert row["rounds"][1]["attempts"] == []


def test_an_allowance_widens_the_limits_and_opens_the_round(client):
    entrant = make_own_entrant(client)
    round = make_round(entrant.contest)
    make_paper(round, entrant.audience)
    Allowance.objects.create(
        contest=entrant.contest,
        unit=entrant.unit,
        extra_attempts=2,
        closes_at=NOON + timedelta(days=100_000),
        reason="Mất điện",
        granted_by=make_user(),
        granted_at=NOON,
    )

    shown = me(client, entrant.contest).json()["rounds"][0]

    assert shown["limits"] == [{"n": 3, "per": "round", "left": 3}]
    assert shown["state"] == "open"


@pytest.mark.parametrize("count", [1, 3])
def test_an_entry_takes_the_same_queries_however_many_rounds(
    client, count, django_assert_num_queries
):
    entrant = make_own_entrant(client)
    for number in range(1, count + 1):
        round = make_round(entrant.contest, number)
        make_paper(round, entrant.audience)
        make_imported_attempt(entrant, round)

    with django_assert_num_queries(6):
        row = me(client, entrant.contest).json()

    assert len(row["rounds"]) == count


def test_before_joining_there_is_no_entry(client):
    client.force_login(make_user())

    assert me(client, make_contest()).status_code == 404


def test_a_stranger_must_sign_in(client):
    assert me(client, make_contest()).status_code == 401
