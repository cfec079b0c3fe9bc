"""Units and their published results over the API, for anybody."""

import pytest

from quizzes.models import Headcount
from tests.factories import (
    make_bloc,
    make_contest,
    make_contest_unit,
    make_round,
    make_scheme,
    make_tally,
    make_unit,
)
from tests.leaderboards.published import make_published_tally, make_unit_result

pytestmark = pytest.mark.django_db


def units(client, contest, query=""):
    return client.get(f"/api/v1/contests/{contest.slug}/units/{query}")


def test_before_the_tally_a_unit_shows_its_bloc_and_headcount_alone(client):
    contest = make_contest()
    bloc = make_bloc(contest, "so-nganh", name="Sở, ngành")
    unit = make_contest_unit(bloc, make_unit("so-y-te", "Sở Y tế"), people=40)
    make_unit_result(make_tally(contest), unit, facts={"people": 12})

    page = units(client, contest, "?bloc=so-nganh").json()

    assert page["tally"] is None
    assert page["results"][0] == {
        "place": None,
        "unit": {"code": "so-y-te", "name": "Sở Y tế"},
        "bloc": {"code": "so-nganh", "name": "Sở, ngành"},
        "scheme": None,
        "headcount": 40,
        "people": None,
        "rate": None,
        "mean_score": None,
        "perfect": None,
        "points": None,
        "components": [],
        "gates": [],
        "explanation": [],
    }


def test_a_round_has_its_own_headcount(client):
    contest = make_contest()
    round = make_round(contest)
    unit = make_contest_unit(make_bloc(contest), people=40)
    Headcount.objects.create(contest_unit=unit, round=round, people=30)

    shown = [
        units(client, contest, query).json()["results"][0]["headcount"]
        for query in ("", "?round=1", f"?round={round.uuid}", "?round=tuan-1")
    ]

    assert shown == [40, 30, 30, 30]


def test_a_published_tally_shows_results_with_their_time(client):
    contest = make_contest()
    facts = {"headcount": 40, "people": 30, "rate": "3/4", "perfect": 2}
    facts |= {"components": [{"code": "rate", "value": "3/4", "points": "30"}]}
    gate = {"code": "rate", "metric": "rate", "passed": True, "value": "3/4"}
    facts |= {"gates": [{**gate, "needed": "1/2"}]}
    make_unit_result(make_published_tally(contest), points="943/10", facts=facts)

    page = units(client, contest).json()

    row = page["results"][0]
    assert (row["place"], row["points"], row["scheme"]) == (1, "943/10", "tap-the")
    assert (row["headcount"], row["people"], row["rate"]) == (40, 30, "3/4")
    assert row["components"] == facts["components"]
    assert row["explanation"][0].startswith("Đạt điều kiện tỷ lệ tham gia: 75")
    assert page["tally"]["cut_off"] == "2025-10-06T00:00:00+07:00"


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("is_tallied", [True, False])
def test_a_page_takes_the_same_queries_whatever_its_length(
    client, count, is_tallied, django_assert_num_queries
):
    contest = make_contest()
    bloc = make_bloc(contest)
    tally = make_published_tally(contest) if is_tallied else make_tally(contest)
    for _ in range(count):
        make_unit_result(tally, make_contest_unit(bloc, people=9))

    with django_assert_num_queries(5 if is_tallied else 6):
        page = units(client, contest).json()

    assert page["count"] == count


def test_a_query_narrows_the_list(client):
    contest = make_contest()
    tally = make_published_tally(contest)
    other = make_contest_unit(make_bloc(contest, "khac"))
    make_unit_result(tally, make_contest_unit(make_bloc(contest)))
    make_unit_result(tally, other, scheme=make_scheme(contest, "khac"))

    def count(query):
        return units(client, contest, query).json()["count"]

    assert [count(""), count("?bloc=khac"), count("?scheme=khac")] == [2, 1, 1]
    assert [count("?scheme=khac&bloc=khoi"), count("?bloc=%00")] == [0, 0]


@pytest.mark.parametrize("round", ["7", "khong-co", "%00", "9" * 40])
def test_an_unknown_round_is_not_found(client, round):
    assert units(client, make_contest(), f"?round={round}").status_code == 404


def test_a_published_round_without_results_of_units_shows_who_they_are(client):
    contest = make_contest()
    make_published_tally(round=make_round(contest))
    make_contest_unit(make_bloc(contest))

    page = units(client, contest, "?round=1").json()

    assert (page["count"], page["tally"]) == (1, None)


@pytest.mark.parametrize(
    ("scheme", "count"), [("tat-ca", 2), ("mot-khoi", 1), ("khong-co", 0), ("%00", 0)]
)
def test_before_the_tally_a_scheme_names_the_units_it_will_rank(client, scheme, count):
    contest = make_contest()
    make_scheme(contest, "tat-ca")
    make_scheme(contest, "mot-khoi", rule={"blocs": ["a"]})
    make_contest_unit(make_bloc(contest, "a"))
    make_contest_unit(make_bloc(contest, "b"))

    assert units(client, contest, f"?scheme={scheme}").json()["count"] == count
