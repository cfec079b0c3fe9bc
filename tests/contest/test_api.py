"""The API as a whole: its document, its pages, its bodies and its log-in."""

import json
import re

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from accounts.models import Person, User
from contest.lib.api.bodies import MAX_BYTES
from tests.factories import make_contest, make_user

CODE = re.compile(r'"\$ref": "#/components/schemas/(\w+)"')


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "schema.json"
    call_command(
        "spectacular",
        validate=True,
        fail_on_warn=True,
        format="openapi-json",
        file=str(path),
    )
    return json.loads(path.read_text())


def test_the_document_is_valid_without_a_warning_and_whole(document):
    named = set(CODE.findall(json.dumps(document)))

    assert named - set(document["components"]["schemas"]) == set()


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("contests/", "get"),
        ("contests/{slug}/", "get"),
        ("contests/{slug}/regulations/", "get"),
        ("contests/{slug}/entrants/", "post"),
        ("contests/{slug}/me/", "get"),
        ("rounds/{uuid}/attempts/", "post"),
        ("attempts/{uuid}/", "get"),
        ("attempts/{uuid}/responses/", "put"),
        ("attempts/{uuid}/submit/", "post"),
        ("attempts/{uuid}/result/", "get"),
        ("rounds/{uuid}/standings/", "get"),
        ("contests/{slug}/units/", "get"),
        ("contests/{slug}/awards/", "get"),
        ("awards/{uuid}/explanation/", "get"),
        ("certificates/{serial}/", "get"),
    ],
)
def test_every_call_of_the_contract_is_in_the_document(document, path, method):
    call = document["paths"][f"/api/v1/{path}"][method]

    assert any(status.startswith("2") for status in call["responses"])


def test_personal_calls_document_who_may_call(document):
    call = document["paths"]["/api/v1/rounds/{uuid}/attempts/"]["post"]

    assert {"sessionToken": []} in call["security"]
    assert set(call["responses"]) == {"200", "201", "401", "403", "404", "409", "429"}


def test_the_pages_ask_no_other_host_and_run_no_inline_script(client):
    page = client.get("/api/v1/docs/")

    html = page.content.decode()
    assert page.status_code == 200
    assert "<style" not in html
    assert "style=" not in html
    assert all(src for src in re.findall(r"<script([^>]*)>", html))
    assert re.findall(r'(?:src|href)="(?:https?:)?//', html) == []
    script = re.search(r'<script src="([^"]*script[^"]*)"', html)[1]
    answer = client.get(script.replace("&amp;", "&"))
    assert answer["Content-Type"].startswith("application/javascript")


BAD_BODIES = {
    "not JSON": (b"{", "not_json"),
    "NaN": (b'{"audience": NaN}', "not_json"),
    "infinity": (b'{"audience": Infinity}', "not_json"),
    "broken UTF-8": (b'{"audience": "\xff"}', "not_json"),
    "nested beyond measure": (b"[" * 30_000, "not_json"),
    "endless digits": (b'{"audience": ' + b"1" * 5000 + b"}", "not_json"),
    "a NUL byte": (b'{"audience": "\\u0000"}', "characters"),
    "a lone surrogate": (b'{"audience": "\\ud800"}', "characters"),
    "a surrogate in a key": (b'{"x": [{"\\udfff": 1}]}', "characters"),
    "too long": (b'"' + b"x" * MAX_BYTES + b'"', "too_long"),
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "code"), BAD_BODIES.values(), ids=list(BAD_BODIES.keys())
)
def test_a_body_that_no_column_can_keep_is_refused(client, body, code):
    contest = make_contest()
    client.force_login(make_user())

    answer = client.post(
        f"/api/v1/contests/{contest.slug}/entrants/", body, "application/json"
    )

    assert answer.status_code == 400
    assert answer.json()["code"] == code


@pytest.mark.django_db
def test_a_body_of_another_type_is_415(client):
    contest = make_contest()
    client.force_login(make_user())

    answer = client.post(f"/api/v1/contests/{contest.slug}/entrants/", b"x", "text/csv")

    assert answer.status_code == 415
    assert answer.json()["code"] == "unsupported_media_type"


@pytest.mark.django_db
def test_a_surrogate_pair_is_an_ordinary_character(client):
    contest = make_contest()
    client.force_login(make_user())

    answer = client.post(
        f"/api/v1/contests/{contest.slug}/entrants/",
        b'{"audience": "\\ud83d\\ude00"}',
        "application/json",
    )

    assert answer.json()["code"] != "characters"


@pytest.mark.django_db
@pytest.mark.parametrize("cookie", [r'"aaaaaaaa\000bbbb"', "x" * 5000, r'"\377\377"'])
def test_an_odd_session_cookie_is_nobody(client, cookie):
    contest = make_contest()
    client.cookies.load(f"session={cookie}")

    answer = client.get(
        f"/api/v1/contests/{contest.slug}/me/", HTTP_COOKIE=f"session={cookie}"
    )

    assert answer.status_code == 401


APP = "/_allauth/app/v1/auth"


def post(client, url, token=None, **data):
    headers = {"X-Session-Token": token} if token else {}
    return client.post(url, data, content_type="application/json", headers=headers)


@pytest.mark.django_db
def test_an_app_signs_in_calls_with_its_token_and_signs_out(client):
    make_user("huong", password="mot-cau-dai", phone="+84912345678")
    contest = make_contest()
    me = f"/api/v1/contests/{contest.slug}/me/"

    signed_in = post(
        client, f"{APP}/login", phone="+84912345678", password="mot-cau-dai"
    )
    token = signed_in.json()["meta"]["session_token"]
    known = client.get(me, headers={"X-Session-Token": token})
    client.delete(f"{APP}/session", headers={"X-Session-Token": token})
    unknown = client.get(me, headers={"X-Session-Token": token})

    assert signed_in.status_code == 200
    assert not client.cookies
    assert known.status_code == 404
    assert unknown.status_code == 401


@pytest.mark.django_db
def test_an_app_signs_up_with_a_name_and_consents(client):
    answer = post(
        client,
        f"{APP}/signup",
        username="anh",
        password="mot-cau-kho-doan",
        phone="0912 345 678",
        full_name="  Nguyễn   Thị Ánh ",
        birth_date="1990-05-01",
        consent_take_part=True,
        consent_news=False,
    )

    assert answer.status_code == 200
    person = Person.objects.get(user__username="anh")
    assert (person.full_name, person.user.phone) == ("Nguyễn Thị Ánh", "+84912345678")
    assert str(person.birth_date) == "1990-05-01"
    consents = person.consents.values_list("purpose", "channel")
    assert list(consents) == [("take_part", "app")]


@pytest.mark.django_db
def test_an_app_may_sign_up_without_a_name(client):
    answer = post(client, f"{APP}/signup", username="anh", password="mot-cau-kho-doan")

    assert answer.status_code == 200
    assert not Person.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"full_name": 7}, "full_name"),
        ({"full_name": "x" * 121}, "full_name"),
        ({"birth_date": 19900501}, "birth_date"),
        ({"birth_date": "1/5/1990"}, "birth_date"),
        ({"birth_date": "1850-01-01"}, "birth_date"),
        ({"phone": "12"}, "phone"),
        ({"password": "ngan"}, "password"),
    ],
)
def test_a_sign_up_of_a_bad_shape_names_the_field(client, data, field):
    sent = {"username": "anh", "password": "mot-cau-kho-doan"} | data

    answer = post(client, f"{APP}/signup", **sent)

    assert answer.status_code == 400
    assert [error["param"] for error in answer.json()["errors"]] == [field]
    assert not User.objects.exists()


@pytest.mark.django_db
def test_guessing_a_password_is_slowed_down_by_account(client):
    cache.clear()
    make_user("bi-doan", password="mot-cau-dai")
    for _ in range(5):
        post(client, f"{APP}/login", username="bi-doan", password="doan-bua-di")

    answer = post(client, f"{APP}/login", username="bi-doan", password="mot-cau-dai")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "too_many_login_attempts"


@pytest.mark.django_db
def test_a_token_needs_no_csrf_token():
    client = Client(enforce_csrf_checks=True)
    make_user("huong", password="mot-cau-dai")
    contest = make_contest()
    answer = post(client, f"{APP}/login", username="huong", password="mot-cau-dai")
    token = answer.json()["meta"]["session_token"]

    joined = post(client, f"/api/v1/contests/{contest.slug}/entrants/", token)

    assert joined.status_code == 400
    assert joined.json()["code"] == "invalid"
