"""Start, save, submit and seal one attempt, each at the edges of its rule."""

from datetime import timedelta

import pytest

from quizzes.models import Attempt, Correction, Entrant
from quizzes.rules.shape import Save
from quizzes.services import attempts, corrections
from quizzes.services.admission import (
    BeingSealed,
    LimitReached,
    NotEligible,
    NotOpen,
)
from quizzes.services.attempts import (
    Closed,
    Late,
    Moved,
    Stale,
    claim_of,
    save,
    seal_overdue,
    start,
    submit,
)
from quizzes.services.own_entry import round_of
from tests import factories as make
from tests.factories import CLOSES, NOON, OPENS

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
INSTANT = timedelta(microseconds=1)


def make_entrant(**paper):
    """An entrant of a round with a sealed pool of five items."""
    spec = make.make_paper(items=5, **paper)
    make.make_pool(spec)
    entrant = make.make_entrant(audience=spec.audience)
    return entrant, spec.round


def save_as(claim, now, seq=1, responses=None, prediction=None):
    responses = {"1": ["a"]} if responses is None else responses
    return save(claim, seq=seq, responses=responses, prediction=prediction, now=now)


def test_a_start_draws_a_paper_and_fixes_its_deadline():
    entrant, round = make_entrant()

    started = start(entrant, round, NOON)

    attempt = Attempt.objects.get()
    assert started.is_new
    assert started.attempt == attempt
    assert (attempt.number, attempt.sitting, attempt.seq) == (1, 1, 0)
    assert attempt.deadline == NOON + 20 * MINUTE
    assert attempt.accepts_until == NOON + 20 * MINUTE + 15 * SECOND
    assert len({drawn["item"] for drawn in attempt.paper}) == attempt.item_count == 5


def test_the_day_of_an_attempt_is_the_citys():
    entrant, round = make_entrant()

    started = start(entrant, round, OPENS)

    assert OPENS.hour == 17
    assert started.attempt.day.isoformat() == "2025-09-29"


def test_a_second_start_resumes_the_first_under_a_new_sitting():
    entrant, round = make_entrant()
    first = start(entrant, round, NOON).attempt
    save_as(claim_of(first), NOON + SECOND)

    second = start(entrant, round, NOON + MINUTE)

    assert not second.is_new
    assert second.attempt.uuid == first.uuid
    assert second.attempt.sitting == 2
    assert second.attempt.responses == {"1": ["a"]}
    assert second.attempt.deadline == first.deadline


def test_an_attempt_resumes_after_the_rounds_close_where_late_starters_run_full():
    entrant, round = make_entrant()
    type(round.contest).objects.update(late_start="full")
    round.contest.refresh_from_db()
    first = start(entrant, round, CLOSES - MINUTE).attempt

    second = start(entrant, round, CLOSES + MINUTE)

    assert first.deadline == CLOSES + 19 * MINUTE
    assert second.attempt.uuid == first.uuid


@pytest.mark.parametrize(
    ("now", "starts"),
    [
        (OPENS - INSTANT, False),
        (OPENS, True),
        (CLOSES - INSTANT, True),
        (CLOSES, False),
    ],
)
def test_a_start_needs_an_open_window(now, starts):
    entrant, round = make_entrant()

    if starts:
        assert start(entrant, round, now).is_new
    else:
        with pytest.raises(NotOpen):
            start(entrant, round, now)


def test_a_contest_that_is_a_draft_or_a_round_without_a_pool_cannot_be_started():
    entrant, round = make_entrant()
    other = make.make_round(round.contest, 2)
    with pytest.raises(NotOpen):
        start(entrant, other, NOON + timedelta(days=7))

    round.contest.state = "draft"
    with pytest.raises(NotOpen):
        start(entrant, round, NOON)

    assert not Attempt.objects.exists()


def test_a_round_of_another_contest_knows_no_such_entrant():
    entrant, _ = make_entrant()
    _, foreign = make_entrant()

    with pytest.raises(Entrant.DoesNotExist):
        start(entrant, foreign, NOON)


@pytest.mark.parametrize("kind", ["eligibility", "same_person"])
def test_an_approved_correction_ends_the_right_to_start(kind):
    entrant, round = make_entrant()
    other = make.make_entrant(audience=entrant.audience)
    same = {"same_as": other} if kind == "same_person" else {}
    correction = corrections.propose(
        entrant.contest,
        Correction.Kind(kind),
        entrant=entrant,
        reason="Biên bản",
        by=make.make_user(),
        now=OPENS,
        **same,
    )
    corrections.approve(correction, by=make.make_user(), now=OPENS)

    with pytest.raises(NotEligible):
        start(entrant, round, NOON)


def test_the_limit_holds_and_says_what_is_left():
    entrant, round = make_entrant(attempt_limits=[{"n": 2, "per": "day"}])
    for minute in (0, 30):
        attempt = start(entrant, round, NOON + minute * MINUTE).attempt
        submit(claim_of(attempt), now=NOON + (minute + 1) * MINUTE)

    with pytest.raises(LimitReached) as caught:
        start(entrant, round, NOON + 60 * MINUTE)

    tomorrow = NOON + timedelta(days=1)
    assert caught.value.code == "limit"
    assert [x.left for x in round_of(entrant, round, now=NOON).left] == [0]
    assert [x.left for x in round_of(entrant, round, now=tomorrow).left] == [2]
    assert start(entrant, round, tomorrow).attempt.number == 3


def test_items_met_in_an_earlier_attempt_come_last():
    entrant, round = make_entrant(
        item_count=2,
        blueprint=[{"topic": "chu-de", "difficulty": "easy", "count": 2}],
        attempt_limits=[],
    )
    papers = []
    for minute in (0, 30):
        attempt = start(entrant, round, NOON + minute * MINUTE).attempt
        submit(claim_of(attempt), now=NOON + (minute + 1) * MINUTE)
        papers.append({drawn["item"] for drawn in attempt.paper})

    assert not papers[0] & papers[1]


def test_an_attempt_between_its_end_and_its_sealing_is_not_started_anew():
    entrant, round = make_entrant(attempt_limits=[])
    attempt = start(entrant, round, NOON).attempt

    with pytest.raises(BeingSealed):
        start(entrant, round, attempt.accepts_until)

    seal_overdue(10, attempt.accepts_until + 30 * SECOND)
    assert start(entrant, round, attempt.accepts_until + 31 * SECOND).is_new


def test_a_save_is_acknowledged_with_the_moment_it_was_stored():
    attempt = make.make_attempt()

    saved = save_as(claim_of(attempt), NOON + SECOND, seq=7, prediction=12)

    attempt.refresh_from_db()
    assert (saved.seq, saved.saved_at) == (7, NOON + SECOND)
    assert saved.deadline == attempt.deadline
    assert attempt.responses == {"1": ["a"]}
    assert (attempt.prediction, attempt.seq) == (12, 7)
    assert attempt.saved_at == NOON + SECOND


def test_a_save_before_the_end_of_the_grace_counts_and_at_it_is_refused():
    attempt = make.make_attempt()
    end = attempt.accepts_until

    save_as(claim_of(attempt), end - INSTANT, seq=1, responses={"1": ["b"]})
    with pytest.raises(Late) as caught:
        save_as(claim_of(attempt), end, seq=2)

    attempt.refresh_from_db()
    assert attempt.responses == {"1": ["b"]}
    assert caught.value.held.responses == {"1": ["b"]}
    assert caught.value.held.seq == 1


def test_a_repeat_of_the_stored_save_is_acknowledged_with_the_first_moment():
    attempt = make.make_attempt()
    save_as(claim_of(attempt), NOON + SECOND, responses={"1": ["a"], "2": []})

    again = save_as(
        claim_of(attempt), NOON + 9 * SECOND, responses={"2": [], "1": ["a"]}
    )

    assert again.saved_at == NOON + SECOND


def test_a_repeat_is_acknowledged_even_when_the_attempt_was_closed_meanwhile():
    attempt = make.make_attempt()
    save_as(claim_of(attempt), NOON + SECOND)
    submit(claim_of(attempt), now=NOON + 2 * SECOND)

    assert save_as(claim_of(attempt), NOON + 3 * SECOND).saved_at == NOON + SECOND


@pytest.mark.parametrize(
    "more",
    [
        {"responses": {"1": ["b"]}},
        {"responses": {}},
        {"prediction": 5},
        {"seq": 2, "responses": {"1": ["b"]}},
    ],
)
def test_an_older_save_never_replaces_a_newer_one(more):
    attempt = make.make_attempt()
    save_as(claim_of(attempt), NOON + SECOND, seq=3)

    with pytest.raises(Stale):
        save_as(claim_of(attempt), NOON + 2 * SECOND, **{"seq": 3} | more)

    attempt.refresh_from_db()
    assert (attempt.seq, attempt.responses) == (3, {"1": ["a"]})


def test_an_old_device_with_a_higher_counter_does_not_overwrite_the_newer_one():
    entrant, round = make_entrant()
    old = claim_of(start(entrant, round, NOON).attempt)
    new = claim_of(start(entrant, round, NOON + SECOND).attempt)
    save_as(new, NOON + 2 * SECOND, seq=1, responses={"1": ["b"]})

    with pytest.raises(Moved) as caught:
        save_as(old, NOON + 3 * SECOND, seq=99)
    with pytest.raises(Moved):
        submit(old, now=NOON + 3 * SECOND)

    assert caught.value.held.responses == {"1": ["b"]}
    assert Attempt.objects.get().state == "open"


def test_somebody_elses_attempt_does_not_exist():
    mine, foreign = make.make_attempt(), make.make_attempt()
    claim = attempts.Claim(foreign.uuid, mine.entrant_id, 1)

    for act in (lambda: save_as(claim, NOON), lambda: submit(claim, now=NOON)):
        with pytest.raises(Attempt.DoesNotExist):
            act()

    foreign.refresh_from_db()
    assert (foreign.seq, foreign.state) == (0, "open")


def test_submitting_stores_the_last_save_and_gives_a_receipt():
    attempt = make.make_attempt()
    last = Save(4, {"1": ["a"], "3": ["b"], "60": ["a"]}, 17)

    receipt = submit(claim_of(attempt), last=last, now=NOON + 3 * MINUTE)

    attempt.refresh_from_db()
    assert (attempt.state, attempt.closed_by) == ("submitted", "person")
    assert (attempt.responses, attempt.prediction) == (last.responses, 17)
    assert (attempt.submitted_at, attempt.duration_ms) == (NOON + 3 * MINUTE, 180_000)
    assert (receipt.answered, receipt.total) == (2, 3)
    assert receipt.submitted_at == attempt.submitted_at


def test_submitting_again_gives_the_same_receipt_and_changes_nothing():
    attempt = make.make_attempt()
    first = submit(claim_of(attempt), now=NOON + MINUTE)

    again = submit(
        claim_of(attempt), last=Save(9, {"1": ["c"]}, None), now=NOON + 2 * MINUTE
    )

    attempt.refresh_from_db()
    assert again == first
    assert attempt.responses == {}


def test_receipts_differ_as_soon_as_what_is_stored_does():
    codes = set()
    for responses in ({}, {"1": ["a"]}, {"1": ["b"]}):
        attempt = make.make_attempt()
        last = Save(1, responses, None)
        codes.add(submit(claim_of(attempt), last=last, now=NOON + MINUTE).code)

    assert len(codes) == 3
    assert all(len(code) == 9 and code[4] == "-" for code in codes)


def test_submitting_with_a_stale_save_is_refused_and_with_the_stored_one_is_not():
    attempt = make.make_attempt()
    save_as(claim_of(attempt), NOON + SECOND, seq=3)

    with pytest.raises(Stale):
        submit(claim_of(attempt), last=Save(3, {}, None), now=NOON + MINUTE)

    same = Save(3, {"1": ["a"]}, None)
    assert submit(claim_of(attempt), last=same, now=NOON + MINUTE).answered == 1


def test_an_end_within_the_grace_is_recorded_at_the_deadline():
    attempt = make.make_attempt()

    receipt = submit(claim_of(attempt), now=attempt.deadline + 10 * SECOND)

    attempt.refresh_from_db()
    assert receipt.submitted_at == attempt.submitted_at == attempt.deadline
    assert attempt.duration_ms == 20 * 60_000


def test_submitting_after_the_grace_is_refused_and_the_sealer_closes():
    attempt = make.make_attempt()

    with pytest.raises(Late):
        submit(claim_of(attempt), now=attempt.accepts_until)

    seal_overdue(10, attempt.accepts_until + 30 * SECOND)
    later = attempt.accepts_until + timedelta(hours=5)
    assert submit(claim_of(attempt), now=later).submitted_at == attempt.deadline


@pytest.mark.parametrize(("after", "closed"), [(-INSTANT, 0), (0 * SECOND, 1)])
def test_the_sealer_waits_until_no_request_can_be_running(after, closed):
    attempt = make.make_attempt()
    save_as(claim_of(attempt), NOON + MINUTE)

    now = attempt.accepts_until + 30 * SECOND + after
    assert seal_overdue(10, now) == closed

    attempt.refresh_from_db()
    assert (attempt.closed_by == "time") == bool(closed)
    assert attempt.responses == {"1": ["a"]}


def test_a_late_sealer_records_the_deadline_and_takes_no_more_than_asked():
    first, second = make.make_attempt(paused_ms=60_000), make.make_attempt()
    much_later = NOON + timedelta(days=3)

    assert [seal_overdue(1, much_later) for _ in range(3)] == [1, 1, 0]

    first.refresh_from_db()
    assert first.submitted_at == second.deadline == first.deadline
    assert first.duration_ms == 19 * 60_000


def test_a_sealed_attempt_takes_no_save():
    attempt = make.make_attempt()
    seal_overdue(10, NOON + timedelta(days=1))

    with pytest.raises(Closed):
        save_as(claim_of(attempt), NOON + MINUTE)


def test_a_save_is_one_statement_on_the_attempt_alone(django_assert_num_queries):
    attempt = make.make_attempt()

    with django_assert_num_queries(1) as captured:
        save_as(claim_of(attempt), NOON + SECOND)

    sql = captured[0]["sql"]
    assert sql.startswith("UPDATE quizzes_attempt SET")
    assert not [name for name in TABLES_OF_KEYS_AND_BANK if name in sql]


TABLES_OF_KEYS_AND_BANK = (
    "quizzes_keysheet",
    "quizzes_itemkey",
    "quizzes_item",
    "quizzes_pool",
    "quizzes_bank",
    "quizzes_topic",
)


def test_no_step_of_an_attempt_reads_a_key_or_the_bank(django_assert_max_num_queries):
    entrant, round = make_entrant()

    with django_assert_max_num_queries(20) as captured:
        attempt = start(entrant, round, NOON).attempt
        save_as(claim_of(attempt), NOON + SECOND)
        submit(claim_of(attempt), now=NOON + MINUTE)

    touched = " ".join(query["sql"] for query in captured)
    for table in set(TABLES_OF_KEYS_AND_BANK) - {"quizzes_pool"}:
        assert f'"{table}' not in touched


def test_a_start_is_few_statements_however_many_attempts_came_before(
    django_assert_num_queries,
):
    entrant, round = make_entrant(attempt_limits=[])
    for minute in range(0, 90, 30):
        attempt = start(entrant, round, NOON + minute * MINUTE).attempt
        submit(claim_of(attempt), now=NOON + (minute + 1) * MINUTE)

    # Entrant, attempts, the round's lock, allowances, pool, corrections, the hashes of
    # earlier pools, insert; the savepoint of the test's transaction makes two more.
    with django_assert_num_queries(10):
        start(entrant, round, NOON + 2 * 60 * MINUTE)
