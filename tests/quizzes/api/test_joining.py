"""Joining a contest over the API."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import Person
from quizzes.models import Contest, Entrant, Role
from tests.factories import (
    make_audience,
    make_contest,
    make_entrant,
    make_imported_attempt,
    make_person,
    make_role,
    make_round,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db


def join(client, contest, **data):
    return client.post(
        f"/api/v1/contests/{contest.slug}/entrants/",
        data,
        content_type="application/json",
    )


@pytest.fixture
def user(client):
    user = make_user("huong")
    client.force_login(user)
    return user


@pytest.fixture
def contest():
    """Open today; officials with a unit, citizens with a commune, guests with none."""
    contest = make_contest()
    make_audience(contest, "can-bo", unit_kind="unit")
    make_audience(contest, "nguoi-dan", unit_kind="commune", min_age=18)
    make_audience(contest, "khach", unit_kind="none", counts_for_unit=False)
    now = timezone.now()
    make_round(contest, opens_at=now, closes_at=now + timedelta(days=1))
    make_unit("so-a", "Sở A")
    make_unit("xa-b", "Xã B", is_commune=True)
    return contest


def test_joining_is_201_and_again_200_with_the_same_entry(client, user, contest):
    make_person("Nguyễn Văn An", user=user)

    first = join(client, contest, audience="can-bo", unit="so-a")
    again = join(client, contest, audience="can-bo", unit="so-a")

    assert (first.status_code, again.status_code) == (201, 200)
    entrant = Entrant.objects.get()
    assert first.json() == again.json()
    assert first.json() | {"registered_at": ""} == {
        "uuid": str(entrant.uuid),
        "name": "Nguyễn Văn An",
        "audience": "can-bo",
        "unit": {"code": "so-a", "name": "Sở A"},
        "registered_at": "",
    }


def test_name_and_birth_date_are_taken_where_none_is_known(client, user, contest):
    answer = join(
        client,
        contest,
        audience="nguoi-dan",
        unit="xa-b",
        full_name="  Lê   Thị Hương ",
        birth_date="1990-01-02",
    )

    assert answer.status_code == 201
    person = Person.objects.get(user=user)
    assert (person.full_name, person.birth_date) == ("Lê Thị Hương", date(1990, 1, 2))


def test_an_account_without_a_name_takes_part_under_its_own(client, user, contest):
    answer = join(client, contest, audience="can-bo", unit="so-a")

    assert answer.json()["name"] == "huong"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "audience"),
        ({"audience": "khac"}, "audience"),
        ({"audience": 7}, "audience"),
        ({"audience": ["can-bo"]}, "audience"),
        ({"audience": "can-bo"}, "unit"),
        ({"audience": "can-bo", "unit": None}, "unit"),
        ({"audience": "can-bo", "unit": "khong-co"}, "unit"),
        ({"audience": "can-bo", "unit": {"code": "so-a"}}, "unit"),
        ({"audience": "nguoi-dan", "unit": "so-a"}, "unit"),
        ({"audience": "khach", "birth_date": "hôm qua"}, "birth_date"),
        ({"audience": "khach", "full_name": "x" * 121}, "full_name"),
    ],
)
def test_a_bad_shape_names_the_field(client, user, contest, data, field):
    answer = join(client, contest, **data)

    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid"
    assert list(answer.json()["errors"]) == [field]
    assert not Entrant.objects.exists()


def test_a_person_too_young_is_refused_and_leaves_nothing_behind(client, user, contest):
    answer = join(
        client, contest, audience="nguoi-dan", unit="xa-b", birth_date="2020-01-01"
    )

    assert answer.status_code == 409
    assert answer.json() == {
        "code": "not_eligible",
        "detail": "Bạn chưa đủ 18 tuổi.",
    }
    assert not Person.objects.exists()


def test_an_organiser_takes_no_part(client, user, contest):
    make_role(contest, Role.Kind.ORGANISER, user=user)

    answer = join(client, contest, audience="can-bo", unit="so-a")

    assert (answer.status_code, answer.json()["code"]) == (409, "not_eligible")


def test_a_choice_stands_once_an_attempt_was_made(client, user, contest):
    entrant = make_entrant(
        audience=contest.audiences.get(code="khach"), person=make_person(user=user)
    )
    changed = join(client, contest, audience="can-bo", unit="so-a")
    make_imported_attempt(entrant, contest.rounds.get())
    refused = join(client, contest, audience="khach")

    assert (changed.status_code, changed.json()["audience"]) == (200, "can-bo")
    assert refused.status_code == 409
    assert refused.json()["code"] == "already_taking_part"


def test_a_draft_is_not_found(client, user):
    contest = make_contest(state=Contest.State.DRAFT)

    assert join(client, contest, audience="can-bo").status_code == 404


def test_a_stranger_must_sign_in(client, contest):
    assert join(client, contest, audience="khach").status_code == 401


def test_a_stuck_script_is_told_when_to_come_again(client, user, contest):
    for _ in range(60):
        join(client, contest)

    answer = join(client, contest)

    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_requests")
    assert 0 < int(answer["Retry-After"]) <= 60
