from datetime import timedelta

import pytest

from contest.lib.models import AuditEvent
from quizzes.models import Allowance
from quizzes.services import attempts
from quizzes.services.admission import LimitReached, NotOpen
from quizzes.services.allowances import (
    EmptyAllowance,
    ForeignAllowance,
    ReasonNeeded,
    grant,
)
from tests import factories as make
from tests.factories import CLOSES, NOON

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def make_round(**paper):
    spec = make.make_paper(**paper)
    make.make_pool(spec)
    return spec


def grant_to(spec, **what):
    given = {"reason": "Mất điện", "by": make.make_user(), "now": NOON}
    return grant(spec.round.contest, **given | what)


def test_more_minutes_are_read_at_the_start():
    spec = make_round()
    entrant = make.make_entrant(audience=spec.audience)
    grant_to(spec, entrant=entrant, extra_minutes=10)
    grant_to(spec, extra_minutes=5)

    attempt = attempts.start(entrant, spec.round, NOON).attempt

    assert attempt.deadline == NOON + 35 * MINUTE
    assert attempt.accepts_until == attempt.deadline + timedelta(seconds=15)


def test_a_grant_moves_the_open_attempts_it_is_for_and_no_others():
    spec = make_round()
    office = make.make_unit()
    desk = make.make_unit(parent=office)
    inside = make.make_entrant(audience=spec.audience, unit=desk)
    outside = make.make_entrant(audience=spec.audience, unit=make.make_unit())
    started = [attempts.start(e, spec.round, NOON).attempt for e in (inside, outside)]

    grant_to(spec, unit=office, extra_minutes=10, paused_ms=90_000)

    for attempt, minutes, paused in zip(started, (30, 20), (90_000, 0), strict=True):
        attempt.refresh_from_db()
        assert attempt.deadline == NOON + minutes * MINUTE
        assert attempt.accepts_until == attempt.deadline + timedelta(seconds=15)
        assert attempt.paused_ms == paused


def test_a_closed_attempt_is_never_reopened():
    spec = make_round()
    entrant = make.make_entrant(audience=spec.audience)
    attempt = attempts.start(entrant, spec.round, NOON).attempt
    attempts.submit(attempts.claim_of(attempt), now=NOON + MINUTE)
    attempt.refresh_from_db()

    grant_to(spec, extra_minutes=10, paused_ms=5_000)

    before = (attempt.deadline, attempt.paused_ms, attempt.state)
    attempt.refresh_from_db()
    assert (attempt.deadline, attempt.paused_ms, attempt.state) == before


def test_open_attempts_are_moved_in_one_update(django_assert_max_num_queries):
    spec = make_round()
    for _ in range(7):
        entrant = make.make_entrant(audience=spec.audience)
        attempts.start(entrant, spec.round, NOON)

    with django_assert_max_num_queries(12) as captured:
        grant_to(spec, extra_minutes=10)

    updates = [q["sql"] for q in captured if "UPDATE" in q["sql"] and "SET" in q["sql"]]
    assert len(updates) == 1


def test_minutes_end_with_the_window_and_a_later_close_moves_it():
    spec = make_round()
    entrant = make.make_entrant(audience=spec.audience)
    attempt = attempts.start(entrant, spec.round, CLOSES - 5 * MINUTE).attempt

    grant_to(spec, entrant=entrant, extra_minutes=10)
    attempt.refresh_from_db()
    assert attempt.deadline == CLOSES

    grant_to(spec, entrant=entrant, closes_at=CLOSES + 60 * MINUTE)
    attempt.refresh_from_db()
    assert attempt.deadline == CLOSES + 25 * MINUTE


def test_a_later_close_lets_one_entrant_start_and_nobody_else():
    spec = make_round()
    late, other = (make.make_entrant(audience=spec.audience) for _ in range(2))
    grant_to(spec, entrant=late, round=spec.round, closes_at=CLOSES + 60 * MINUTE)

    started = attempts.start(late, spec.round, CLOSES + 10 * MINUTE)
    with pytest.raises(NotOpen):
        attempts.start(other, spec.round, CLOSES + 10 * MINUTE)

    assert started.attempt.deadline == CLOSES + 30 * MINUTE


def test_extra_attempts_widen_the_limit_of_their_round_only():
    spec = make_round()
    entrant = make.make_entrant(audience=spec.audience)
    elsewhere = make.make_round(spec.round.contest, 2)
    grant_to(spec, entrant=entrant, round=elsewhere, extra_attempts=3)
    attempt = attempts.start(entrant, spec.round, NOON).attempt
    attempts.submit(attempts.claim_of(attempt), now=NOON + MINUTE)
    with pytest.raises(LimitReached):
        attempts.start(entrant, spec.round, NOON + 2 * MINUTE)

    grant_to(spec, entrant=entrant, round=spec.round, extra_attempts=1)

    assert attempts.start(entrant, spec.round, NOON + 2 * MINUTE).attempt.number == 2


def test_a_deadline_never_moves_back():
    """An organiser's earlier promise by hand stays, whatever the sum says now."""
    attempt = make.make_attempt(deadline=NOON + 50 * MINUTE)
    spec = attempt.round.papers.get()

    grant_to(spec, extra_minutes=5)

    attempt.refresh_from_db()
    assert attempt.deadline == NOON + 50 * MINUTE


@pytest.mark.parametrize(
    ("what", "refusal"),
    [
        ({}, EmptyAllowance),
        ({"extra_minutes": 5, "reason": " "}, ReasonNeeded),
        ({"extra_minutes": 5, "round": "foreign"}, ForeignAllowance),
    ],
)
def test_a_grant_without_sense_is_refused(what, refusal):
    spec = make_round()
    if what.get("round"):
        what = what | {"round": make.make_round()}

    with pytest.raises(refusal):
        grant_to(spec, **what)

    assert not Allowance.objects.exists()


def test_a_grant_leaves_its_reason_in_the_trail():
    spec = make_round()

    grant_to(spec, extra_minutes=5, reason="Mất mạng toàn phường")

    event = AuditEvent.objects.get()
    assert (event.action, event.reason) == ("allowances.grant", "Mất mạng toàn phường")
