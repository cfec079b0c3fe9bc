from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from contest.health import readiness
from tests.factories import make_attempt

NOW = datetime(2025, 10, 5, 8, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_the_tests_run_on_postgresql():
    assert connection.vendor == "postgresql"


def test_the_process_lamp_needs_nothing(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_the_readiness_lamp_tells_database_clock_cache_and_queue(client):
    answer = client.get("/readyz")

    report = answer.json()
    assert answer.status_code == 200
    assert report["ready"] is True
    assert abs(report["clock_offset_s"]) < 0.5
    assert [report[part] for part in ("database", "cache", "queue")] == ["ok"] * 3


@pytest.mark.django_db
def test_the_front_page_is_open_to_everybody(client):
    assert client.get("/").status_code == 200


@pytest.mark.django_db
def test_the_readiness_lamp_tells_how_long_the_oldest_attempt_waits():
    make_attempt(accepts_until=NOW - timedelta(seconds=95))
    make_attempt(accepts_until=NOW + timedelta(minutes=5))

    report = readiness(NOW)

    assert (report["unsealed_s"], report["unscored_s"]) == (95, 0)


@pytest.mark.django_db
def test_the_readiness_lamp_leaves_no_row_behind():
    readiness(NOW)

    assert not Session.objects.exists()
