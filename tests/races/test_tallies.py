"""Two workers at one tally, two people at one approval, one pointer for all."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Max

from contest.lib.models import AuditEvent
from leaderboards.models import Award, Publication, Standing, Tally
from leaderboards.services import tallies, tally_versions
from leaderboards.services.publication import publish
from quizzes.models import Attempt
from tests.factories import make_user
from tests.leaderboards.tallied import (
    LATER,
    approve_correction,
    approved,
    make_closed_round,
    meanwhile,
    take_part,
)
from tests.races.storm import PATIENCE_S, kinds, storm

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
        tallies.show(tally, tally_versions.results_of(second), "0" * 64, [], LATER)
    second.refresh_from_db()
    assert second.computed_at == much_later
    assert second.inputs_hash != "0" * 64


def test_rows_that_a_killed_worker_left_are_replaced():
    round = make_round_with_people()
    tally = tallies.request(round.contest, round, now=LATER)

    with meanwhile('INTO "leaderboards_award"', die), pytest.raises(KeyboardInterrupt):
        tallies.fulfil(tally, now=LATER)
    assert Standing.objects.count() == 20
    assert not Standing.objects.published().exists()
    found = tallies.compute_requested(now=LATER + timedelta(minutes=16))

    assert (found, found.state) == (tally, Tally.State.PROVISIONAL)
    assert Standing.objects.count() == 20
    assert Award.objects.count() == 1


def die():
    """As a killed worker does: nothing after it runs."""
    raise KeyboardInterrupt


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


def publish_slowly(tally, has_begun):
    """Publish, and hold the transaction open a while after its last statement."""
    with transaction.atomic():
        publish(tally, by=make_user(), approved_by=make_user(), now=LATER)
        has_begun.set()
        time.sleep(0.3)


def show_without_the_lock(tally):
    """The control: rows become visible with the contest's row held by nobody."""
    Tally.objects.filter(pk=tally.pk).update(
        state=Tally.State.PROVISIONAL, hash="1" * 64
    )
    tallies.remove_superseded_rows(tally)


def publish_the_first_while_a_second_is(shown):
    """The first tally, published while ``shown`` makes a newer version visible."""
    round = make_round_with_people()
    first = approved(tallies.compute(round.contest, round, now=LATER))
    cheat = Attempt.objects.filter(round=round).first()
    approve_correction(round.contest, "void", attempt=cheat)
    second = tallies.request(round.contest, round, now=LATER)
    has_begun = threading.Event()

    found = storm(
        lambda: publish_slowly(fresh(first), has_begun),
        lambda: has_begun.wait(PATIENCE_S) and shown(fresh(second)),
    )

    assert not [one for one in found if isinstance(one, Exception)]
    assert Publication.objects.get().tally == first
    return first


def test_a_newer_version_takes_no_rows_from_a_tally_being_published():
    first = publish_the_first_while_a_second_is(
        lambda second: tallies.fulfil(second, now=LATER)
    )

    assert Standing.objects.filter(tally=first).count() == 20


def test_control_without_the_lock_a_tally_is_published_without_rows():
    first = publish_the_first_while_a_second_is(show_without_the_lock)

    assert Standing.objects.filter(tally=first).count() == 0


def test_what_was_found_ready_is_what_is_gathered():
    round = make_round_with_people()

    def rescore():
        Attempt.objects.filter(round=round).update(score=1000)

    tally = fresh(tallies.request(round.contest, round, now=LATER))
    with meanwhile('FROM "quizzes_contest"', lambda: storm(rescore)):
        tallies.fulfil(tally, now=LATER)

    assert set(Attempt.objects.values_list("score", flat=True)) == {1000}
    scores = Standing.objects.filter(tally=tally).values_list("facts__score", flat=True)
    assert set(scores) == {15000}


def fresh(tally):
    """A worker's own copy of the row."""
    return Tally.objects.select_related("contest", "round").get(pk=tally.pk)
