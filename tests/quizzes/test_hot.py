"""Saving and submitting over HTTP: statuses, bodies, who may speak, one statement."""

import json
import uuid
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from contest.lib import clock
from quizzes.models import Attempt
from quizzes.services import attempts, claims
from tests import factories as make

pytestmark = pytest.mark.django_db

SAVE = {"seq": 1, "responses": {"1": ["a"]}, "prediction": 12}


@pytest.fixture
def attempt():
    """An attempt that is open now, of a person with an account."""
    now = clock.now()
    return make.make_attempt(started_at=now, deadline=now + timedelta(minutes=20))


def put(client, attempt, data=SAVE, **headers):
    return send(client.put, f"{address(attempt)}responses/", data, headers)


def post(client, attempt, data="", **headers):
    return send(client.post, f"{address(attempt)}submit/", data, headers)


def send(method, path, data, headers):
    body = data if isinstance(data, str | bytes) else json.dumps(data)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return method(path, body, content_type="application/json", headers=names)


def address(attempt):
    return f"/api/v1/attempts/{attempt.uuid}/"


def held_by(attempt):
    return {"X_Attempt_Token": claims.token_of(attempt)}


def test_a_save_with_the_token_is_acknowledged(client, attempt):
    answer = put(client, attempt, **held_by(attempt))

    attempt.refresh_from_db()
    data = answer.json()
    assert answer.status_code == 200
    assert set(data) == {"seq", "saved_at", "server_time", "deadline"}
    assert data["seq"] == attempt.seq == 1
    assert data["saved_at"] == data["server_time"] == as_text(attempt.saved_at)
    assert data["deadline"] == as_text(attempt.deadline)
    assert (attempt.responses, attempt.prediction) == ({"1": ["a"]}, 12)
    assert answer["Cache-Control"] == "no-store, private"


def as_text(moment):
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


def test_a_save_with_the_token_is_one_statement_even_with_a_session_cookie(
    client, attempt, django_assert_num_queries
):
    client.force_login(attempt.entrant.person.user)
    clock.now()

    with django_assert_num_queries(1) as captured:
        answer = put(client, attempt, **held_by(attempt))

    assert answer.status_code == 200
    assert captured[0]["sql"].startswith("UPDATE quizzes_attempt SET")


def test_a_repeat_is_answered_with_the_first_moment(client, attempt):
    first = put(client, attempt, **held_by(attempt)).json()

    again = put(client, attempt, **held_by(attempt))

    assert again.status_code == 200
    assert again.json()["saved_at"] == first["saved_at"]
    assert again.json()["server_time"] > first["server_time"]


@pytest.mark.parametrize("code", ["stale", "moved", "closed", "late"])
def test_a_conflict_says_which_and_what_the_server_holds(client, attempt, code):
    held = held_by(attempt)
    put(client, attempt, SAVE | {"seq": 5}, **held)
    rows = Attempt.objects.filter(pk=attempt.pk)
    if code == "moved":
        rows.update(sitting=2)
    elif code == "closed":
        attempts.submit(attempts.claim_of(attempt), now=clock.now())
    elif code == "late":
        long_ago = clock.now() - timedelta(hours=1)
        rows.update(started_at=long_ago, deadline=long_ago, accepts_until=long_ago)

    answer = put(client, attempt, SAVE | {"seq": 6 if code != "stale" else 4}, **held)

    data = answer.json()
    assert answer.status_code == 409
    assert set(data) == {"code", "detail", "seq", "responses", "prediction"}
    assert data["code"] == code
    assert (data["seq"], data["responses"], data["prediction"]) == (
        5,
        {"1": ["a"]},
        12,
    )


def test_submitting_gives_a_receipt_and_again_the_same(client, attempt):
    first = post(client, attempt, SAVE, **held_by(attempt))
    again = post(client, attempt, **held_by(attempt))

    data = first.json()
    assert (first.status_code, again.status_code) == (200, 200)
    assert set(data) == {"receipt", "submitted_at", "answered", "total"}
    assert (data["answered"], data["total"]) == (1, 3)
    assert again.json() == data


def test_a_stranger_is_asked_to_sign_in(client, attempt):
    for call in (put, post):
        answer = call(client, attempt)
        assert answer.status_code == 401
        assert answer.json()["code"] == "not_signed_in"


@pytest.mark.parametrize(
    "token", ["", "x", "a:b:c", "\u00e9", "null", "W10:1vNzzz:abc", "x" * 5_000]
)
def test_a_broken_token_is_asked_to_sign_in_whatever_else_it_brings(
    client, attempt, token
):
    client.force_login(attempt.entrant.person.user)

    answer = put(client, attempt, X_Attempt_Token=token)

    assert answer.status_code == 401


def test_a_token_of_another_attempt_finds_nothing(client, attempt):
    foreign = make.make_attempt()

    assert put(client, attempt, **held_by(foreign)).status_code == 404
    assert post(client, attempt, **held_by(foreign)).status_code == 404


def test_an_app_speaks_with_its_session_token(client, attempt):
    session = session_of(attempt.entrant.person.user)

    answer = put(client, attempt, X_Session_Token=session.session_key)

    assert answer.status_code == 200
    assert put(client, attempt, X_Session_Token="x" * 32).status_code == 401


def session_of(user):
    """A session as signing in leaves it."""
    client = Client()
    client.force_login(user)
    return SessionStore(client.session.session_key)


def test_a_browser_speaks_with_its_cookie_and_the_csrf_token(attempt):
    client = Client(enforce_csrf_checks=True)
    client.force_login(attempt.entrant.person.user)

    without = put(client, attempt)
    client.cookies["csrftoken"] = "a" * 32
    answer = put(client, attempt, X_CSRFToken="a" * 32)

    assert (without.status_code, without.json()["code"]) == (403, "forbidden")
    assert answer.status_code == 200


@pytest.mark.parametrize("call", [put, post])
def test_somebody_elses_attempt_is_not_found_with_a_session(client, attempt, call):
    client.force_login(make.make_person().user)

    assert call(client, attempt).status_code == 404
    client.force_login(attempt.entrant.person.user)
    attempt.uuid = uuid.uuid4()
    assert call(client, attempt).status_code == 404


BROKEN = [
    (b"", "not_json"),
    (b"\x00", "not_json"),
    (b"\xff\xfe{\x00}\x00", "not_json"),
    (b"[" * 8_000, "not_json"),
    (b'{"seq": NaN, "responses": {}, "prediction": null}', "not_json"),
    (b"[]", "fields"),
    (SAVE | {"more": 1}, "fields"),
    (SAVE | {"seq": True}, "seq"),
    (SAVE | {"seq": 10**30}, "seq"),
    (SAVE | {"prediction": 2**31}, "prediction"),
    (SAVE | {"responses": {"1\x00": ["a"]}}, "item"),
    (SAVE | {"responses": {"\ud800": ["a"]}}, "item"),
    (SAVE | {"responses": {"1": ["\udfff"]}}, "option"),
    (SAVE | {"responses": {"1": "a"}}, "option"),
    (b" " * 10_000_000, "too_long"),
]


@pytest.mark.parametrize(("body", "code"), BROKEN)
def test_a_body_of_another_shape_is_answered_with_a_sentence(
    client, attempt, body, code
):
    answer = put(client, attempt, body, **held_by(attempt))

    attempt.refresh_from_db()
    assert answer.status_code == 400
    assert answer.json()["code"] == code
    assert len(answer.json()["detail"]) > 10
    assert attempt.seq == 0


class Unread:
    """A body that must not be read."""

    def read(self, *args):
        raise AssertionError("the body was read")

    readline = read


@pytest.mark.parametrize("length", ["10000000", "8193", "-1", "x"])
def test_a_body_that_announces_too_much_is_not_read(client, attempt, length):
    answer = client.generic(
        "PUT",
        f"{address(attempt)}responses/",
        headers=dict.fromkeys(["X-Attempt-Token"], claims.token_of(attempt)),
        **{"CONTENT_LENGTH": length, "wsgi.input": Unread()},
    )

    assert answer.status_code == 400
    assert answer.json()["code"] == "too_long"


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("application/x-www-form-urlencoded", b"a=1&" * 2_000),
        ("text/plain; charset=no-such", b"{}"),
    ],
)
def test_other_content_types_are_no_way_in_nor_a_crash(attempt, content_type, body):
    client = Client(enforce_csrf_checks=True)
    client.force_login(attempt.entrant.person.user)
    client.cookies["csrftoken"] = "a" * 32

    answer = client.generic("POST", f"{address(attempt)}submit/", body, content_type)

    assert answer.status_code == 403


def test_other_methods_are_refused_in_json(client, attempt):
    for method in (client.get, client.post, client.delete):
        answer = method(f"{address(attempt)}responses/", headers=held_headers(attempt))
        assert answer.status_code == 405
        assert answer.json()["code"] == "method_not_allowed"


def held_headers(attempt):
    return {"X-Attempt-Token": claims.token_of(attempt)}
