"""Published standings over the API, for anybody."""

import pytest

from accounts.models import Consent
from quizzes.models import Contest
from tests.factories import (
    NOON,
    make_audience,
    make_contest,
    make_entrant,
    make_person,
    make_round,
    make_tally,
    make_unit,
)
from tests.leaderboards.published import (
    make_award,
    make_published_tally,
    make_standing,
)

pytestmark = pytest.mark.django_db


def standings(client, round, query=""):
    return client.get(f"/api/v1/rounds/{round.uuid}/standings/{query}")


def test_a_row_holds_the_compared_values_and_the_page_its_tally(client):
    round = make_round()
    tally = make_published_tally(round=round, hash="a" * 64)
    unit = make_unit("so-tai-chinh", "Sở Tài chính")
    person = make_person("Nguyễn Văn An")
    entrant = make_entrant(round.contest, person=person, unit=unit)
    facts = {
        "score": 14000,
        "correct": 14,
        "prediction": 120,
        "prediction_distance": 3,
        "duration_ms": 61_500,
        "submitted_at": 1_759_294_800_123,
    }
    reason = {"code": "behind", "criterion": "submitted_at"}
    reason |= {"above": 1_759_294_799_000, "own": 1_759_294_800_123}
    make_standing(tally, entrant, facts=facts, reason=reason)

    page = standings(client, round).json()

    shown_unit = {"code": "so-tai-chinh", "name": "Sở Tài chính"}
    assert page["results"] == [
        {
            "ranking": "ca-nhan",
            "group": "can-bo",
            "place": 1,
            "audience": "can-bo",
            "entrant": {
                "uuid": str(entrant.uuid),
                "name": "Nguyễn Văn A***",
                "unit": shown_unit,
            },
            "unit": shown_unit,
            "bloc": None,
            "score": 14000,
            "correct": 14,
            "prediction": 120,
            "prediction_distance": 3,
            "duration_ms": 61_500,
            "submitted_at": "2025-10-01T12:00:00.123000+07:00",
            "explanation": "Xếp sau hàng trên: nộp bài lúc 12:00:00 1/10, "
            "hàng trên 11:59:59 1/10.",
        }
    ]
    assert page["tally"]["number"] == 1
    assert page["tally"]["hash"] == "a" * 64
    assert page["simulated"] is False


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_takes_the_same_queries_whatever_its_length(
    client, count, django_assert_num_queries
):
    round = make_round()
    tally = make_published_tally(round=round)
    for _ in range(count):
        make_standing(tally, make_entrant(round.contest, unit=make_unit()))

    with django_assert_num_queries(6):
        page = standings(client, round).json()

    assert page["count"] == len(page["results"]) == count


def test_nothing_is_shown_before_publication(client):
    round = make_round()
    make_standing(make_tally(round.contest, round))

    page = standings(client, round).json()

    assert (page["count"], page["results"], page["tally"]) == (0, [], None)


def test_a_round_of_a_draft_is_not_found(client):
    round = make_round(make_contest(state=Contest.State.DRAFT))
    make_standing(make_published_tally(round=round))

    assert standings(client, round).status_code == 404


@pytest.mark.parametrize(
    ("names", "wins", "shown"),
    [
        ("masked", False, "Trần Thị B***"),
        ("masked", True, "Trần Thị Bình"),
        ("full", False, "Trần Thị Bình"),
    ],
)
def test_a_name_is_masked_unless_the_contest_or_an_award_shows_it(
    client, names, wins, shown
):
    round = make_round(make_contest(names=names))
    tally = make_published_tally(round=round)
    entrant = make_entrant(round.contest, person=make_person("Trần Thị Bình"))
    make_standing(tally, entrant)
    if wins:
        make_award(tally, entrant)

    page = standings(client, round).json()

    assert page["results"][0]["entrant"]["name"] == shown


def test_an_award_that_is_not_published_unmasks_nobody(client):
    round = make_round()
    person = make_person("Trần Thị Bình")
    entrant = make_entrant(round.contest, person=person)
    make_standing(make_published_tally(round=round), entrant)
    make_award(make_tally(round.contest, round, number=2), entrant)

    page = standings(client, round).json()

    assert page["results"][0]["entrant"]["name"] == "Trần Thị B***"


def test_a_winner_who_signed_up_and_did_not_agree_stays_masked(client):
    round = make_round()
    tally = make_published_tally(round=round)
    entrant = make_entrant(round.contest, person=make_person("Trần Thị Bình"))
    make_standing(tally, entrant)
    make_award(tally, entrant)
    consent = {"text_version": "1", "given_at": NOON}
    entrant.person.consents.create(purpose=Consent.Purpose.TAKE_PART, **consent)

    before = standings(client, round).json()
    entrant.person.consents.create(purpose=Consent.Purpose.PUBLISH_NAME, **consent)
    after = standings(client, round).json()

    assert before["results"][0]["entrant"]["name"] == "Trần Thị B***"
    assert after["results"][0]["entrant"]["name"] == "Trần Thị Bình"


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?audience=can-bo", 1),
        ("?audience=nguoi-dan", 1),
        ("?audience=khac", 0),
        ("?unit=so-a", 1),
        ("?unit=so-a&audience=nguoi-dan", 0),
        ("?unit=%00", 0),
        ("?ranking=ca-nhan", 2),
        (f"?audience={'x' * 300}", 0),
    ],
)
def test_a_query_narrows_the_list(client, query, count):
    round = make_round()
    tally = make_published_tally(round=round)
    official = make_audience(round.contest, "can-bo")
    citizen = make_audience(round.contest, "nguoi-dan")
    make_standing(tally, make_entrant(audience=official, unit=make_unit("so-a")))
    make_standing(tally, make_entrant(audience=citizen, unit=make_unit("xa-b")))

    assert standings(client, round, query).json()["count"] == count


@pytest.mark.parametrize("page", ["0", "-1", "abc", "9" * 30, "%00", "1e9"])
def test_a_page_that_does_not_exist_is_not_found(client, page):
    round = make_round()

    assert standings(client, round, f"?page={page}").status_code == 404


def test_the_contest_as_a_whole_has_standings_of_its_own(client):
    contest = make_contest()
    make_standing(make_published_tally(round=make_round(contest)))
    make_standing(make_published_tally(contest), place=2)

    page = client.get(f"/api/v1/contests/{contest.slug}/standings/").json()

    assert [row["place"] for row in page["results"]] == [2]
