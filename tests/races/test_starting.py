"""Starts beyond the limit, starts against grants, and the constraints behind them."""

import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction

from quizzes.models import Attempt, Entrant, Pool
from quizzes.services import attempts, entrants
from quizzes.services.admission import LimitReached, admit
from quizzes.services.allowances import grant
from quizzes.services.attempts import claim_of
from quizzes.services.pools import lock_round
from tests import factories as make
from tests.factories import NOON, OPENS
from tests.races.storm import kinds, storm

pytestmark = pytest.mark.django_db(transaction=True)

SECOND = timedelta(seconds=1)
LIMIT = 3


def make_entrants(count=1, **paper):
    """Entrants of a round that allows ``LIMIT`` attempts."""
    paper = make.make_paper(
        **{"attempt_limits": [{"n": LIMIT, "per": "round"}]} | paper
    )
    make.make_pool(paper)
    people = [make.make_entrant(audience=paper.audience) for _ in range(count)]
    return people, paper.round


def start_without_the_lock(entrant, round, now):
    """The control: count, then insert, with nothing held in between."""
    with transaction.atomic():
        history = list(Attempt.objects.filter(entrant=entrant))
        for attempt in history:
            if attempt.state == "open":
                return attempts.Started(attempt, is_new=False)
        admission = admit(entrant, round, history, now)
        time.sleep(0.01)
        attempt = attempts._begin(entrant, round, history, admission, now)
        return attempts.Started(attempt, is_new=True)


@contextmanager
def without_constraints(*names):
    """Take named constraints off the attempt table, and put them back."""
    found = [c for c in Attempt._meta.constraints if c.name in names]
    assert len(found) == len(names)
    with connection.schema_editor() as editor:
        for constraint in found:
            editor.remove_constraint(Attempt, constraint)
    try:
        yield
    finally:
        Attempt.objects.all().delete()
        with connection.schema_editor() as editor:
            for constraint in found:
                editor.add_constraint(Attempt, constraint)


def start_and_submit_often(entrant, round, start, times=4):
    def run():
        results = []
        for _ in range(times):
            try:
                started = start(entrant, round, NOON)
                attempts.submit(claim_of(started.attempt), now=NOON + SECOND)
                results.append(started)
            except (LimitReached, attempts.Moved) as refusal:
                results.append(refusal)
        return results

    return run


def test_nobody_starts_beyond_the_limit_from_eight_devices():
    people, round = make_entrants(4)

    for entrant in people:
        runs = [start_and_submit_often(entrant, round, attempts.start)] * 8
        results = storm(*runs)
        assert set(kinds(results)) == {"list"}

    for entrant in people:
        numbers = sorted(entrant.attempts.values_list("number", flat=True))
        assert numbers == [1, 2, 3]


def test_eight_clicks_at_once_are_one_attempt():
    people, round = make_entrants(6)

    for entrant in people:
        started = storm(*[lambda e=entrant: attempts.start(e, round, NOON)] * 8)
        assert kinds(started) == ["Started"] * 8
        assert len({s.attempt.uuid for s in started}) == 1
        assert sum(s.is_new for s in started) == 1


def test_control_without_lock_and_constraints_the_limit_is_broken():
    (entrant,), round = make_entrants(attempt_limits=[{"n": 1, "per": "round"}])

    with without_constraints("attempt_number_once", "attempt_open_once"):
        storm(*[lambda: start_without_the_lock(entrant, round, NOON)] * 8)
        count = entrant.attempts.count()

    assert count > 1


def test_control_without_the_lock_the_constraints_hold_but_people_see_errors():
    (entrant,), round = make_entrants(attempt_limits=[{"n": 1, "per": "round"}])

    results = storm(*[lambda: start_without_the_lock(entrant, round, NOON)] * 8)

    assert entrant.attempts.count() == 1
    assert "IntegrityError" in kinds(results)


def test_with_the_lock_the_limit_holds_even_without_the_constraints():
    (entrant,), round = make_entrants()

    with without_constraints("attempt_number_once", "attempt_open_once"):
        storm(*[start_and_submit_often(entrant, round, attempts.start)] * 8)
        numbers = sorted(entrant.attempts.values_list("number", flat=True))

    assert numbers == [1, 2, 3]


def granting(round):
    def run():
        time.sleep(0.03)
        return grant(
            round.contest,
            round=round,
            extra_minutes=10,
            reason="Mất điện",
            by=make.make_user(),
            now=NOON,
        )

    return run


def missed_by_a_grant(people, round, start):
    """Start one after another while an allowance is granted; count those without."""
    half = len(people) // 2
    results = storm(
        lambda: [start(entrant, round, NOON) for entrant in people[:half]],
        lambda: [start(entrant, round, NOON) for entrant in people[half:]],
        granting(round),
    )
    assert kinds(results) == ["Allowance", "list", "list"]
    return Attempt.objects.exclude(deadline=NOON + timedelta(minutes=30)).count()


def start_without_holding_the_round(entrant, round, now):
    """The control: the allowances are read, and nothing keeps a grant out."""
    with transaction.atomic():
        admission = admit(entrant, round, [], now)
        time.sleep(0.01)
        return attempts._begin(entrant, round, [], admission, now)


def test_no_start_falls_between_an_allowance_and_the_attempts_it_moves():
    people, round = make_entrants(30)

    assert missed_by_a_grant(people, round, attempts.start) == 0


def test_control_a_start_that_holds_no_round_misses_an_allowance():
    people, round = make_entrants(30)

    assert missed_by_a_grant(people, round, start_without_holding_the_round) > 0


def test_joining_eight_times_at_once_is_one_entry():
    audience, person, unit = (
        make.make_audience(),
        make.make_person(),
        make.make_unit(),
    )

    results = storm(
        *[
            lambda: entrants.join(
                audience.contest, person, audience=audience, unit=unit, now=NOON
            )
        ]
        * 8
    )

    assert kinds(results) == ["tuple"] * 8
    assert sum(is_new for _, is_new in results) == 1
    assert len({entrant.pk for entrant, _ in results}) == 1
    assert Entrant.objects.count() == 1


def test_locking_a_round_at_once_seals_it_once():
    paper = make.make_paper()
    people = [make.make_user() for _ in range(2)]

    results = storm(
        *[
            lambda: lock_round(
                paper.round, by=people[0], approved_by=people[1], now=OPENS
            )
        ]
        * 4
    )

    assert kinds(results) == ["AlreadyLocked"] * 3 + ["list"]
    assert Pool.objects.count() == 1
