import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules import timing
from quizzes.rules.timing import MINUTE, Limits, Window

OPEN, CLOSE = 1_000 * MINUTE, 2_000 * MINUTE
ROUND = Window(OPEN, CLOSE)


def limits(started_at, minutes=20, extra=0, window=ROUND, full=False, grace_ms=15_000):
    return timing.limits(
        started_at,
        minutes=minutes,
        extra_minutes=extra,
        window=window,
        grace_ms=grace_ms,
        late_starters_run_full=full,
    )


@pytest.mark.parametrize(
    ("started_at", "more", "deadline"),
    [
        (OPEN, {}, OPEN + 20 * MINUTE),
        (OPEN, {"extra": 10}, OPEN + 30 * MINUTE),
        (CLOSE - 20 * MINUTE, {}, CLOSE),
        (CLOSE - 20 * MINUTE - 1, {}, CLOSE - 1),
        (CLOSE - 20 * MINUTE + 1, {}, CLOSE),
        (CLOSE - 1, {}, CLOSE),
        (CLOSE - 5 * MINUTE, {"extra": 10}, CLOSE),
        (CLOSE - 5 * MINUTE, {"full": True}, CLOSE + 15 * MINUTE),
        (CLOSE - 5 * MINUTE, {"full": True, "extra": 10}, CLOSE + 25 * MINUTE),
        (OPEN, {"minutes": None}, CLOSE),
        (OPEN, {"minutes": None, "full": True, "extra": 10}, CLOSE),
        (
            CLOSE - 5 * MINUTE,
            {"window": ROUND.extended_to(CLOSE + 10 * MINUTE)},
            CLOSE + 10 * MINUTE,
        ),
    ],
)
def test_the_deadline(started_at, more, deadline):
    found = limits(started_at, **more)

    assert found == Limits(deadline, deadline + 15_000)
    assert found.seal_after == deadline + 45_000


@pytest.mark.parametrize(
    ("now", "is_open"),
    [(OPEN - 1, False), (OPEN, True), (CLOSE - 1, True), (CLOSE, False)],
)
def test_a_window_is_half_open(now, is_open):
    assert ROUND.is_open(now) is is_open


@pytest.mark.parametrize("closes_at", [None, CLOSE, CLOSE - MINUTE])
def test_a_later_close_never_shortens_a_window(closes_at):
    assert ROUND.extended_to(closes_at) == ROUND


@pytest.mark.parametrize(
    ("after", "accepted"), [(-1, True), (0, True), (14_999, True), (15_000, False)]
)
def test_a_save_counts_until_the_grace_has_passed(after, accepted):
    found = limits(OPEN)

    assert timing.accepts(found.deadline + after, found.accepts_until) is accepted


@given(st.integers(0, 10**13), st.integers(0, 10**13))
def test_no_recorded_end_lies_beyond_the_deadline(now, deadline):
    ended = timing.submitted_at(now, deadline)

    assert ended <= deadline
    assert ended == now or now > deadline


@given(
    st.integers(OPEN, CLOSE - 1),
    st.none() | st.integers(1, 180),
    st.integers(0, 120),
    st.integers(0, 600) | st.none(),
)
def test_allowances_only_move_a_deadline_later(started_at, minutes, extra, later):
    longer = ROUND.extended_to(None if later is None else CLOSE + later * MINUTE)

    plain = limits(started_at, minutes)
    allowed = limits(started_at, minutes, extra, longer)

    assert started_at < plain.deadline <= allowed.deadline <= longer.closes_at


@pytest.mark.parametrize(
    ("started_at", "ended_at", "paused_ms", "duration"),
    [(0, 1_000, 0, 1_000), (5, 65_005, 60_000, 5_000), (0, 1_000, 2_000, 0)],
)
def test_the_duration_leaves_out_what_an_outage_took(
    started_at, ended_at, paused_ms, duration
):
    assert timing.duration_ms(started_at, ended_at, paused_ms) == duration
