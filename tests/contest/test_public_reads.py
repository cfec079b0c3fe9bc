"""A public read is made once for all who ask in the same moment, and never mixed up."""

import pytest
from django.core.cache import cache

from quizzes.models import Contest
from tests.factories import make_contest


@pytest.fixture
def keeping(settings):
    settings.PUBLIC_KEPT_S = 30
    cache.clear()
    yield
    cache.clear()


def read(client, contest, **headers):
    return client.get(f"/api/v1/contests/{contest.slug}/", **headers)


@pytest.mark.django_db
def test_a_second_reader_costs_no_query(keeping, client, django_assert_num_queries):
    contest = make_contest()
    first = read(client, contest)

    with django_assert_num_queries(0):
        second = read(client, contest)

    assert second.json() == first.json()
    assert second["Cache-Control"] == first["Cache-Control"]
    assert second["ETag"] == first["ETag"]


@pytest.mark.django_db
def test_another_language_or_host_has_an_answer_of_its_own(keeping, client):
    contest = make_contest()
    read(client, contest)
    Contest.objects.update(title="Tên khác")

    english = read(client, contest, HTTP_ACCEPT_LANGUAGE="en")
    elsewhere = read(client, contest, HTTP_HOST="other.example.vn")

    assert english["Content-Language"] == "en"
    assert english.json()["title"] == elsewhere.json()["title"] == "Tên khác"


@pytest.mark.django_db
def test_a_contest_that_is_not_there_is_not_kept(keeping, client):
    missing = client.get("/api/v1/contests/sap-co/")
    make_contest("sap-co")

    found = client.get("/api/v1/contests/sap-co/")

    assert (missing.status_code, found.status_code) == (404, 200)
