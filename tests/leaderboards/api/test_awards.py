"""Published awards over the API, for anybody."""

import pytest

from quizzes.models import Contest
from tests.factories import (
    make_bloc,
    make_contest,
    make_contest_unit,
    make_entrant,
    make_person,
    make_round,
    make_tally,
    make_unit,
)
from tests.leaderboards.published import make_award, make_published_tally

pytestmark = pytest.mark.django_db


def awards(client, contest, query=""):
    return client.get(f"/api/v1/contests/{contest.slug}/awards/{query}")


def test_an_award_of_a_person_and_one_of_a_unit(client):
    contest = make_contest()
    person = make_person("Lê Thị Cúc")
    entrant = make_entrant(contest, person=person, unit=make_unit("so-a", "Sở A"))
    mine = make_award(make_published_tally(round=make_round(contest)), entrant)
    unit = make_contest_unit(make_bloc(contest, "xa"), make_unit("xa-b", "Xã B"))
    theirs = make_award(make_published_tally(contest), contest_unit=unit, value=0)

    page = awards(client, contest).json()

    assert page["results"] == [
        {
            "uuid": str(mine.uuid),
            "title": "Giải Nhất",
            "prize": "nhat",
            "place": 1,
            "round": 1,
            "audience": "can-bo",
            "bloc": None,
            "entrant": {
                "uuid": str(entrant.uuid),
                "name": "Lê Thị Cúc",
                "unit": {"code": "so-a", "name": "Sở A"},
            },
            "unit": None,
            "value": 800_000,
        },
        {
            "uuid": str(theirs.uuid),
            "title": "Giải Nhất",
            "prize": "nhat",
            "place": 1,
            "round": None,
            "audience": None,
            "bloc": {"code": "xa", "name": "xa"},
            "entrant": None,
            "unit": {"code": "xa-b", "name": "Xã B"},
            "value": 0,
        },
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_takes_the_same_queries_whatever_its_length(
    client, count, django_assert_num_queries
):
    contest = make_contest()
    tally = make_published_tally(contest)
    for _ in range(count):
        make_award(tally, make_entrant(contest, unit=make_unit()))

    with django_assert_num_queries(4):
        page = awards(client, contest).json()

    assert page["count"] == count


def test_awards_not_published_are_not_there(client):
    contest = make_contest()
    make_award(make_tally(contest))

    assert awards(client, contest).json()["results"] == []


def test_awards_of_a_draft_are_not_found(client):
    contest = make_contest(state=Contest.State.DRAFT)

    assert awards(client, contest).status_code == 404


def test_a_query_narrows_the_list(client):
    contest = make_contest()
    make_award(make_published_tally(round=make_round(contest)))
    make_award(make_published_tally(contest))

    def count(query):
        return awards(client, contest, query).json()["count"]

    assert [count(""), count("?round=1"), count("?audience=can-bo")] == [2, 1, 2]
    assert [count("?bloc=khoi"), count("?audience=%00")] == [0, 0]


def explanation(client, award, query=""):
    return client.get(f"/api/v1/awards/{award.uuid}/explanation/{query}")


def test_an_explanation_is_the_chain_of_reasons_in_words(
    client, django_assert_max_num_queries
):
    contest = make_contest(is_simulated=True)
    tally = make_published_tally(round=make_round(contest), hash="b" * 64)
    winner, second = make_entrant(contest), make_entrant(contest)
    reasons = [{"code": "place", "params": {"place": 1, "of": 2}}]
    comparison = {"with": str(second.uuid), "place": 2, "criterion": "score"}
    comparison |= {"column": "score", "a": 15000, "b": 14000, "equal": []}
    reasons.append({"code": "before", "params": comparison})
    award = make_award(tally, winner, reasons=reasons)

    with django_assert_max_num_queries(10):
        row = explanation(client, award).json()

    assert [reason["code"] for reason in row["reasons"]] == ["place", "before"]
    assert all(reason["text"] for reason in row["reasons"])
    assert row["award"]["uuid"] == str(award.uuid)
    assert (row["tally"]["hash"], row["simulated"]) == ("b" * 64, True)


def test_an_award_that_is_not_published_explains_nothing(client):
    assert explanation(client, make_award(make_tally())).status_code == 404
