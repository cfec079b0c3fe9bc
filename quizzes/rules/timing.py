"""
When an attempt ends, until when a save is taken, and what its time is.

Windows are half-open: the closing moment no longer belongs to the round. The deadline
is fixed when the attempt starts; only an allowance moves it later. ``grace`` absorbs a
slow network: what arrives before deadline + grace counts, but no time beyond the
deadline is ever recorded (as in Moodle, an attempt sealed late ends at its limit).
"""

from dataclasses import dataclass

MINUTE = 60_000

# A request that arrived in time has finished or timed out when this has passed.
LONGEST_REQUEST = 30_000


@dataclass(frozen=True)
class Limits:
    """The three moments of an attempt, epoch milliseconds."""

    deadline: int
    accepts_until: int

    @property
    def seal_after(self) -> int:
        """The moment from which the sealer may take the attempt."""
        return seal_after(self.accepts_until)


@dataclass(frozen=True)
class Window:
    """``opens_at <= t < closes_at``, epoch milliseconds."""

    opens_at: int
    closes_at: int

    def is_open(self, now: int) -> bool:
        return self.opens_at <= now < self.closes_at

    def extended_to(self, closes_at: int | None) -> "Window":
        """The window with a later close; an earlier one changes nothing."""
        if closes_at is None or closes_at <= self.closes_at:
            return self
        return Window(self.opens_at, closes_at)


def limits(
    started_at: int,
    *,
    minutes: int | None,
    extra_minutes: int,
    window: Window,
    grace_ms: int,
    late_starters_run_full: bool,
) -> Limits:
    """
    Return deadline and end of acceptance of an attempt that starts at ``started_at``.

    ``minutes`` None means no time limit: the window's end. The window's end also cuts
    a time limit, extra minutes included, unless the round lets late starters run their
    full time. ``window`` is the entrant's own, later close included.
    """
    deadline = window.closes_at
    if minutes is not None:
        full = started_at + (minutes + extra_minutes) * MINUTE
        deadline = full if late_starters_run_full else min(full, window.closes_at)
    return Limits(deadline, deadline + grace_ms)


def seal_after(accepts_until: int) -> int:
    return accepts_until + LONGEST_REQUEST


def accepts(now: int, accepts_until: int) -> bool:
    """Whether what arrives at ``now`` still counts."""
    return now < accepts_until


def submitted_at(now: int, deadline: int) -> int:
    """The recorded end: never beyond the deadline, whoever closes it and whenever."""
    return min(now, deadline)


def duration_ms(started_at: int, ended_at: int, paused_ms: int) -> int:
    """The time used, outages taken off; never negative."""
    return max(0, ended_at - started_at - paused_ms)
