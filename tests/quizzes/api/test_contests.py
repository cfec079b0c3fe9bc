"""Contests over the API, for anybody."""

import pytest

from quizzes.models import Contest
from tests.factories import (
    OPENS,
    make_audience,
    make_contest,
    make_paper,
    make_round,
)

pytestmark = pytest.mark.django_db
CONTESTS = "/api/v1/contests/"


def test_a_contest_shows_its_audiences_rounds_and_papers(client):
    contest = make_contest("hue-2025", is_simulated=True)
    round = make_round(contest, results_at=None)
    make_paper(round, make_audience(contest), items=2, prediction="perfect_people")

    row = client.get(f"{CONTESTS}hue-2025/").json()

    assert row["slug"] == "hue-2025"
    assert row["state"] == "public"
    assert row["simulated"] is True
    assert row["audiences"] == [
        {
            "code": "can-bo",
            "name": "can-bo",
            "entry": "self_registration",
            "unit_kind": "unit",
        }
    ]
    assert row["rounds"] == [
        {
            "uuid": str(round.uuid),
            "number": 1,
            "title": "Tuần 1",
            "state": "closed",
            "opens_at": "2025-09-29T00:00:00+07:00",
            "closes_at": "2025-10-06T00:00:00+07:00",
            "results_at": None,
            "audiences": [
                {
                    "code": "can-bo",
                    "items": 2,
                    "minutes": 20,
                    "attempts": [{"n": 1, "per": "round"}],
                    "prediction": "perfect_people",
                    "prediction_prompt": "",
                    "prediction_required": False,
                    "prediction_max": 2147483647,
                }
            ],
        }
    ]
    assert row["server_time"].endswith("+07:00")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_whatever_its_length(
    client, count, django_assert_num_queries
):
    for _ in range(count):
        contest = make_contest()
        make_paper(make_round(contest), make_audience(contest))

    with django_assert_num_queries(6):
        page = client.get(CONTESTS).json()

    assert page["count"] == len(page["results"]) == count
    assert page["next"] is page["previous"] is None


def test_a_draft_is_not_found(client):
    make_contest("nhap", state=Contest.State.DRAFT)

    assert client.get(CONTESTS).json()["results"] == []
    answer = client.get(f"{CONTESTS}nhap/")
    assert answer.status_code == 404
    assert answer.json() == {"code": "not_found", "detail": "Không tìm thấy."}


def test_the_state_of_a_round_follows_its_own_times(client):
    contest = make_contest("mot")
    make_round(contest, 1, opens_at=OPENS, results_at=OPENS.replace(month=12))

    row = client.get(f"{CONTESTS}mot/").json()

    assert row["rounds"][0]["state"] == "published"


def test_a_public_call_may_be_cached_and_says_when_nothing_changed(client):
    first = client.get(CONTESTS)
    second = client.get(CONTESTS, HTTP_IF_NONE_MATCH=first["ETag"])

    assert first["Cache-Control"] == "public, max-age=15"
    assert not first.cookies
    assert "Cookie" not in first.get("Vary", "")
    assert (second.status_code, second.content) == (304, b"")


def test_a_public_call_speaks_the_language_asked_for(client):
    client.cookies["django_language"] = "en"

    vietnamese = client.get(f"{CONTESTS}khong-co/?lang=vi")

    assert vietnamese["Content-Language"] == "vi"
    assert vietnamese.json()["detail"] == "Không tìm thấy."
    assert (
        client.get(CONTESTS, HTTP_ACCEPT_LANGUAGE="en-GB,en;q=0.9")["Content-Language"]
        == "en"
    )
