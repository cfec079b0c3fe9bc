"""
Which attempts count, out of a person's valid attempts in scope.

A policy gets them in order of start and answers with those that count, at least one if
there is any. Several are added up.
"""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from leaderboards.rules.facts import Attempt
from leaderboards.rules.reading import Reader
from leaderboards.rules.registry import Registry

Stand = Callable[[Attempt], Any]


class Counting:
    """``choose`` gets a non-empty list and a key that says how an attempt alone
    stands."""

    code = ""

    def __init__(self, read: Reader) -> None:
        pass

    def choose(self, attempts: Sequence[Attempt], stand: Stand) -> list[Attempt]:
        raise NotImplementedError


counting: Registry[Counting] = Registry("counting policy")


@counting.register
class First(Counting):
    """The one started first."""

    code = "first"

    def choose(self, attempts: Sequence[Attempt], stand: Stand) -> list[Attempt]:
        return [attempts[0]]


@counting.register
class Only(First):
    """The only one; should there be several, the first, and the tally reports it."""

    code = "only"


@counting.register
class Last(Counting):
    """The one started last."""

    code = "last"

    def choose(self, attempts: Sequence[Attempt], stand: Stand) -> list[Attempt]:
        return [attempts[-1]]


@counting.register
class Best(Counting):
    """The highest score; among equals the one that stands best on the chain."""

    code = "best"

    def choose(self, attempts: Sequence[Attempt], stand: Stand) -> list[Attempt]:
        top = max(attempt.score for attempt in attempts)
        equals = [attempt for attempt in attempts if attempt.score == top]
        return equals if len(equals) == 1 else [min(equals, key=stand)]


@counting.register
class BestThenEarliest(Counting):
    """The highest score; among equals the one submitted first."""

    code = "best_then_earliest"

    def choose(self, attempts: Sequence[Attempt], stand: Stand) -> list[Attempt]:
        return [min(attempts, key=highest_then_earliest)]


@counting.register
class BestOfDay(Counting):
    """The best of each day counts, days add up (one a day, Đắk Lắk 2025)."""

    code = "best_of_day"

    def choose(self, attempts: Sequence[Attempt], stand: Stand) -> list[Attempt]:
        return best_of_each(attempts, lambda attempt: attempt.day)


@counting.register
class Sum(Counting):
    """One attempt per round, chosen by ``each``, added up; ``all`` adds every one."""

    code = "sum"

    def __init__(self, read: Reader) -> None:
        codes = ("all", "first", "last", "best_then_earliest")
        each = read.choice("each", codes, "best_then_earliest")
        self.each = None if each == "all" else counting.classes[each](read)

    def choose(self, attempts: Sequence[Attempt], stand: Stand) -> list[Attempt]:
        if self.each is None:
            return list(attempts)
        chosen: list[Attempt] = []
        for _, some in groupby(sorted(attempts, key=by_round), lambda a: a.round):
            chosen += self.each.choose(list(some), stand)
        return chosen


def by_round(attempt: Attempt) -> tuple[int, tuple[int, int, str]]:
    return (attempt.round, attempt.order)


def highest_then_earliest(attempt: Attempt) -> tuple[int, int, tuple[int, int, str]]:
    return (-attempt.score, attempt.submitted_at, attempt.order)


def best_of_each(
    attempts: Sequence[Attempt], part: Callable[[Attempt], int]
) -> list[Attempt]:
    ordered = sorted(attempts, key=lambda a: (part(a), *highest_then_earliest(a)))
    return [next(some) for _, some in groupby(ordered, part)]


def read_counting(read: Reader, key: str = "counting") -> Counting:
    """The policy under ``key``, best-then-earliest if there is none."""
    with read.part(key, {"policy": "best_then_earliest"}) as part:
        return counting.build(part, "policy")
