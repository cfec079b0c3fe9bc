from datetime import timedelta

import pytest

from leaderboards.models import Award, Standing, Tally, UnitResult
from leaderboards.services import tallies, tally_readiness, tally_versions
from quizzes.models import Attempt
from tests.factories import (
    CLOSES,
    NOON,
    make_attempt,
    make_bloc,
    make_contest,
    make_contest_unit,
    make_entrant,
    make_ranking,
    make_scheme,
    make_unit,
)
from tests.leaderboards.tallied import (
    HUE,
    LATER,
    RATE,
    approve_correction,
    make_closed_round,
    placed,
    published,
    take_part,
)

pytestmark = pytest.mark.django_db


def test_a_round_is_tallied_into_standings_awards_and_truths():
    round = make_closed_round()
    take_part(round, "an", prediction=5)
    take_part(round, "binh", prediction=2)
    take_part(round, "chi", score=14000, correct=14, prediction=2)

    tally = tallies.compute(round.contest, round, now=LATER)

    assert (tally.number, tally.state) == (1, Tally.State.PROVISIONAL)
    assert tally.truths == {"1/can-bo": 2}
    assert placed(tally) == [(1, "binh"), (2, "an"), (3, "chi")]
    row = Standing.objects.get(tally=tally, position=2)
    assert row.reason == {
        "code": "behind",
        "criterion": "prediction_distance",
        "above": 0,
        "own": 3,
    }
    assert row.facts["prediction_distance"] == 3
    award = Award.objects.get(tally=tally)
    assert (award.title, award.entrant.external_ref) == ("Giải Nhất", "binh")


@pytest.mark.parametrize(
    ("now", "refusal"),
    [
        (CLOSES - timedelta(milliseconds=1), tally_readiness.RoundOpen),
        (CLOSES, None),
    ],
)
def test_a_round_is_tallied_from_its_close_on(now, refusal):
    round = make_closed_round()
    take_part(round, "an")

    if refusal is None:
        assert tallies.compute(round.contest, round, now=now).number == 1
    else:
        with pytest.raises(refusal):
            tallies.compute(round.contest, round, now=now)


def test_an_open_attempt_stands_in_the_way():
    round = make_closed_round()
    make_attempt(make_entrant(audience=round.contest.audiences.get()), round)

    with pytest.raises(tally_readiness.AttemptsOpen):
        tallies.compute(round.contest, round, now=LATER)

    assert not Tally.objects.exists()


def test_an_unscored_attempt_stands_in_the_way():
    round = make_closed_round()
    attempt = make_attempt(make_entrant(audience=round.contest.audiences.get()), round)
    Attempt.objects.filter(pk=attempt.pk).update(
        state="submitted", closed_by="person", submitted_at=NOON, duration_ms=0
    )

    with pytest.raises(tally_readiness.AttemptsUnscored):
        tallies.compute(round.contest, round, now=LATER)


def test_an_attempt_scored_by_an_old_key_sheet_stands_in_the_way():
    round = make_closed_round()
    attempt = make_attempt(make_entrant(audience=round.contest.audiences.get()), round)
    Attempt.objects.filter(pk=attempt.pk).update(
        state="submitted",
        closed_by="person",
        submitted_at=NOON,
        duration_ms=0,
        score=1000,
        correct_count=1,
        scored_with=1,
    )
    attempt.pool.key_sheets.create(
        version=2, keys={}, hash="f" * 64, reason="Sửa khoá", created_at=NOON
    )

    with pytest.raises(tally_readiness.AttemptsUnscored):
        tallies.compute(round.contest, round, now=LATER)


def test_a_bad_rule_is_refused_with_its_path_and_leaves_nothing():
    round = make_closed_round(rule={"criteria": [{"code": "luck"}]})
    take_part(round, "an")

    with pytest.raises(tallies.BadRule) as caught:
        tallies.compute(round.contest, round, now=LATER)

    assert caught.value.params["path"] == "rankings[0].rule.criteria[0].code"
    assert not Tally.objects.exists()


def test_a_correction_makes_a_new_version_and_the_old_rows_go():
    round = make_closed_round()
    take_part(round, "an", prediction=1)
    cheat = take_part(round, "binh", prediction=2)
    first = tallies.compute(round.contest, round, now=LATER)
    approve_correction(round.contest, "void", attempt=cheat)

    second = tallies.compute(round.contest, round, now=LATER)

    assert (second.number, second.truths) == (2, {"1/can-bo": 1})
    assert placed(second) == [(1, "an")]
    assert placed(first) == []
    assert tally_versions.results_of(first)["truths"][0]["value"] == 2
    assert second.summary["corrections"][0]["touched"] == 1


def test_a_published_tally_keeps_its_rows_when_a_newer_one_comes():
    round = make_closed_round()
    cheat = take_part(round, "an")
    first = published(tallies.compute(round.contest, round, now=LATER))
    approve_correction(round.contest, "void", attempt=cheat)

    tallies.compute(round.contest, round, now=LATER + timedelta(hours=1))

    assert placed(first) == [(1, "an")]


def test_the_truth_can_be_kept_when_a_paper_is_voided_later():
    round = make_closed_round(make_contest(truth_after_void="keep"))
    take_part(round, "an", prediction=2)
    cheat = take_part(round, "binh", prediction=2)
    tallies.compute(round.contest, round, now=LATER)
    approve_correction(round.contest, "void", attempt=cheat)

    second = tallies.compute(round.contest, round, now=LATER)

    assert second.truths == {"1/can-bo": 2}


def test_a_correction_decided_after_the_moment_does_not_apply():
    round = make_closed_round()
    attempt = take_part(round, "an")
    late = LATER + timedelta(milliseconds=1)
    approve_correction(round.contest, "void", attempt=attempt, at=late)

    tally = tallies.compute(round.contest, round, now=LATER)

    assert placed(tally) == [(1, "an")]


def test_people_of_a_lower_node_count_for_the_unit_that_reports():
    round = make_closed_round()
    ward = make_contest_unit(make_bloc(round.contest), people=2)
    school = make_unit(parent=make_unit(parent=ward.unit))
    make_scheme(round.contest, scope="round", rule={"components": [RATE]})
    take_part(round, "an", unit=school)

    tally = tallies.compute(round.contest, round, now=LATER)

    result = UnitResult.objects.get(tally=tally)
    assert (result.contest_unit, result.place, result.points) == (ward, 1, "50")
    assert result.facts["people"] == 1
    assert Standing.objects.get(tally=tally).unit == ward.unit


def test_a_node_below_the_reporting_units_can_be_excluded():
    round = make_closed_round()
    ward = make_contest_unit(make_bloc(round.contest), people=2)
    office = make_unit(parent=ward.unit)
    take_part(round, "an", unit=office)
    take_part(round, "binh", unit=ward.unit)
    approve_correction(round.contest, "exclusion", unit=office)

    tally = tallies.compute(round.contest, round, now=LATER)

    assert placed(tally) == [(1, "binh")]


def test_after_a_merger_new_attempts_count_for_the_successor():
    contest = make_contest()
    bloc = make_bloc(contest)
    heir = make_contest_unit(bloc, people=10)
    old = make_contest_unit(
        bloc, people=10, counts_as=heir, counts_as_from=NOON + timedelta(minutes=5)
    )
    make_scheme(contest, scope="round", rule={"components": [RATE]})
    round = make_closed_round(contest)
    take_part(round, "an", unit=old.unit, started_at=NOON)
    take_part(round, "b", unit=old.unit, started_at=NOON + timedelta(minutes=5))

    tally = tallies.compute(contest, round, now=LATER)

    results = UnitResult.objects.filter(tally=tally)
    people = {row.contest_unit_id: row.facts["people"] for row in results}
    assert people == {old.pk: 1, heir.pk: 1}


def test_the_contest_stands_on_its_rounds_and_is_outdated_by_a_new_version():
    contest = make_contest()
    rounds = [make_closed_round(contest, number=n) for n in (1, 2)]
    make_ranking(
        contest,
        "chung",
        scope="contest",
        rule={**HUE, "counting": {"policy": "sum"}},
    )
    make_ranking(contest, "vong", rule=HUE)
    for round in rounds:
        take_part(round, "an", prediction=1)
        tallies.compute(contest, round, now=LATER + timedelta(days=7))

    whole = tallies.compute(contest, now=LATER + timedelta(days=7))

    assert whole.stands_on.count() == 2
    assert Standing.objects.get(tally=whole).facts["score"] == 30000
    attempt = Attempt.objects.filter(round=rounds[0]).get()
    approve_correction(contest, "void", attempt=attempt)
    tallies.compute(contest, rounds[0], now=LATER + timedelta(days=8))
    whole.refresh_from_db()
    assert whole.is_outdated


def test_the_contest_waits_for_a_tally_of_each_round():
    contest = make_contest()
    make_closed_round(contest)

    with pytest.raises(tally_readiness.LowerTallyMissing):
        tallies.compute(contest, now=LATER)


def test_who_won_a_week_may_not_win_another_if_one_prize_holds():
    contest = make_contest()
    rule = {**HUE, "one_prize": {"per": "contest"}}
    rounds = [make_closed_round(contest, number=n, rule=rule) for n in (1, 2)]
    for round in rounds:
        take_part(round, "an", prediction=2)
        take_part(round, "binh", prediction=9)
    now = LATER + timedelta(days=7)

    for round in rounds:
        second = tallies.compute(contest, round, now=now)

    award = Award.objects.get(tally=second)
    assert award.entrant.external_ref == "binh"
    assert award.reasons[-1]["code"] == "skipped"


def test_a_second_record_of_last_weeks_winner_wins_nothing_this_week():
    contest = make_contest()
    rule = {**HUE, "one_prize": {"per": "contest"}}
    first, second = [make_closed_round(contest, number=n, rule=rule) for n in (1, 2)]
    winner = take_part(first, "an").entrant
    again = take_part(second, "an-lan-hai", prediction=2).entrant
    take_part(second, "binh", prediction=9)
    tallies.compute(contest, first, now=LATER)
    approve_correction(contest, "same_person", entrant=winner, same_as=again)

    tally = tallies.compute(contest, second, now=LATER + timedelta(days=7))

    award = Award.objects.get(tally=tally)
    assert award.entrant.external_ref == "binh"


@pytest.mark.parametrize(
    ("responses", "counts"),
    [
        ({"1": ["a"], "2": ["b"], "3": ["a"]}, True),
        ({"1": ["a"], "2": ["b"], "60": ["a"]}, False),
        ({"1": ["a"], "2": ["b"], "3": ["j"]}, False),
        ({"1": ["a"], "2": ["b"], "3": []}, False),
    ],
)
def test_a_paper_is_complete_only_by_answers_to_its_own_items(responses, counts):
    round = make_closed_round(make_contest(incomplete_counts=False))
    round.papers.update(item_count=3)
    attempt = make_attempt(make_entrant(audience=round.contest.audiences.get()), round)
    Attempt.objects.filter(pk=attempt.pk).update(
        state="submitted",
        closed_by="person",
        submitted_at=NOON,
        duration_ms=0,
        responses=responses,
        score=1000,
        correct_count=1,
        scored_with=1,
    )

    tally = tallies.compute(round.contest, round, now=LATER)

    assert Standing.objects.filter(tally=tally).exists() is counts
