"""Two workers at one tally, two people at one approval, one pointer for all."""

import time
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Max

from contest.lib.models import AuditEvent
from leaderboards.models import Award, Publication, Standing, Tally
from leaderboards.services import tallies
from leaderboards.services.publication import publish
from tests.factories import make_user
from tests.leaderboards.tallied import (
    LATER,
    approved,
    make_closed_round,
    take_part,
)
from tests.races.storm import kinds, storm

pytestmark = pytest.mark.django_db(transaction=True)


def make_round_with_people(count=20):
    round = make_closed_round()
    for number in range(count):
        take_part(round, f"nguoi-{number}", prediction=number)
    return round


def request_without_the_lock(round):
    """The control: look, then insert, with nothing held in between."""
    with transaction.atomic():
        found = Tally.objects.of(round.contest, round)
        waiting = found.filter(state=Tally.State.COMPUTING).first()
        if waiting:
            return waiting
        last = found.aggregate(last=Max("number"))["last"] or 0
        time.sleep(0.05)
        return Tally.objects.create(
            contest=round.contest, round=round, number=last + 1, cut_off=LATER
        )


def take_without_the_guard(tally):
    """The control: read, then write whatever was read."""
    found = Tally.objects.get(pk=tally.pk)
    if found.computed_at is not None:
        raise tallies.Computing
    time.sleep(0.05)
    Tally.objects.filter(pk=tally.pk).update(computed_at=LATER)
    return found


def test_requests_at_one_moment_leave_one_waiting_tally():
    round = make_round_with_people(1)

    found = storm(
        *[lambda: tallies.request(round.contest, round, now=LATER) for _ in range(4)]
    )

    assert kinds(found) == ["Tally"] * 4
    assert len({tally.pk for tally in found}) == 1


def test_without_the_lock_requests_collide_and_the_constraint_holds():
    round = make_round_with_people(1)

    found = storm(*[lambda: request_without_the_lock(round) for _ in range(4)])

    assert "IntegrityError" in kinds(found)
    assert Tally.objects.count() == 1


def test_two_workers_compute_one_tally_once():
    round = make_round_with_people()
    tally = tallies.request(round.contest, round, now=LATER)
    moments = [LATER + timedelta(milliseconds=n) for n in range(4)]

    found = storm(
        *[lambda now=now: tallies.fulfil(fresh(tally), now=now) for now in moments]
    )

    assert kinds(found) == ["Computing"] * 3 + ["Tally"]
    assert Standing.objects.filter(tally=tally).count() == 20
    assert Award.objects.count() == 1


def test_without_the_guard_more_than_one_worker_takes_a_tally():
    round = make_round_with_people(1)
    tally = tallies.request(round.contest, round, now=LATER)

    found = storm(*[lambda: take_without_the_guard(tally) for _ in range(4)])

    assert kinds(found).count("Tally") > 1


def test_two_computations_at_one_moment_give_one_tally():
    round = make_round_with_people()

    found = storm(
        *[
            lambda n=n: tallies.compute(
                round.contest, round, now=LATER + timedelta(milliseconds=n)
            )
            for n in range(2)
        ]
    )

    assert set(kinds(found)) <= {"Computing", "Tally"}
    assert Tally.objects.get().state == Tally.State.PROVISIONAL
    assert Standing.objects.count() == 20


def test_a_worker_that_was_given_up_shows_nothing():
    round = make_round_with_people()
    tally = tallies.request(round.contest, round, now=LATER)
    tallies.take(tally, LATER)
    much_later = LATER + timedelta(minutes=16)

    second = tallies.fulfil(fresh(tally), now=much_later)

    with pytest.raises(tallies.Computing):
        tallies.show(tally, tallies.results_of(second), "0" * 64, [], LATER)
    second.refresh_from_db()
    assert second.computed_at == much_later
    assert second.inputs_hash != "0" * 64


def test_two_approvals_at_one_moment_leave_one():
    round = make_round_with_people(1)
    tally = tallies.compute(round.contest, round, now=LATER)
    tallies.freeze(tally, by=make_user(), now=LATER)
    people = [make_user(), make_user()]

    found = storm(
        *[
            lambda by=by: tallies.approve(fresh(tally), by=by, now=LATER)
            for by in people
        ]
    )

    assert kinds(found) == ["NoneType", "WrongState"]


def test_publishing_at_one_moment_moves_one_pointer():
    round = make_round_with_people(1)
    tally = approved(tallies.compute(round.contest, round, now=LATER))
    by, approved_by = make_user(), make_user()

    found = storm(
        *[
            lambda: publish(fresh(tally), by=by, approved_by=approved_by, now=LATER)
            for _ in range(4)
        ]
    )

    assert kinds(found) == ["Publication"] * 4
    assert Publication.objects.get().tally == tally
    assert AuditEvent.objects.filter(action="publication.publish").count() == 1


def fresh(tally):
    """A worker's own copy of the row."""
    return Tally.objects.select_related("contest", "round").get(pk=tally.pk)
