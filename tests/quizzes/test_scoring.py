from datetime import timedelta

import pytest

from quizzes.models import Attempt
from quizzes.rules.shape import Save
from quizzes.services import attempts, scoring
from quizzes.services.keys import correct_key
from tests import factories as make
from tests.factories import NOON

pytestmark = pytest.mark.django_db


def make_submitted(responses, pool=None):
    attempt = make.make_attempt(pool=pool or make.make_pool())
    claim = attempts.claim_of(attempt)
    attempts.submit(claim, last=Save(1, responses, None), now=NOON)
    return attempt


def scores():
    return list(
        Attempt.objects.order_by("pk").values_list(
            "score", "correct_count", "scored_with"
        )
    )


def test_a_batch_scores_what_waits_and_says_how_many():
    pool = make.make_pool()
    make_submitted({"1": ["a"], "2": ["a"], "3": ["b"]}, pool)
    make_submitted({}, pool)
    make_submitted({"1": ["a"], "2": ["a"], "3": ["a"]})
    make.make_attempt()

    assert [scoring.score_batch(2) for _ in range(3)] == [2, 1, 0]
    assert scores() == [
        (2000, 2, 1),
        (0, 0, 1),
        (3000, 3, 1),
        (None, None, None),
    ]


def test_scoring_again_changes_nothing():
    make_submitted({"1": ["a"]})
    scoring.score_batch(10)
    before = scores()

    assert scoring.score_batch(10) == 0
    assert scores() == before
    assert scoring.waiting() == 0


def test_an_older_key_sheet_never_replaces_a_newer_score():
    attempt = make_submitted({"1": ["a"]})
    Attempt.objects.update(score=7, correct_count=0, scored_with=5)
    row = Attempt.objects.values_list(*scoring.COLUMNS_READ).get()
    old = scoring.scored(row, scoring.newest_sheets([attempt.pool_id]))

    columns = ("score", "correct_count", "scored_with")
    written = scoring.update_rows(Attempt, columns, [old], guard=scoring.GUARD)

    assert written == 0
    assert scores() == [(7, 0, 5)]


def test_attempts_of_other_platforms_keep_the_score_they_came_with():
    entrant = make.make_entrant()
    round = make.make_round(entrant.contest)
    make.make_imported_attempt(entrant, round, score=12_500, scored_with=None)

    assert scoring.score_batch(10) == 0
    assert scores() == [(12_500, 15, None)]


def test_a_batch_is_one_update_however_many_rows(django_assert_num_queries):
    pool = make.make_pool()
    for n in range(5):
        make_submitted({"1": ["ab"[n % 2]]}, pool)
    scoring.sealed_of(pool.pk)

    with django_assert_num_queries(6) as captured:
        scoring.score_batch(10)

    written = [q["sql"] for q in captured if "UPDATE" in q["sql"] and "SET" in q["sql"]]
    assert len(written) == 1


def test_two_corrections_of_different_pools_are_both_followed():
    first, second = make_submitted({"1": ["a"]}), make_submitted({"1": ["a"]})
    scoring.score_batch(10)
    for attempt in (first, second):
        correct_key(
            attempt.pool,
            attempt.paper[0]["item"],
            correct=["b"],
            reason="Sai",
            by=make.make_user(),
            now=NOON + timedelta(days=9),
        )

    assert [scoring.score_batch(10) for _ in range(2)] == [2, 0]
    assert scores() == [(0, 0, 2), (0, 0, 2)]


def test_partial_scoring_follows_the_sealed_setting():
    bank = make.make_bank()
    make.make_item(bank, type="multiple", correct=("a", "b"))
    paper = make.make_paper(bank=bank, items=1, multiple_scoring="partial")
    make_submitted({"1": ["a"]}, make.make_pool(paper))

    scoring.score_batch(10)

    assert scores() == [(500, 0, 1)]
