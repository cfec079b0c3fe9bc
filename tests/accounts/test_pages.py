"""The frame of pages: preferences, the demo's roles, sign-in pages, my data."""

import json

import pytest
from django.urls import reverse

from accounts.models import Consent
from accounts.services import consents
from tests.factories import NOON, make_entrant, make_person, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_reset_password",
        "account_reset_password_done",
    ],
)
def test_sign_in_pages_wear_the_portal(client, name):
    page = client.get(reverse(name))

    assert page.status_code == 200
    assert 'href="#noi-dung"' in page.content.decode()


@pytest.mark.parametrize("name", ["my-data", "my-data-file", "my-contests"])
def test_personal_pages_ask_a_stranger_to_sign_in(client, name):
    page = client.get(reverse(name))

    assert page.status_code == 302
    assert page.url.startswith(reverse("account_login"))


def test_large_text_and_dark_are_written_by_the_server(client):
    client.post(reverse("preferences"), {"text": "3", "next": "/"})
    client.post(reverse("preferences"), {"theme": "dark", "next": "/"})

    page = client.get(reverse("account_login")).content.decode()

    assert '<html lang="vi" data-theme="dark" data-text="3">' in page


def test_language_and_text_are_kept_on_the_account(client):
    user = make_user()
    client.force_login(user)

    client.post(reverse("preferences"), {"language": "en"})
    client.post(reverse("preferences"), {"text": "2"})

    user.refresh_from_db()
    assert (user.language, user.text_size) == ("en", 2)
    assert (
        '<html lang="en"'
        in client.get(reverse("account_login"), follow=True).content.decode()
    )


@pytest.mark.parametrize("next_", ["https://evil.example/", "//evil.example", "\\\\x"])
def test_the_preferences_form_leads_to_our_own_pages_only(client, next_):
    response = client.post(reverse("preferences"), {"text": "2", "next": next_})

    assert response.url == "/"


def test_unknown_preferences_change_nothing(client):
    response = client.post(reverse("preferences"), {"text": "9", "theme": "neon"})

    assert response.status_code == 302
    assert not response.cookies


def test_roles_do_not_exist_outside_the_demo(client, settings):
    settings.DEMO = False
    make_user("official")

    page = client.get(reverse("account_login")).content.decode()

    assert client.post(reverse("demo-login"), {"role": "official"}).status_code == 404
    assert "demo-strip" not in page
    assert reverse("demo-login") not in page


def test_one_press_signs_in_as_a_role_of_the_demo(client, settings):
    settings.DEMO = True
    user = make_user("citizen")

    response = client.post(reverse("demo-login"), {"role": "citizen"})

    assert response.url == reverse("home")
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize("role", ["root", "", "leader"])
def test_only_demo_users_that_exist_can_be_pressed(client, settings, role):
    settings.DEMO = True
    make_user("root", is_superuser=True, is_staff=True)

    assert client.post(reverse("demo-login"), {"role": role}).status_code == 404


def test_the_demo_says_so_on_every_page(client, settings):
    settings.DEMO = True

    page = client.get(reverse("account_login")).content.decode()

    assert "demo-strip" in page
    assert page.count('class="role"') == 7


def test_my_data_shows_and_exports_what_is_held(client):
    person = make_person("Trần Thị Khánh An")
    make_entrant(person=person)
    client.force_login(person.user)

    page = client.get(reverse("my-data"))
    document = client.get(reverse("my-data-file"))

    assert "Trần Thị Khánh An" in page.content.decode()
    held = json.loads(document.content)
    assert held["account"][0]["full_name"] == "Trần Thị Khánh An"
    assert len(held["entries"]) == 1
    for answer in (page, document):
        assert "no-store" in answer["Cache-Control"]
        assert "private" in answer["Cache-Control"]


def test_an_agreement_is_withdrawn_and_given_again(client):
    person = make_person()
    consents.give(person, [Consent.Purpose.NEWS], now=NOON)
    client.force_login(person.user)

    client.post(reverse("my-data"), {"purpose": "news", "act": "withdraw"})
    withdrawn = person.consents.get()
    client.post(reverse("my-data"), {"purpose": "news", "act": "give"})

    assert withdrawn.withdrawn_at is not None
    assert person.consents.filter(withdrawn_at__isnull=True).count() == 1
    assert person.consents.count() == 2


def test_an_unknown_purpose_is_not_found(client):
    person = make_person()
    client.force_login(person.user)

    assert client.post(reverse("my-data"), {"purpose": "x"}).status_code == 404


def test_an_account_without_a_person_has_an_empty_page(client):
    client.force_login(make_user())

    assert client.get(reverse("my-data")).status_code == 200
    assert client.get(reverse("my-data-file")).status_code == 404


def test_a_new_device_is_dressed_as_the_account_likes(client):
    make_user("an", password="hoa-phuong-do-1990", language="en", text_size=3)

    client.post(
        reverse("account_login"), {"login": "an", "password": "hoa-phuong-do-1990"}
    )
    page = client.get(reverse("my-data")).content.decode()

    assert '<html lang="en" data-text="3">' in page
