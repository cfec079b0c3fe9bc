"""Saves that overtake each other, replies that were lost, and devices that meet."""

import time
from datetime import timedelta

import pytest

from quizzes.models import Attempt
from quizzes.services import attempts
from quizzes.services.attempts import Moved, Saved, claim_of
from quizzes.services.claims import Claim
from tests import factories as make
from tests.factories import NOON
from tests.races.storm import kinds, storm

pytestmark = pytest.mark.django_db(transaction=True)

SECOND = timedelta(seconds=1)
ORDERS = [(3, 1, 2), (2, 3, 1), (1, 3, 2), (3, 2, 1)]


def save(claim, seq, responses=None, now=NOON + SECOND):
    responses = {"1": ["abcd"[seq % 4]]} if responses is None else responses
    return attempts.save(claim, seq=seq, responses=responses, prediction=None, now=now)


def save_whatever_came_before(claim, seq):
    """The control: the same write without the guard on ``seq``."""
    rows = Attempt.objects.filter(uuid=claim.attempt, state="open")
    rows.update(seq=seq, responses={"1": ["abcd"[seq % 4]]})


def shuffled_saves(save, order):
    """Send saves 1 to 3 so that they reach the server in ``order``."""
    claim = claim_of(make.make_attempt())

    def send(place, seq):
        time.sleep(0.01 * place)
        return save(claim, seq)

    storm(*(lambda p=p, s=s: send(p, s) for p, s in enumerate(order)))
    return Attempt.objects.get(uuid=claim.attempt)


def test_the_last_word_of_a_device_wins_however_its_saves_arrive():
    for order in ORDERS:
        row = shuffled_saves(save, order)

        assert (row.seq, row.responses) == (3, {"1": ["d"]})


def test_control_without_the_guard_an_older_save_overwrites_a_newer_one():
    last = [shuffled_saves(save_whatever_came_before, order).seq for order in ORDERS]

    assert any(seq != 3 for seq in last)


def test_saves_of_one_sitting_in_eight_threads_end_with_the_highest_acknowledged():
    claim = claim_of(make.make_attempt())

    results = storm(*(lambda seq=seq: save(claim, seq) for seq in range(1, 9)))

    highest = max(r.seq for r in results if isinstance(r, Saved))
    row = Attempt.objects.get()
    assert row.seq == highest == 8
    assert set(kinds(results)) <= {"Saved", "Stale"}


def test_a_save_repeated_by_eight_requests_is_acknowledged_with_one_moment():
    claim = claim_of(make.make_attempt())
    moments = [NOON + n * SECOND for n in range(8)]

    results = storm(*(lambda now=now: save(claim, 1, now=now) for now in moments))

    row = Attempt.objects.get()
    assert kinds(results) == ["Saved"] * 8
    assert {result.saved_at for result in results} == {row.saved_at}


def make_devices():
    """An old device's claim and the claim of a newer one on the same attempt."""
    paper = make.make_paper()
    make.make_pool(paper)
    entrant = make.make_entrant(audience=paper.audience)
    old = claim_of(attempts.start(entrant, paper.round, NOON).attempt)
    new = claim_of(attempts.start(entrant, paper.round, NOON).attempt)
    return old, new


def meet(old, new):
    """
    The newer device saves, the older one comes back with a higher counter.

    Return what the old device got, and the answers that the row ends with.
    """
    save(new, 1, {"1": ["b"]})
    (result,) = storm(lambda: save(old, 500, {"1": ["c"]}))
    return result, Attempt.objects.get(uuid=new.attempt).responses


def test_an_old_device_with_a_higher_counter_is_told_that_the_attempt_moved():
    result, kept = meet(*make_devices())

    assert isinstance(result, Moved)
    assert result.held.responses == kept == {"1": ["b"]}


def test_control_without_the_sitting_the_old_device_overwrites_the_newer_one():
    old, new = make_devices()

    result, kept = meet(Claim(old.attempt, old.entrant), new)

    assert isinstance(result, Saved)
    assert kept == {"1": ["c"]}


def test_taking_over_while_the_old_device_saves_keeps_all_it_was_promised():
    """The new device is given everything that the old one had acknowledged."""
    for _ in range(10):
        paper = make.make_paper()
        make.make_pool(paper)
        entrant = make.make_entrant(audience=paper.audience)
        old = claim_of(attempts.start(entrant, paper.round, NOON).attempt)
        taken = []

        def saving(claim=old, taken=taken):
            for seq in range(1, 200):
                taken.append(save(claim, seq).seq)

        def taking_over(entrant=entrant, round=paper.round):
            time.sleep(0.02)
            return attempts.start(entrant, round, NOON + SECOND).attempt

        stopped, given = storm(saving, taking_over)

        assert isinstance(stopped, Moved)
        assert given.seq == max(taken, default=0)
        assert given.sitting == 2


def test_two_opens_at_once_are_one_attempt_and_one_of_them_holds_it():
    paper = make.make_paper()
    make.make_pool(paper)
    entrant = make.make_entrant(audience=paper.audience)

    started = storm(*[lambda: attempts.start(entrant, paper.round, NOON)] * 2)

    claims = sorted((claim_of(s.attempt) for s in started), key=lambda c: c.sitting)
    assert [claim.sitting for claim in claims] == [1, 2]
    assert sorted(s.is_new for s in started) == [False, True]
    assert Attempt.objects.count() == 1
    with pytest.raises(Moved):
        save(claims[0], 9)
    assert save(claims[1], 1).seq == 1
