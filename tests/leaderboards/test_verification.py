"""Every invariant broken once is found, and a sound contest has no finding."""

import gzip
import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db.models import F

from accounts.models import Unit
from leaderboards.models import Award, Standing, Tally, UnitResult
from leaderboards.services import publication, simulation, tallies, tally_files
from leaderboards.services.verification.findings import SENTENCES
from leaderboards.services.verification.verify import verify
from quizzes.models import (
    Allowance,
    Attempt,
    Headcount,
    KeySheet,
    PaperSpec,
    Pool,
    Round,
)
from quizzes.services.keys import correct_key
from quizzes.services.pools import lock_round
from tests.factories import (
    NOON,
    OPENS,
    make_attempt,
    make_paper,
    make_round,
    make_unit,
    make_user,
)
from tests.leaderboards.city import AFTER, make_city

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def contest():
    """A sound contest of one round, full of simulated attempts."""
    contest = make_city(rounds=1)
    simulation.simulate(contest, scale="0.2", now=AFTER)
    contest.refresh_from_db()
    return contest


def first(**fields):
    """Change the first attempt behind the services' back; return it."""
    attempt = Attempt.objects.filter(audience__code="can-bo").earliest("pk")
    Attempt.objects.filter(pk=attempt.pk).update(**fields)
    attempt.refresh_from_db()
    return attempt


def errors(contest, now=AFTER):
    return [f.code for f in verify(contest, now=now) if not f.is_warning]


def test_a_sound_contest_has_no_error(contest):
    assert errors(contest) == []


def test_a_second_attempt_beyond_the_limit_is_found(contest):
    attempt = first()
    make_attempt(attempt.entrant, pool=attempt.pool, number=2, **closed(attempt))

    assert errors(contest) == ["over_limit"]


def test_a_second_attempt_that_was_allowed_is_in_order(contest):
    attempt = first()
    make_attempt(attempt.entrant, pool=attempt.pool, number=2, **closed(attempt))
    Allowance.objects.create(
        contest=contest,
        entrant=attempt.entrant,
        extra_attempts=1,
        reason="Mất điện",
        granted_by=make_user(),
        granted_at=NOON,
    )

    assert errors(contest) == []


def closed(attempt):
    columns = (
        "paper responses score correct_count scored_with state closed_by item_count "
        "started_at deadline accepts_until submitted_at duration_ms"
    ).split()
    return {column: getattr(attempt, column) for column in columns}


def test_a_score_that_the_responses_do_not_give_is_found(contest):
    attempt = first(score=F("score") - 1)

    finding = verify(contest, now=AFTER)[0]

    assert finding.code == "score_differs"
    assert finding.params["attempt"] == str(attempt.uuid)
    assert finding.params["computed"] == attempt.score + 1


def test_a_count_of_right_items_that_the_responses_do_not_give_is_found(contest):
    first(correct_count=F("correct_count") + 1)

    assert errors(contest) == ["score_differs"]


def test_an_attempt_left_without_a_score_is_found(contest):
    first(scored_with=None)

    assert errors(contest) == ["unscored"]


def test_scores_of_a_replaced_key_are_found(contest):
    pool = Pool.objects.get(audience__code="can-bo")
    item = pool.sealed["items"][0]
    key = pool.key_sheets.get().keys[item["version"]]["correct"]
    other = next(o["id"] for o in item["options"] if o["id"] not in key)
    right = [*key[1:], other] if item["type"] == "multiple" else [other]

    correct_key(
        pool,
        item["version"],
        correct=right,
        reason="Sai đáp án",
        by=make_user(),
        now=AFTER,
    )

    assert errors(contest) == ["old_key"]


def test_an_attempt_still_open_after_the_round_is_found(contest):
    first(
        state="open",
        closed_by="",
        submitted_at=None,
        duration_ms=None,
        scored_with=None,
    )

    assert errors(contest) == ["open_attempt"]


def test_a_start_before_the_round_opened_is_found(contest):
    before = OPENS - SECOND
    attempt = first()
    took = (attempt.submitted_at - before) // timedelta(milliseconds=1)
    first(started_at=before, duration_ms=took)

    assert errors(contest) == ["started_outside"]


def test_a_deadline_after_the_close_is_found(contest):
    closes_at = contest.rounds.get().closes_at
    first(deadline=closes_at + SECOND, accepts_until=closes_at + 2 * SECOND)

    assert errors(contest) == ["ended_late"]


def test_a_save_after_the_last_moment_is_found(contest):
    first(saved_at=F("accepts_until"))

    assert errors(contest) == ["saved_late"]


def test_a_duration_that_the_times_do_not_give_is_found(contest):
    first(duration_ms=F("duration_ms") + 1000)

    assert errors(contest) == ["duration_differs"]


def test_a_paper_that_is_not_of_the_pool_is_found(contest):
    attempt = first()

    paper = [dict(drawn) for drawn in attempt.paper]
    paper[0]["item"] = "00000000-0000-0000-0000-000000000000"
    first(paper=paper)

    assert errors(contest) == ["paper_differs"]


def test_a_unit_without_people_is_found(contest):
    Headcount.objects.filter(contest_unit__unit__code="don-vi-lon").update(people=0)

    assert errors(contest) == ["no_headcount"]


def test_more_people_than_a_unit_has_are_found(contest):
    Headcount.objects.filter(contest_unit__unit__code="don-vi-nho").update(people=7)

    assert errors(contest) == ["rate_over_100"]


def test_a_rate_that_smells_of_a_wrong_unit_is_a_warning(contest):
    Headcount.objects.filter(contest_unit__unit__code="xa").update(people=900)

    finding = verify(contest, now=AFTER)[0]

    assert (finding.code, finding.is_warning) == ("rate_below_10", True)


def test_an_attempt_of_a_unit_outside_the_contest_is_found(contest):
    first(unit=make_unit())

    assert errors(contest) == ["unit_unknown"]


def test_a_unit_below_one_that_reports_is_no_stranger(contest):
    attempt = first()
    school = make_unit(parent=Unit.objects.get(pk=attempt.unit_id))
    first(unit=school)

    assert errors(contest) == []


def test_a_pool_that_was_changed_is_found(contest):
    pool = Pool.objects.get(audience__code="can-bo")
    pool.sealed["items"][0]["stem"] = "Câu khác?"
    Pool.objects.filter(pk=pool.pk).update(sealed=pool.sealed)

    assert errors(contest) == ["pool_changed"]


def test_a_key_that_lies_in_a_pool_is_found(contest):
    pool = Pool.objects.get(audience__code="can-bo")
    pool.sealed["items"][0]["correct"] = ["a"]
    Pool.objects.filter(pk=pool.pk).update(sealed=pool.sealed)

    assert errors(contest) == ["pool_changed", "key_in_pool"]


def test_a_key_sheet_that_was_changed_is_found(contest):
    sheet = KeySheet.objects.get(pool__audience__code="can-bo")
    next(iter(sheet.keys.values()))["source"] = "Khác"
    KeySheet.objects.filter(pk=sheet.pk).update(keys=sheet.keys)

    assert errors(contest) == ["key_sheet_changed"]


def test_a_round_that_opened_without_a_lock_is_found(contest):
    make_paper(make_round(contest, 2), contest.audiences.first())

    assert errors(contest) == ["not_locked"]


def test_items_whose_key_was_shown_before_the_lock_are_found(contest):
    round, shown_at = contest.rounds.get(), AFTER - timedelta(days=1)
    paper = round.papers.get(audience__code="can-bo")
    second = make_round(
        contest, 9, opens_at=AFTER, closes_at=AFTER + 7 * 24 * 60 * SECOND
    )
    make_paper(second, paper.audience, bank=paper.bank, items=8)
    lock_round(second, by=make_user(), approved_by=make_user(), now=AFTER)
    assert errors(contest) == []

    Round.objects.filter(pk=round.pk).update(results_at=shown_at)
    PaperSpec.objects.filter(pk=paper.pk).update(show_keys="after_round")

    assert errors(contest) == ["key_was_shown", "published_too_early"]


def test_a_round_published_without_results_is_found(contest):
    contest.rounds.update(results_at=AFTER)

    assert errors(contest) == ["published_too_early"]


@pytest.fixture
def tallied(contest):
    """The sound contest with its round computed, approved and published."""
    for round in (*contest.rounds.all(), None):
        computed_by, second, third = make_user(), make_user(), make_user()
        tally = tallies.compute(contest, round, by=computed_by, now=AFTER)
        tallies.freeze(tally, by=computed_by, now=AFTER)
        tallies.approve(tally, by=second, now=AFTER)
        publication.publish(tally, by=second, approved_by=third, now=AFTER)
    contest.refresh_from_db()
    return contest


def test_a_published_contest_is_sound(tallied):
    assert verify(tallied, now=AFTER) == []


def test_a_round_that_is_over_without_results_is_a_warning(contest):
    findings = verify(contest, now=AFTER)

    assert [(f.code, f.is_warning) for f in findings] == [("no_tally", True)]


def test_an_input_file_that_was_altered_is_found(tallied):
    tally = Tally.objects.get(round__isnull=False)
    name = tally_files.path_of(tally.inputs_hash)
    default_storage.delete(name)
    default_storage.save(name, ContentFile(gzip.compress(b"{}")))

    assert errors(tallied) == ["inputs_missing"]


def test_a_result_that_the_input_file_does_not_give_is_found(tallied):
    Tally.objects.filter(round__isnull=False).update(hash="0" * 64)

    assert errors(tallied) == ["tally_differs", "changed_since"]


@pytest.mark.parametrize(
    ("rows", "change"),
    [
        (Standing, {"place": F("place") + 7}),
        (UnitResult, {"points": "1"}),
        (Award, {"value": F("value") + 1}),
    ],
)
def test_a_place_or_a_prize_changed_by_hand_is_found(tallied, rows, change):
    rows.objects.filter(pk=rows.objects.latest("pk").pk).update(**change)

    assert errors(tallied) == ["rows_differ"]


def test_a_published_tally_that_stands_on_older_ones_is_found(tallied):
    Tally.objects.filter(round__isnull=True).update(is_outdated=True)

    assert errors(tallied) == ["tally_outdated"]


def test_rows_that_changed_after_the_tally_are_found(tallied):
    Attempt.objects.filter(pk=first().pk).update(prediction=F("prediction") + 1)

    assert set(errors(tallied)) == {"changed_since"}


def test_the_command_prints_findings_with_their_codes_and_exits_1(contest):
    first(score=F("score") - 1)
    out = StringIO()

    with pytest.raises(CommandError):
        call_command("verify_contest", contest.slug, "--json", stdout=out)

    told = json.loads(out.getvalue())
    assert told["ok"] is False
    assert told["findings"][0]["code"] == "score_differs"
    assert told["findings"][0]["sentence"]


def test_the_command_is_content_with_a_sound_contest(contest):
    out = StringIO()

    call_command("verify_contest", contest.slug, stdout=out)

    assert "score_differs" not in out.getvalue()


def test_the_command_names_a_contest_that_is_not_there():
    with pytest.raises(CommandError, match="khong-co"):
        call_command("verify_contest", "khong-co")


def test_every_code_has_a_sentence():
    assert all(str(sentence) for sentence in SENTENCES.values())
