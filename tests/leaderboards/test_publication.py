from datetime import date, timedelta

import pytest

from leaderboards.models import Standing, Tally
from leaderboards.services import tallies
from leaderboards.services.publication import (
    LowerNotPublished,
    NotApproved,
    SamePublisher,
    publish,
)
from tests.factories import (
    make_contest,
    make_user,
)
from tests.leaderboards.tallied import (
    LATER,
    approve_correction,
    approved,
    make_closed_round,
    published,
    take_part,
)

pytestmark = pytest.mark.django_db


def test_only_a_person_who_did_not_compute_may_approve():
    round = make_closed_round()
    take_part(round, "an")
    clerk = make_user()
    tally = tallies.compute(round.contest, round, now=LATER, by=clerk)
    tallies.freeze(tally, by=clerk, now=LATER)

    with pytest.raises(tallies.SamePerson):
        tallies.approve(tally, by=clerk, now=LATER)

    tallies.approve(
        tally,
        by=make_user(),
        decision_number="148/QĐ-BTCHT",
        decided_on=date(2025, 10, 6),
        now=LATER,
    )
    assert tally.state == Tally.State.APPROVED


def test_a_tally_is_approved_only_after_it_was_frozen():
    round = make_closed_round()
    take_part(round, "an")
    tally = tallies.compute(round.contest, round, now=LATER)

    with pytest.raises(tallies.WrongState):
        tallies.approve(tally, by=make_user(), now=LATER)


def test_an_older_version_can_be_neither_frozen_nor_published():
    round = make_closed_round()
    attempt = take_part(round, "an")
    first = approved(tallies.compute(round.contest, round, now=LATER))
    approve_correction(round.contest, "void", attempt=attempt)
    tallies.compute(round.contest, round, now=LATER)

    with pytest.raises(tallies.Outdated):
        publish(first, by=make_user(), approved_by=make_user(), now=LATER)


def test_publishing_points_to_the_tally_and_tells_the_round():
    round = make_closed_round()
    take_part(round, "an")
    tally = approved(tallies.compute(round.contest, round, now=LATER))
    assert not Standing.objects.published().exists()

    publish(tally, by=make_user(), approved_by=make_user(), now=LATER)

    round.refresh_from_db()
    assert round.results_at == LATER
    assert Standing.objects.published().count() == 1


def test_publishing_needs_two_persons_and_an_approved_tally():
    round = make_closed_round()
    take_part(round, "an")
    tally = tallies.compute(round.contest, round, now=LATER)
    publisher = make_user()

    with pytest.raises(SamePublisher):
        publish(tally, by=publisher, approved_by=publisher, now=LATER)
    with pytest.raises(NotApproved):
        publish(tally, by=publisher, approved_by=make_user(), now=LATER)


def test_the_contest_is_published_after_its_rounds():
    contest = make_contest()
    round = make_closed_round(contest)
    take_part(round, "an")
    tallies.compute(contest, round, now=LATER)
    whole = approved(tallies.compute(contest, now=LATER))

    with pytest.raises(LowerNotPublished):
        publish(whole, by=make_user(), approved_by=make_user(), now=LATER)


def test_publishing_again_moves_the_pointer_or_changes_nothing():
    round = make_closed_round()
    attempt = take_part(round, "an")
    first = published(tallies.compute(round.contest, round, now=LATER))
    same = publish(first, by=make_user(), approved_by=make_user(), now=LATER)
    approve_correction(round.contest, "void", attempt=attempt)
    second = tallies.compute(round.contest, round, now=LATER + timedelta(hours=1))
    published(second, now=LATER + timedelta(hours=2))

    same.refresh_from_db()
    assert same.tally == second
    round.refresh_from_db()
    assert round.results_at == LATER + timedelta(hours=2)
