"""Pages in English: whoever chose it meets no Vietnamese but names."""

import html
import re
import shutil
import unicodedata

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse, reverse_lazy

from tests.contest.english import make_english_contest
from tests.factories import make_person, make_user

pytestmark = pytest.mark.django_db
NAMES = [settings.PORTAL["name"], settings.PORTAL["organiser"], "Tiếng Việt"]
ANYBODY = [
    "/",
    "/no/such/page",
    reverse_lazy("contest", args=["english"]),
    reverse_lazy("regulations", args=["english"]),
    reverse_lazy("standings", args=["english"]),
    reverse_lazy("units", args=["english"]),
    reverse_lazy("awards", args=["english"]),
    reverse_lazy("certificate-check"),
    reverse_lazy("account_login"),
    reverse_lazy("account_signup"),
    reverse_lazy("account_reset_password"),
]
ENTRANT = [
    "/",
    reverse_lazy("contest", args=["english"]),
    reverse_lazy("round-start", args=["english", 2]),
    reverse_lazy("my-contests"),
    reverse_lazy("my-data"),
    reverse_lazy("account_change_password"),
    reverse_lazy("account_logout"),
]
STAFF = [
    reverse_lazy("admin:index"),
    reverse_lazy("admin:quizzes_contest_changelist"),
    reverse_lazy("admin:quizzes_contest_add"),
    reverse_lazy("admin:quizzes_item_changelist"),
    reverse_lazy("admin:leaderboards_tally_changelist"),
    reverse_lazy("admin:lib_auditevent_changelist"),
]


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory):
    """The portal's own catalogues, compiled outside the checkout."""
    folder = tmp_path_factory.mktemp("locale")
    shutil.copytree(
        settings.LOCALE_PATHS[0],
        folder,
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns("*.mo"),
    )
    with override_settings(LOCALE_PATHS=[folder]):
        call_command("compile_translations")
    return folder


@pytest.fixture
def english(client, catalogues, settings):
    """A client that chose English."""
    settings.LOCALE_PATHS = [catalogues]
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def vietnamese_on(client, addresses):
    """Vietnamese pieces of pages, by address; the portal's own name may stay."""
    found = {}
    for address in addresses:
        page = html.unescape(client.get(address).content.decode())
        assert page, address
        for name in NAMES:
            page = page.replace(name, "")
        pieces = [piece.strip() for piece in re.split(r"[<>\n]", page)]
        if left := [piece for piece in pieces if is_vietnamese(piece)]:
            found[str(address)] = left
    return found


def is_vietnamese(text):
    return any(
        letter in "đĐ" or unicodedata.combining(letter)
        for letter in unicodedata.normalize("NFD", text)
    )


def test_what_anybody_sees_is_english(english):
    scene = make_english_contest()
    award = reverse("award", args=[scene.award.uuid])

    assert vietnamese_on(english, [*ANYBODY, award]) == {}


def test_what_an_entrant_sees_is_english(english):
    scene = make_english_contest()
    english.force_login(scene.entrant.person.user)
    own = [
        reverse("attempt", args=[scene.opened.uuid]),
        reverse("attempt-check", args=[scene.opened.uuid]),
        reverse("receipt", args=[scene.closed.uuid]),
        reverse("result", args=[scene.closed.uuid]),
    ]

    assert vietnamese_on(english, [*ENTRANT, *own]) == {}


def test_the_form_to_join_is_english(english):
    make_english_contest()
    english.force_login(make_person("Chi", user=make_user("chi")).user)

    assert vietnamese_on(english, [reverse("join", args=["english"])]) == {}


def test_what_the_staff_sees_is_english(english):
    scene = make_english_contest()
    english.force_login(make_user("chief", is_staff=True, is_superuser=True))
    contest = reverse("admin:quizzes_contest_change", args=[scene.contest.pk])

    assert vietnamese_on(english, [*STAFF, contest]) == {}


def test_the_same_page_is_vietnamese_for_others(client):
    make_english_contest()

    assert "Giải thưởng" in client.get("/").content.decode()
