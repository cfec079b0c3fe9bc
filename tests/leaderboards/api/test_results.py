"""One's own result over the API: each part only when its rule allows it."""

from datetime import timedelta

import pytest

from quizzes.models import Attempt
from tests.factories import (
    make_attempt,
    make_audience,
    make_contest,
    make_entrant,
    make_paper,
    make_person,
    make_pool,
    make_round,
    make_user,
)
from tests.leaderboards.published import make_award, make_published_tally, make_standing

pytestmark = pytest.mark.django_db


def result(client, attempt):
    return client.get(f"/api/v1/attempts/{attempt.uuid}/result/")


def make_scored_attempt(client, round=None, **paper):
    """The signed-in person's scored attempt: the first item right, the rest open."""
    round = round or make_round()
    audience = make_audience(round.contest)
    user = make_user()
    client.force_login(user)
    pool = make_pool(make_paper(round, audience, items=2, **paper))
    return make_attempt(
        make_entrant(audience=audience, person=make_person(user=user)),
        pool=pool,
        state=Attempt.State.SUBMITTED,
        closed_by=Attempt.ClosedBy.PERSON,
        submitted_at=round.opens_at + timedelta(hours=1),
        started_at=round.opens_at,
        deadline=round.opens_at + timedelta(hours=2),
        duration_ms=3_600_000,
        responses={"1": ["a"]},
        score=1000,
        correct_count=1,
        scored_with=1,
        prediction=7,
    )


def test_before_publication_only_ones_own_words_are_shown(client):
    attempt = make_scored_attempt(client)

    row = result(client, attempt).json()

    assert (row["score"], row["correct"], row["place"]) == (None, None, None)
    assert (row["max_score"], row["total"], row["prediction"]) == (2000, 2, 7)
    assert [item["chosen"] for item in row["items"]] == [["a"], []]
    for item in row["items"]:
        assert (item["key"], item["right"]) == (None, None)
        assert (item["explanation"], item["source"]) == (None, None)


def test_after_publication_the_score_the_place_and_the_keys_are_shown(client):
    round = make_round(make_contest(is_simulated=True))
    attempt = make_scored_attempt(client, round, show_keys="after_round")
    tally = make_published_tally(round=round, truths={"1/can-bo": 9})
    make_standing(tally, attempt.entrant, attempt=attempt, place=3)
    award = make_award(tally, attempt.entrant)

    row = result(client, attempt).json()

    assert (row["score"], row["correct"], row["simulated"]) == (1000, 1, True)
    assert row["place"] == {
        "ranking": "ca-nhan",
        "group": "can-bo",
        "place": 3,
        "among": 1,
        "prediction_truth": 9,
        "awards": [str(award.uuid)],
    }
    assert [item["key"] for item in row["items"]] == [["a"], ["a"]]
    assert [item["right"] for item in row["items"]] == [True, False]
    assert row["items"][0]["explanation"].startswith("Giải thích của câu")


def test_a_key_waits_for_another_round_that_asks_the_same_item(client):
    round = make_round()
    attempt = make_scored_attempt(client, round, show_keys="after_round")
    make_published_tally(round=round)
    bank = round.papers.get().bank
    make_pool(make_paper(make_round(), bank=bank, items=2))

    row = result(client, attempt).json()

    assert row["score"] == 1000
    assert [item["key"] for item in row["items"]] == [None, None]


def test_a_score_that_is_never_shown_is_not_shown(client):
    attempt = make_scored_attempt(client, show_score="never")
    make_published_tally(round=attempt.round)

    assert result(client, attempt).json()["score"] is None


def test_the_result_takes_few_queries(client, django_assert_max_num_queries):
    attempt = make_scored_attempt(client, show_keys="after_round")
    tally = make_published_tally(round=attempt.round)
    make_standing(tally, attempt.entrant, attempt=attempt)

    with django_assert_max_num_queries(14):
        assert result(client, attempt).status_code == 200


def test_an_open_attempt_has_no_result(client):
    user = make_user()
    client.force_login(user)
    attempt = make_attempt(make_entrant(person=make_person(user=user)))

    assert result(client, attempt).status_code == 404


def test_somebody_elses_result_is_not_found(client):
    attempt = make_scored_attempt(client)
    client.force_login(make_user())

    assert result(client, attempt).status_code == 404


def test_a_stranger_must_sign_in(client):
    attempt = make_scored_attempt(client)
    client.logout()

    assert result(client, attempt).status_code == 401
