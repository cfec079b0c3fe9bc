"""Workers that meet: each attempt scored once, and no older key over a newer one."""

import time

import pytest

from quizzes.models import Attempt
from quizzes.rules.shape import Save
from quizzes.services import attempts, keys, scoring
from quizzes.services.attempts import claim_of
from quizzes.services.bulk import update_rows
from tests import factories as make
from tests.factories import NOON
from tests.races.storm import kinds, storm

pytestmark = pytest.mark.django_db(transaction=True)

COUNT = 60
COLUMNS = ("score", "correct_count", "scored_with")


@pytest.fixture
def pool():
    """A pool with sixty submitted attempts, each with the first item right."""
    pool = make.make_pool()
    for _ in range(COUNT):
        entrant = make.make_entrant(audience=pool.audience)
        attempt = make.make_attempt(entrant, pool=pool)
        last = Save(1, {"1": ["a"]}, None)
        attempts.submit(claim_of(attempt), last=last, now=NOON)
    return pool


def work():
    return sum(iter(lambda: scoring.score_batch(7), 0))


def work_without_holding_rows():
    """The control: take whatever waits, held by nobody, and write without a guard."""
    done = 0
    unscored = Attempt.objects.unscored().order_by("pk")
    while waiting := list(unscored.values_list(*scoring.COLUMNS_READ)[:7]):
        sheets = scoring.newest_sheets({pool for _, pool, _, _ in waiting})
        rows = [scoring.scored(row, sheets) for row in waiting]
        time.sleep(0.005)
        done += update_rows(Attempt, COLUMNS, rows)
    return done


def test_workers_share_the_work_and_do_none_of_it_twice(pool):
    assert sum(storm(work, work, work)) == COUNT
    assert set(Attempt.objects.values_list(*COLUMNS)) == {(1000, 1, 1)}


def test_control_workers_that_hold_no_rows_do_work_twice(pool):
    assert sum(storm(*[work_without_holding_rows] * 3)) > COUNT


def correct(pool):
    def run():
        time.sleep(0.02)
        return keys.correct_key(
            pool,
            Attempt.objects.first().paper[0]["item"],
            correct=["b"],
            reason="Sai",
            by=make.make_user(),
            now=NOON,
        )

    return run


def test_a_key_corrected_while_workers_score_ends_with_the_new_key_everywhere(pool):
    results = storm(work, work, correct(pool))
    work()

    assert kinds(results) == ["KeySheet", "int", "int"]
    assert set(Attempt.objects.values_list(*COLUMNS)) == {(0, 0, 2)}


def score_with_an_old_sheet(pool, guard):
    """A worker read sheet 1, was held up, and writes after the correction."""
    rows = Attempt.objects.values_list(*scoring.COLUMNS_READ)
    sheets = scoring.newest_sheets({pool.pk})
    old = [scoring.scored(row, sheets) for row in rows]
    correct(pool)()
    work()
    update_rows(Attempt, COLUMNS, old, guard=guard)
    return set(Attempt.objects.values_list(*COLUMNS))


def test_a_worker_that_was_held_up_writes_no_old_score_over_a_new_one(pool):
    assert score_with_an_old_sheet(pool, scoring.GUARD) == {(0, 0, 2)}


def test_control_without_the_guard_the_old_key_comes_back(pool):
    assert score_with_an_old_sheet(pool, None) == {(1000, 1, 1)}
