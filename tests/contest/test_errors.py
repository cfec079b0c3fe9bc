"""Error pages: what went wrong, what became of the answers, whom to call."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from contest.views import errors

SAFE = "vẫn còn nguyên trên máy chủ"


@pytest.mark.parametrize(
    ("handler", "status"),
    [
        (errors.bad_request, 400),
        (errors.forbidden, 403),
        (errors.not_found, 404),
    ],
)
def test_refusals_say_what_became_of_the_answers(handler, status, settings):
    response = handler(RequestFactory().get("/"), Exception())

    page = response.content.decode()
    assert response.status_code == status
    assert SAFE in page
    assert settings.PORTAL["help_phone"] in page


def test_too_many_requests_are_told_in_the_portals_own_page():
    response = errors.too_many(RequestFactory().post("/"))

    assert response.status_code == 429
    assert SAFE in response.content.decode()


def test_allauths_pages_of_messages_to_phones_are_not_there(client, db):
    for address in ("/accounts/phone/change/", "/accounts/phone/verify/"):
        assert client.get(address).status_code == 404


def test_a_limit_of_allauth_answers_with_the_portals_page(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}
    address = reverse("account_reset_password")

    first = client.post(address, {"email": "khong.ai@example.vn"})
    second = client.post(address, {"email": "khong.ai@example.vn"})

    assert first.status_code == 302
    assert second.status_code == 429
    assert SAFE in second.content.decode()


def test_a_form_that_is_too_old_says_to_load_it_again():
    response = errors.csrf_failure(RequestFactory().post("/"))

    assert response.status_code == 403
    assert SAFE in response.content.decode()


def test_a_fault_of_ours_has_a_code_that_is_in_the_log(caplog):
    response = errors.server_error(RequestFactory().get("/"))

    page = response.content.decode()
    assert response.status_code == 500
    assert SAFE in page
    assert caplog.messages[0].removeprefix("incident ") in page


def test_an_unknown_address_shows_the_page(client, db):
    response = client.get("/khong/co/trang/nay")

    assert response.status_code == 404
    assert SAFE in response.content.decode()
