"""Headers and settings that every answer or sign-in relies on."""

import threading
from gettext import GNUTranslations

import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.management import CommandError, call_command

from accounts import hashers

ARGON2 = "accounts.hashers.LightArgon2PasswordHasher"


@pytest.mark.django_db
def test_a_page_allows_only_its_own_files(client):
    policy = client.get("/")["Content-Security-Policy"]

    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


@pytest.mark.django_db
def test_the_admin_allows_what_its_widgets_need_and_no_other_host(client):
    policy = client.get("/admin/login/")["Content-Security-Policy"]

    assert "script-src 'self' 'unsafe-eval' 'unsafe-inline';" in policy
    assert "http" not in policy


@pytest.mark.django_db
def test_a_page_that_says_nothing_about_log_in_needs_it(client):
    answer = client.get("/accounts/email/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_a_pass_phrase_is_kept_with_argon2id_of_19_mib(settings):
    settings.PASSWORD_HASHERS = [ARGON2]

    kept = make_password("một câu bí mật")

    assert kept.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert check_password("một câu bí mật", kept)


def test_pass_phrases_are_hashed_one_at_a_time(settings):
    settings.PASSWORD_HASHERS = [ARGON2]
    kept = make_password("một câu bí mật")
    checks = []
    sign_in = threading.Thread(
        target=lambda: checks.append(check_password("một câu bí mật", kept))
    )

    with hashers.TURN:
        sign_in.start()
        sign_in.join(0.3)
        assert checks == []

    sign_in.join(10)
    assert checks == [True]


def test_no_limit_by_address_is_low_enough_to_lock_an_office_out():
    by_address = [
        limit
        for limits in settings.ACCOUNT_RATE_LIMITS.values()
        for limit in limits.split(",")
        if limit.endswith("/ip")
    ]

    assert by_address
    assert all(int(limit.split("/")[0]) >= 300 for limit in by_address)


@pytest.fixture
def catalogue(tmp_path, settings):
    settings.LOCALE_PATHS = [tmp_path]
    path = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    return path


def entry(msgid, msgstr, flag=""):
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    return f'{head}{flag}msgid "{msgid}"\nmsgstr "{msgstr}"\n'


def test_a_catalogue_is_compiled_without_gettext(catalogue):
    catalogue.write_text(entry("Đang mở", "Open"))

    call_command("compile_translations")

    with catalogue.with_suffix(".mo").open("rb") as compiled:
        assert GNUTranslations(compiled).gettext("Đang mở") == "Open"


def test_a_translation_that_loses_a_place_is_refused(catalogue):
    python = "#, python-format\n"
    catalogue.write_text(entry("Còn %(n)s lượt", "%(m)s attempts left", python))

    with pytest.raises(CommandError, match="unknown named placeholder"):
        call_command("compile_translations")


def test_a_project_without_catalogues_compiles_nothing(tmp_path, settings, capsys):
    settings.LOCALE_PATHS = [tmp_path]

    call_command("compile_translations")

    assert capsys.readouterr().out == "0 catalogues compiled\n"


def test_an_answer_in_json_may_load_nothing_at_all(client):
    policy = client.get("/healthz")["Content-Security-Policy"]

    assert policy == "default-src 'none'; frame-ancestors 'none'"
