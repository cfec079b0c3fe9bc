"""Starting, resuming and reading one's own attempt over the API."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from quizzes.models import Attempt, Contest
from tests.factories import (
    make_attempt,
    make_audience,
    make_contest,
    make_entrant,
    make_imported_attempt,
    make_paper,
    make_person,
    make_pool,
    make_round,
    make_user,
)

pytestmark = pytest.mark.django_db


def make_open_round(contest=None, **paper):
    """A round that is open today, sealed for officials, with two items."""
    now = timezone.now()
    contest = contest or make_contest()
    audience = contest.audiences.first() or make_audience(contest)
    day = timedelta(days=1)
    round = make_round(contest, opens_at=now - day, closes_at=now + day)
    pool = make_pool(make_paper(round, audience, items=2, **paper))
    sealed = pool.sealed | {
        "item_count": 2,
        "minutes": 20,
        "grace_seconds": 15,
        "shuffle_items": True,
        "shuffle_options": True,
        "points_per_item": 1000,
        "attempt_limits": [{"n": 1, "per": "round"}],
        "prediction": "off",
        "fixed": False,
    }
    pool.sealed = sealed
    pool.save(update_fields=["sealed"])
    return round


def make_signed_in_entrant(client, contest):
    user = make_user()
    client.force_login(user)
    return make_entrant(contest, person=make_person(user=user))


def start(client, round):
    return client.post(f"/api/v1/rounds/{round.uuid}/attempts/")


def test_starting_gives_the_paper_and_a_second_call_resumes_it(client):
    round = make_open_round()
    entrant = make_signed_in_entrant(client, round.contest)

    first, again = start(client, round), start(client, round)

    assert (first.status_code, again.status_code) == (201, 200)
    paper = first.json()
    attempt = Attempt.objects.get(entrant=entrant)
    assert paper["uuid"] == again.json()["uuid"] == str(attempt.uuid)
    assert (paper["number"], paper["state"], paper["seq"]) == (1, "open", 0)
    assert (paper["responses"], paper["prediction"]) == ({}, None)
    assert paper["deadline"] > paper["server_time"]
    assert [item["token"] for item in paper["items"]] == ["1", "2"]
    item = paper["items"][0]
    assert set(item) == {"token", "stem", "type", "options"}
    assert [set(option) for option in item["options"]] == [{"token", "text"}] * 4
    assert [option["token"] for option in item["options"]] == ["a", "b", "c", "d"]
    assert paper["token"] != again.json()["token"]
    assert first["Cache-Control"] == "private, no-store"


def test_reading_the_attempt_gives_the_same_but_no_hold_on_it(client):
    round = make_open_round()
    make_signed_in_entrant(client, round.contest)
    started = start(client, round).json()

    read = client.get(f"/api/v1/attempts/{started['uuid']}/").json()

    assert read["token"] is None
    differing = {"server_time": "", "token": ""}
    assert read | differing == started | differing
    assert Attempt.objects.get().sitting == 1


def test_a_limit_refuses_with_its_code_and_a_sentence(client):
    round = make_open_round()
    entrant = make_signed_in_entrant(client, round.contest)
    make_imported_attempt(entrant, round)

    answer = start(client, round)

    assert answer.status_code == 409
    assert answer.json()["code"] == "limit"
    assert "một vòng" in answer.json()["detail"]


def test_a_round_that_is_not_open_refuses(client):
    round = make_round()
    make_signed_in_entrant(client, make_audience(round.contest).contest)

    answer = start(client, round)

    assert (answer.status_code, answer.json()["code"]) == (409, "not_open")


def test_whoever_has_not_joined_is_not_eligible(client):
    round = make_open_round()
    client.force_login(make_user())

    answer = start(client, round)

    assert (answer.status_code, answer.json()["code"]) == (409, "not_eligible")


def test_a_stranger_must_sign_in(client):
    round = make_open_round()

    answer = start(client, round)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "X-Session-Token"
    assert answer.json() == {"code": "not_signed_in", "detail": "Cần đăng nhập."}


def test_a_round_of_a_draft_is_not_found(client):
    round = make_open_round(make_contest(state=Contest.State.DRAFT))
    make_signed_in_entrant(client, round.contest)

    assert start(client, round).status_code == 404


def test_somebody_elses_attempt_is_not_found(client):
    attempt = make_attempt()
    client.force_login(make_user())

    answer = client.get(f"/api/v1/attempts/{attempt.uuid}/")

    assert answer.status_code == 404


def test_an_attempt_made_elsewhere_has_neither_items_nor_token(client):
    round = make_round()
    entrant = make_signed_in_entrant(client, make_audience(round.contest).contest)
    attempt = make_imported_attempt(entrant, round)

    row = client.get(f"/api/v1/attempts/{attempt.uuid}/").json()

    assert (row["items"], row["token"], row["state"]) == ([], None, "submitted")


def test_a_session_needs_a_csrf_token_to_start():
    client = Client(enforce_csrf_checks=True)
    round = make_open_round()
    make_signed_in_entrant(client, round.contest)

    answer = start(client, round)

    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert not Attempt.objects.exists()
