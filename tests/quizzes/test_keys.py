"""When a key may be seen, and how one is put right."""

from datetime import timedelta

import pytest

from contest.lib.models import AuditEvent
from quizzes.models import Contest, PaperSpec, Round
from quizzes.services import attempts, scoring
from quizzes.services.allowances import grant
from quizzes.services.keys import (
    ReasonNeeded,
    SameKey,
    WrongKey,
    correct_key,
    visible_keys,
)
from tests import factories as make
from tests.factories import CLOSES, NOON

pytestmark = pytest.mark.django_db

AFTER = CLOSES + timedelta(days=1)


def make_submitted(paper=None):
    """A submitted attempt of a round that shows its keys once it is published."""
    paper = paper or make.make_paper(show_keys="after_round")
    attempt = make.make_attempt(pool=make.make_pool(paper))
    attempts.submit(attempts.claim_of(attempt), now=NOON)
    attempt.refresh_from_db()
    return attempt


def publish(round, at=AFTER):
    Round.objects.filter(pk=round.pk).update(results_at=at)


def another_round_with(attempt, contest=None, items=1):
    """A round, of another contest unless told, whose pool shares items."""
    bank = attempt.round.papers.get().bank
    round = make.make_round(contest, number=2 if contest else 1)
    audience = make.make_audience(round.contest, "khac")
    paper = make.make_paper(round, audience, bank=bank)
    pool = make.make_pool(paper)
    kept = attempt.paper[:items]
    pool.items.exclude(version__uuid__in=[d["item"] for d in kept]).delete()
    return round


def test_keys_show_from_the_moment_of_publication():
    attempt = make_submitted()
    publish(attempt.round)

    before = visible_keys(attempt, AFTER - timedelta(microseconds=1))
    after = visible_keys(attempt, AFTER)

    assert before == {}
    assert set(after) == {drawn["item"] for drawn in attempt.paper}
    assert all(key["correct"] == ["a"] for key in after.values())
    assert all(key["explanation"] and key["source"] for key in after.values())


@pytest.mark.parametrize("same_contest", [True, False])
def test_an_item_is_withheld_by_any_other_round_that_holds_a_version_of_it(
    same_contest,
):
    attempt = make_submitted()
    publish(attempt.round)
    contest = attempt.round.contest if same_contest else None
    other = another_round_with(attempt, contest, items=1)

    withheld = visible_keys(attempt, AFTER)
    publish(other, at=other.closes_at)
    shown = visible_keys(attempt, max(AFTER, other.closes_at))

    assert attempt.paper[0]["item"] not in withheld
    assert len(withheld) == 2
    assert len(shown) == 3


def test_a_newer_version_of_the_item_in_another_pool_withholds_it_too():
    attempt = make_submitted()
    publish(attempt.round)
    item = attempt.pool.items.get(version__uuid=attempt.paper[0]["item"]).version.item
    newer = item.versions.create(
        number=2, type="single", stem="Mới?", options=[], content_hash="0" * 64
    )
    other = another_round_with(attempt, items=0)
    other.pools.get().items.create(version=newer)

    assert attempt.paper[0]["item"] not in visible_keys(attempt, AFTER)


def test_an_open_attempt_or_a_later_close_withholds_keys_of_a_published_round():
    attempt = make_submitted()
    publish(attempt.round)
    assert visible_keys(attempt, AFTER)

    still_open = make.make_attempt(
        make.make_entrant(audience=attempt.audience), None, pool=attempt.pool
    )
    assert visible_keys(attempt, AFTER) == {}
    attempts.submit(attempts.claim_of(still_open), now=NOON)
    assert visible_keys(attempt, AFTER)

    grant(
        attempt.round.contest,
        closes_at=AFTER + timedelta(hours=2),
        reason="Bão",
        by=make.make_user(),
        now=NOON,
    )
    assert visible_keys(attempt, AFTER) == {}
    assert visible_keys(attempt, AFTER + timedelta(hours=2))


@pytest.mark.parametrize(
    ("show_keys", "round_out", "contest_out", "shown"),
    [
        ("at_once", False, False, False),
        ("at_once", True, False, True),
        ("after_round", True, False, True),
        ("after_contest", True, False, False),
        ("after_contest", True, True, True),
        ("never", True, True, False),
    ],
)
def test_the_contests_own_setting_decides_beyond_that(
    show_keys, round_out, contest_out, shown
):
    attempt = make_submitted()
    PaperSpec.objects.update(show_keys=show_keys)
    if round_out:
        publish(attempt.round)
    if contest_out:
        Contest.objects.update(results_at=AFTER)

    assert bool(visible_keys(attempt, AFTER)) is shown


def test_an_open_attempt_sees_no_key():
    attempt = make.make_attempt()
    publish(attempt.round)

    assert visible_keys(attempt, AFTER) == {}


def correct(pool, version, **more):
    given = {"correct": ["b"], "reason": "Sai căn cứ", "by": make.make_user()}
    return correct_key(pool, version, now=AFTER, **given | more)


def test_a_corrected_key_is_a_new_sheet_and_the_old_one_stays():
    attempt = make_submitted()
    version = attempt.paper[0]["item"]

    sheet = correct(attempt.pool, version)

    old, new = attempt.pool.key_sheets.order_by("version")
    assert (old.version, new.version) == (1, 2)
    assert new == sheet
    assert old.keys[version]["correct"] == ["a"]
    assert new.keys[version]["correct"] == ["b"]
    assert new.keys[version]["explanation"] == old.keys[version]["explanation"]
    assert new.hash != old.hash
    event = AuditEvent.objects.get(action="keys.correct_key")
    assert event.reason == "Sai căn cứ"


def test_a_corrected_key_scores_attempts_anew():
    attempt = make_submitted()
    while scoring.score_batch(10):
        pass

    correct(attempt.pool, attempt.paper[0]["item"], accept="everyone")
    assert scoring.waiting() == 1
    while scoring.score_batch(10):
        pass

    attempt.refresh_from_db()
    assert (attempt.score, attempt.correct_count, attempt.scored_with) == (1000, 1, 2)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"reason": " "}, ReasonNeeded),
        ({"correct": ["z"]}, WrongKey),
        ({"correct": []}, WrongKey),
        ({"correct": ["a", "b"]}, WrongKey),
        ({"accept": "nobody"}, WrongKey),
        ({"correct": ["a"]}, SameKey),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(more, refusal):
    attempt = make_submitted()

    with pytest.raises(refusal):
        correct(attempt.pool, attempt.paper[0]["item"], **more)

    assert attempt.pool.key_sheets.count() == 1


def test_a_single_item_may_accept_any_of_several_options():
    attempt = make_submitted()

    sheet = correct(
        attempt.pool, attempt.paper[0]["item"], correct=["b", "a"], accept="any"
    )

    assert sheet.keys[attempt.paper[0]["item"]]["correct"] == ["a", "b"]
