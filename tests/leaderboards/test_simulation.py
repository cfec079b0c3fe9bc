"""A simulated contest in the database: its people came by the rules, and only once."""

from collections import Counter
from datetime import timedelta
from fractions import Fraction

import pytest

from leaderboards.services import simulation
from leaderboards.services.simulated_people import PREFIX
from quizzes.models import Attempt, Contest, Entrant, Headcount
from quizzes.rules import scoring
from quizzes.services.keys import newest_sheet
from quizzes.services.pools import lock_round
from tests.factories import (
    CLOSES,
    NOON,
    OPENS,
    make_attempt,
    make_audience,
    make_bloc,
    make_contest,
    make_contest_unit,
    make_paper,
    make_round,
    make_user,
)
from tests.leaderboards.city import AFTER, KNOWN, make_city

pytestmark = pytest.mark.django_db


def counted(contest):
    """``{(round, audience): (attempts, perfect ones)}``."""
    found = Counter()
    perfect = Counter()
    for attempt in Attempt.objects.filter(round__contest=contest).select_related(
        "round", "audience"
    ):
        place = (attempt.round.number, attempt.audience.code)
        found[place] += 1
        perfect[place] += attempt.score == attempt.item_count * 1000
    return {place: (found[place], perfect[place]) for place in found}


def test_at_full_scale_the_crowds_and_the_perfect_papers_are_the_known_ones():
    contest = make_city()

    counts = simulation.simulate(contest, scale=1, now=AFTER)

    assert counts == {1: 190, 2: 190}
    assert counted(contest) == {
        (1, "can-bo"): (150, 60),
        (1, "cong-dan"): (40, 10),
        (2, "can-bo"): (160, 90),
        (2, "cong-dan"): (30, 12),
    }


def test_every_score_is_what_the_rules_give_for_the_paper_and_the_responses():
    contest = make_city(rounds=1)

    simulation.simulate(contest, scale=1, now=AFTER)

    for attempt in Attempt.objects.all():
        sheet = newest_sheet(attempt.pool_id)
        result = scoring.score(attempt.paper, attempt.responses, sheet.keys)
        assert (attempt.score, attempt.correct_count) == (result.score, result.correct)
        assert attempt.scored_with == sheet.version
        assert attempt.prediction is not None


def test_scale_shrinks_people_and_headcounts_together():
    contest = make_city(rounds=1)

    simulation.simulate(contest, scale="0.2", now=AFTER)

    heads = dict(Headcount.objects.values_list("contest_unit__unit__code", "people"))
    assert heads == {"don-vi-lon": 20, "don-vi-nho": 8, "xa": 12}
    assert counted(contest) == {(1, "can-bo"): (30, 12), (1, "cong-dan"): (8, 2)}


def test_the_unit_that_came_first_has_everybody_there_and_the_best_papers():
    contest = make_city(rounds=1)

    simulation.simulate(contest, scale=1, now=AFTER)

    papers = Attempt.objects.filter(audience__code="can-bo")
    shares = {
        code: Fraction(
            papers.filter(unit__code=code, correct_count=8).count(),
            papers.filter(unit__code=code).count(),
        )
        for code in ("don-vi-lon", "don-vi-nho", "xa")
    }
    assert papers.filter(unit__code="don-vi-nho").count() == 40
    assert max(shares, key=shares.get) == "don-vi-nho"


def test_a_second_run_adds_nothing():
    contest = make_city()
    simulation.simulate(contest, scale="0.2", now=AFTER)
    before = list(Attempt.objects.order_by("pk").values_list("uuid", "score"))

    counts = simulation.simulate(contest, scale="0.2", now=AFTER)

    assert counts == {1: 0, 2: 0}
    assert list(Attempt.objects.order_by("pk").values_list("uuid", "score")) == before


def test_a_run_that_was_broken_off_is_completed_as_if_it_had_not_been():
    whole = make_city(rounds=1, slug="hoi-thi")
    simulation.simulate(whole, scale=1, now=AFTER)
    facts = ("entrant__external_ref", "started_at", "score", "prediction")
    expected = set(Attempt.objects.values_list(*facts))
    some = list(Attempt.objects.values_list("pk", flat=True)[:70])
    Attempt.objects.filter(pk__in=some).delete()

    simulation.simulate(whole, scale=1, now=AFTER)

    assert set(Attempt.objects.values_list(*facts)) == expected


def test_the_open_round_holds_only_those_who_have_finished():
    contest = make_city()
    now = CLOSES + timedelta(days=2)

    simulation.simulate(contest, scale=1, now=now)

    latest = Attempt.objects.latest("submitted_at")
    open_round = contest.rounds.get(number=2)
    assert latest.submitted_at <= now
    assert 20 < open_round.attempts.count() < 180
    assert not Attempt.objects.open().exists()


def test_who_is_said_to_be_absent_has_not_started_the_open_round():
    contest = make_city()

    simulation.simulate(
        contest, scale=1, now=CLOSES + timedelta(days=6), absent={"xa:1"}
    )

    first = Entrant.objects.get(external_ref=f"{PREFIX}xa:1")
    assert list(first.attempts.values_list("round__number", flat=True)) == [1]


def test_the_next_edition_has_the_same_people():
    one = make_city(rounds=1)
    simulation.simulate(one, scale=1, now=AFTER)
    other = make_contest(known_results=KNOWN)
    make_audience(other, "can-bo")
    for row in one.units.all():
        make_contest_unit(other.blocs.first() or make_bloc(other), row.unit, people=100)
    paper = make_paper(make_round(other), other.audiences.get(), items=3)
    lock_round(paper.round, by=make_user(), approved_by=make_user(), now=OPENS)

    simulation.simulate(other, scale=1, now=AFTER)

    ref = f"{PREFIX}xa:1"
    persons = Entrant.objects.filter(external_ref=ref).values_list("person", flat=True)
    assert len(persons) == 2
    assert len(set(persons)) == 1


def test_the_contest_is_marked_and_nobody_gets_an_account():
    contest = make_city(rounds=1)

    simulation.simulate(contest, scale=1, now=AFTER)

    contest.refresh_from_db()
    assert contest.is_simulated
    assert contest.known_results["simulated"]["scale"] == "1"
    assert not Entrant.objects.filter(person__user__isnull=False).exists()


def test_a_contest_with_real_attempts_is_refused():
    contest = make_city(rounds=1)
    make_attempt(round=contest.rounds.get(), pool=contest.rounds.get().pools.first())

    with pytest.raises(simulation.HoldsRealAttempts):
        simulation.simulate(contest, scale=1, now=AFTER)

    assert not Contest.objects.get(pk=contest.pk).is_simulated


def test_another_scale_is_refused():
    contest = make_city(rounds=1)
    simulation.simulate(contest, scale="0.2", now=AFTER)

    with pytest.raises(simulation.OtherScale):
        simulation.simulate(contest, scale="0.5", now=AFTER)


def test_a_round_that_is_not_locked_is_refused():
    contest = make_contest()
    make_paper(make_round(contest))

    with pytest.raises(simulation.NotLocked):
        simulation.simulate(contest, scale=1, now=NOON)


@pytest.mark.parametrize("scale", [0, "-1", "1.5", "x", "1/0", "nan"])
def test_a_scale_beyond_its_bounds_is_refused(scale):
    with pytest.raises(simulation.BadScale):
        simulation.simulate(make_contest(), scale=scale, now=NOON)


def test_before_the_first_round_there_is_nothing_to_simulate():
    contest = make_city(rounds=1)

    with pytest.raises(simulation.NothingToSimulate):
        simulation.simulate(contest, scale=1, now=OPENS - timedelta(days=1))
