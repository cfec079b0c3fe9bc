from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from accounts.models import Consent, Person, User
from accounts.services import signup
from tests.factories import make_unit, make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 10, 1, 5, 0, tzinfo=UTC)


def typed(**changes):
    """What a careful person types into the form."""
    fields = {
        "full_name": "Trần Thị  Khánh An",
        "kind": "unit",
        "birth_date": "1990-02-28",
        "login": "0912 345 678",
        "password1": "hoa-phuong-do-1990",
        "consent_take_part": "on",
    }
    return {name: value for name, value in (fields | changes).items() if value}


def sign_up(client, **changes):
    unit = changes.pop("unit", None) or make_unit(name="Sở Du lịch")
    return client.post(reverse("account_signup"), typed(unit=unit.pk, **changes))


def register(login, **changes):
    fields = {
        "password": "hoa-phuong-do-1990",
        "full_name": "Trần Thị Khánh An",
        "birth_date": date(1990, 2, 28),
        "unit": None,
        "purposes": [],
        "now": NOW,
    }
    return signup.register(login=login, **fields | changes)


def test_signing_up_makes_an_account_a_person_and_consents(client):
    response = sign_up(client, consent_news="on")

    person = Person.objects.get()
    assert response.status_code == 302
    assert person.full_name == "Trần Thị Khánh An"
    assert person.user.phone == "+84912345678"
    assert person.unit.name == "Sở Du lịch"
    assert set(person.consents.values_list("purpose", flat=True)) == {
        Consent.Purpose.TAKE_PART,
        Consent.Purpose.NEWS,
    }


def test_one_is_signed_in_after_signing_up(client):
    sign_up(client)

    assert client.get(reverse("my-contests")).status_code == 200
    assert client.session["signed_up_as"] == "unit"


def test_names_are_kept_in_nfc(client):
    sign_up(client, full_name="Tra\u0302\u0300n Thi\u0323 An")

    assert Person.objects.get().full_name == "Trần Thị An"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"consent_take_part": ""}, "consent_take_part"),
        ({"full_name": "An"}, "full_name"),
        ({"full_name": "An\x00 Bình"}, "full_name"),
        ({"birth_date": "2999-01-01"}, "birth_date"),
        ({"login": "12"}, "login"),
        ({"login": "hai chữ"}, "login"),
        ({"password1": "12345678"}, "password1"),
        ({"kind": "commune"}, "unit"),
    ],
)
def test_a_fault_is_told_at_its_field_and_nothing_is_made(client, changes, field):
    response = sign_up(client, **changes)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert not Person.objects.exists()


def test_no_box_is_ticked_before_the_person_ticks_it(client):
    make_unit()

    page = client.get(reverse("account_signup")).content.decode()

    assert "consent_take_part" in page
    assert "checked" not in page


def test_a_citizen_chooses_a_commune(client):
    commune = make_unit(name="Phường Vỹ Dạ", is_commune=True)

    response = sign_up(client, unit=commune, kind="commune")

    assert response.status_code == 302
    assert client.session["signed_up_as"] == "commune"


@pytest.mark.parametrize(
    ("login", "fields"),
    [
        ("0912345678", {"phone": "+84912345678"}),
        ("+84 912 345 678", {"phone": "+84912345678"}),
        ("An@Example.vn", {"email": "an@example.vn"}),
        ("khanh.an", {"username": "khanh.an"}),
    ],
)
def test_a_login_is_recognised_by_its_shape(login, fields):
    user = register(login)

    assert {name: getattr(user, name) for name in fields} == fields


@pytest.mark.parametrize("second", ["0912 345 678", "84912345678"])
def test_a_phone_number_has_one_account(second):
    register("+84912345678")

    with pytest.raises(signup.LoginTaken):
        register(second)


def test_a_name_and_an_address_have_one_account_whatever_their_case():
    make_user("khanh.an")
    register("an@example.vn")

    with pytest.raises(signup.LoginTaken):
        register("Khanh.An")
    with pytest.raises(signup.LoginTaken):
        register("AN@example.vn")


@pytest.mark.parametrize("login", ["0912345678", "an@example.vn", "khanh.an"])
def test_one_signs_in_with_what_one_signed_up_with(client, login):
    user = register(login)

    response = client.post(
        reverse("account_login"), {"login": login, "password": "hoa-phuong-do-1990"}
    )

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_wrong_password_is_told_on_the_page(client):
    register("khanh.an")

    response = client.post(
        reverse("account_login"), {"login": "khanh.an", "password": "sai-hoan-toan"}
    )

    assert response.status_code == 200
    assert response.context["form"].errors


def test_units_no_longer_in_force_are_not_offered():
    make_unit("cu", valid_until=date(2025, 7, 1))
    today = make_unit("moi")

    assert list(signup.units_offered(now=NOW)) == [today]
    assert User.objects.count() == 0
