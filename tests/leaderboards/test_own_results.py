"""What somebody may see of an own attempt, and from when on."""

from datetime import timedelta

import pytest

from leaderboards.services.own_results import result_of
from quizzes.models import Attempt
from tests.factories import (
    CLOSES,
    NOON,
    make_attempt,
    make_imported_attempt,
    make_paper,
    make_pool,
    make_round,
)

pytestmark = pytest.mark.django_db
LATER = CLOSES + timedelta(hours=1)


def make_scored_attempt(**paper):
    """An attempt at noon in a round that is open until ``CLOSES``."""
    pool = make_pool(make_paper(make_round(), **{"show_score": "at_once"} | paper))
    return make_attempt(
        pool=pool,
        state=Attempt.State.SUBMITTED,
        closed_by=Attempt.ClosedBy.PERSON,
        submitted_at=NOON,
        duration_ms=0,
        score=2000,
        correct_count=2,
        scored_with=1,
    )


def score(attempt, now):
    return result_of(attempt, now=now).score


@pytest.mark.parametrize(
    ("limits", "in_the_round", "after_it"),
    [
        ([{"n": 1, "per": "round"}], 2000, 2000),
        ([{"n": 2, "per": "round"}], None, 2000),
        ([{"n": 1, "per": "contest"}], 2000, 2000),
        ([{"n": 1, "per": "day"}], None, 2000),
        ([{"n": 1, "per": "day"}, {"n": 1, "per": "round"}], 2000, 2000),
        ([], None, 2000),
    ],
)
def test_a_score_at_once_waits_for_the_last_attempt_allowed(
    limits, in_the_round, after_it
):
    attempt = make_scored_attempt(attempt_limits=limits)

    assert score(attempt, NOON + timedelta(hours=1)) == in_the_round
    assert score(attempt, LATER) == after_it


def test_a_score_at_once_waits_for_the_last_attempt_to_be_handed_in():
    limits = [{"n": 2, "per": "round"}]
    attempt = make_scored_attempt(attempt_limits=limits)
    last = make_attempt(attempt.entrant, pool=attempt.pool, number=2)

    assert score(attempt, LATER) is None

    last.delete()
    make_imported_attempt(attempt.entrant, attempt.round, number=2)
    assert score(attempt, NOON + timedelta(hours=1)) == 2000


def test_a_later_close_granted_keeps_the_score_back():
    attempt = make_scored_attempt(attempt_limits=[])
    attempt.entrant.allowances.create(
        contest=attempt.round.contest,
        closes_at=LATER + timedelta(days=1),
        reason="Mất điện",
        granted_by=attempt.entrant.person.user,
        granted_at=NOON,
    )

    assert score(attempt, LATER) is None


@pytest.mark.parametrize(
    ("show", "round_published", "contest_published", "shown"),
    [
        ("after_round", False, False, None),
        ("after_round", True, False, 2000),
        ("after_contest", True, False, None),
        ("after_contest", True, True, 2000),
        ("never", True, True, None),
        ("at_once", True, False, 2000),
    ],
)
def test_a_score_is_shown_as_the_setting_says(
    show, round_published, contest_published, shown
):
    attempt = make_scored_attempt(show_score=show)
    attempt.round.results_at = CLOSES if round_published else None
    attempt.round.contest.results_at = CLOSES if contest_published else None

    assert score(attempt, LATER) == shown


def test_a_score_not_computed_yet_is_not_shown():
    attempt = make_scored_attempt()
    attempt.scored_with = None

    assert score(attempt, LATER) is None
