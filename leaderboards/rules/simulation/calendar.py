"""
When people sit down: a week with its peaks, in the clock of the place.

Officials come on the first morning, at noon and in the last evening; citizens mostly
in the evening. Moments are epoch milliseconds; Viet Nam keeps UTC+7 all year.
"""

from dataclasses import dataclass

from leaderboards.rules.simulation.dice import Dice
from quizzes.rules.timing import MINUTE, Window

HOUR = 60 * MINUTE
DAY = 24 * HOUR
OFFSET = 7 * HOUR
# 1 January 1970 was a Thursday: (days since + 3) % 7 is 0 on Mondays.
THURSDAY = 3
SATURDAY = 5
TRIES = 30


@dataclass(frozen=True)
class Peak:
    """A time of day around which people come: hours and decimals, local."""

    weight: float
    hour: float
    spread: float


@dataclass(frozen=True)
class Habits:
    """Weights of the days of a round, and the peaks within a day."""

    first_day: float
    working_day: float
    free_day: float
    last_day: float
    ordinary: tuple[Peak, ...]
    last: tuple[Peak, ...]


EVENING = Peak(0.20, 20.4, 1.2)
LAST_EVENING = (Peak(0.3, 9.5, 1.5), Peak(0.1, 12.3, 0.7), Peak(0.6, 21.3, 1.5))
OFFICIALS = Habits(
    first_day=3.0,
    working_day=1.4,
    free_day=0.5,
    last_day=1.7,
    ordinary=(
        Peak(0.38, 8.6, 0.8),
        Peak(0.26, 12.1, 0.5),
        Peak(0.18, 15.4, 1.1),
        EVENING,
    ),
    last=LAST_EVENING,
)
CITIZENS = Habits(
    first_day=1.6,
    working_day=1.1,
    free_day=1.2,
    last_day=1.8,
    ordinary=(Peak(0.2, 9.0, 1.5), Peak(0.2, 12.2, 0.8), Peak(0.6, 20.2, 1.4)),
    last=LAST_EVENING,
)


def moment(habits: Habits, window: Window, dice: Dice) -> int:
    """Return a moment in the window at which somebody sits down."""
    days = range(_day(window.opens_at), _day(window.closes_at - 1) + 1)
    weights = [_weight(habits, day, days) for day in days]
    for _ in range(TRIES):
        day = dice.weighted(days, weights)
        peaks = habits.last if day == days[-1] else habits.ordinary
        peak = dice.weighted(peaks, [peak.weight for peak in peaks])
        at = day * DAY - OFFSET + int(dice.normal(peak.hour, peak.spread) * HOUR)
        if window.is_open(at) and _day(at) == day:
            return at
    return window.opens_at + int(dice.uniform() * (window.closes_at - window.opens_at))


def _weight(habits: Habits, day: int, days: range) -> float:
    if day == days[-1]:
        return habits.last_day
    if (day + THURSDAY) % 7 >= SATURDAY:
        return habits.free_day
    first_work = next(d for d in days if (d + THURSDAY) % 7 < SATURDAY)
    return habits.first_day if day == first_work else habits.working_day


def _day(at: int) -> int:
    return (at + OFFSET) // DAY
