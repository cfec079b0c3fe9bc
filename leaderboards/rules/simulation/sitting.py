"""
One sitting: when it starts and ends, what is chosen, and what is predicted.

What somebody knows follows from ability and the difficulty of the item (a logistic
curve); who does not know guesses among the wrong options, some of which attract more
than others. People who know everything choose the keys, whatever paper they drew.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leaderboards.rules.simulation import calendar
from leaderboards.rules.simulation.dice import Dice
from leaderboards.rules.simulation.people import Participant
from quizzes.rules import timing
from quizzes.rules.scoring import LETTERS

# Chosen: how easy items are (logits), how far items of one difficulty differ, how far
# abilities do, and what a round in which many know everything adds for the others.
EASE = {"easy": 1.9, "medium": 1.2, "hard": 0.3}
ITEMS_DIFFER = 0.5
PEOPLE_DIFFER = 0.9
FAMILIARITY = 0.35
GUESS = 0.30
# Chosen: minutes a paper takes (median and spread on a logarithmic scale), the least.
MINUTES = 8.5
PERFECT_MINUTES = 7.0
PACE_DIFFERS = 0.42
QUICKEST = 70_000
OVERSLEPT = 0.006
ROOM = 4 * timing.MINUTE
# Chosen: predictions lie around the truth, a little below; many like round numbers.
PREDICTIONS_DIFFER = 0.55
PREDICTION_BIAS = 0.92
ROUND_NUMBERS = 0.4


@dataclass(frozen=True)
class Rules:
    """What bounds a sitting: the round's window and the paper's limits."""

    window: timing.Window
    minutes: int | None
    grace_ms: int
    late_starters_run_full: bool


@dataclass(frozen=True)
class Times:
    """Moments of one sitting, epoch milliseconds."""

    started_at: int
    submitted_at: int
    limits: timing.Limits
    by_time: bool


class Sheet:
    """A pool and its keys as a simulated person meets them."""

    def __init__(
        self,
        items: Sequence[Mapping[str, Any]],
        keys: Mapping[str, Mapping[str, Any]],
        *,
        seed: str,
        perfect_share: float,
    ) -> None:
        share = min(max(perfect_share, 0.02), 0.98)
        self.familiarity = FAMILIARITY * math.log(share / (1 - share))
        self.correct = {
            i["version"]: frozenset(keys[i["version"]]["correct"]) for i in items
        }
        self.type = {item["version"]: item["type"] for item in items}
        self.ease = {
            item["version"]: EASE[item["difficulty"]]
            + Dice(f"{seed}/item/{item['item']}").normal(0.0, ITEMS_DIFFER)
            for item in items
        }
        self.attraction = {
            item["version"]: {
                option["id"]: 0.2
                + Dice(f"{seed}/option/{item['item']}/{option['id']}").uniform()
                for option in item["options"]
            }
            for item in items
        }

    def chance_to_know(self, version: str, ability: float) -> float:
        logit = self.ease[version] + PEOPLE_DIFFER * ability + self.familiarity
        return 1.0 / (1.0 + math.exp(-logit))


def times(
    person: Participant, rules: Rules, habits: calendar.Habits, dice: Dice
) -> Times:
    """Return when ``person`` sits; who knows everything leaves room for it."""
    closes_at = rules.window.closes_at
    started_at = calendar.moment(habits, rules.window, dice)
    if person.is_perfect:
        started_at = max(rules.window.opens_at, min(started_at, closes_at - ROOM))
    limits = timing.limits(
        started_at,
        minutes=rules.minutes,
        extra_minutes=0,
        window=rules.window,
        grace_ms=rules.grace_ms,
        late_starters_run_full=rules.late_starters_run_full,
    )
    median = PERFECT_MINUTES if person.is_perfect else MINUTES
    pace = median * math.exp(dice.normal(0.0, PACE_DIFFERS))
    ended_at = started_at + max(QUICKEST, int(pace * timing.MINUTE))
    if person.is_perfect:
        ended_at = min(ended_at, limits.deadline - 1_000 - dice.stream.below(20_000))
    elif dice.chance(OVERSLEPT):
        ended_at = limits.deadline
    by_time = ended_at >= limits.deadline
    return Times(
        started_at, timing.submitted_at(ended_at, limits.deadline), limits, by_time
    )


def responses(
    paper: Sequence[Mapping[str, Any]],
    sheet: Sheet,
    person: Participant,
    dice: Dice,
    *,
    by_time: bool = False,
) -> dict[str, list[str]]:
    """
    Return what ``person`` chooses: ``{position: letters}`` in the paper's order.

    Only who is meant to know everything gets it all right, only who is meant to know
    nothing gets it all wrong. Time that ran out leaves the last items empty.
    """
    knows = _knows(paper, sheet, person, dice)
    count = len(paper) - (
        1 + dice.stream.below(max(1, len(paper) // 2)) if by_time else 0
    )
    if by_time and not person.knows_nothing:
        knows[0] = True
    return {
        str(place): _letters(
            drawn["options"], _choice(drawn, sheet, dice, right=knows[place - 1])
        )
        for place, drawn in enumerate(paper[:count], start=1)
    }


def prediction(truth: int, largest: int, dice: Dice) -> int:
    """Return a guess at ``truth``, a whole number from 0 to ``largest``."""
    guess = truth * PREDICTION_BIAS * math.exp(dice.normal(0.0, PREDICTIONS_DIFFER))
    if guess >= 100 and dice.chance(ROUND_NUMBERS):
        step = 10 ** (len(str(int(guess))) - 2)
        guess = round(guess / step) * step
    return min(int(guess + 0.5), largest)


def _knows(
    paper: Sequence[Mapping[str, Any]],
    sheet: Sheet,
    person: Participant,
    dice: Dice,
) -> list[bool]:
    if person.is_perfect or person.knows_nothing:
        return [person.is_perfect] * len(paper)
    chances = [sheet.chance_to_know(d["item"], person.ability) for d in paper]
    knows = [dice.chance(chance + (1 - chance) * GUESS) for chance in chances]
    if all(knows):
        knows[chances.index(min(chances))] = False
    if not any(knows):
        knows[chances.index(max(chances))] = True
    return knows


def _choice(
    drawn: Mapping[str, Any], sheet: Sheet, dice: Dice, *, right: bool
) -> frozenset[str]:
    """The options chosen: the key, or something near it that is wrong."""
    version = drawn["item"]
    correct = sheet.correct[version]
    if right:
        return correct
    wrong = [option for option in drawn["options"] if option not in correct]
    if not wrong:
        return frozenset(sorted(correct)[1:])
    attraction = sheet.attraction[version]
    taken = dice.weighted(wrong, [attraction[option] for option in wrong])
    if sheet.type[version] != "multiple":
        return frozenset([taken])
    return (correct - {dice.pick(sorted(correct))}) | {taken}


def _letters(order: Sequence[str], chosen: frozenset[str]) -> list[str]:
    return [
        letter
        for letter, option in zip(LETTERS, order, strict=False)
        if option in chosen
    ]
