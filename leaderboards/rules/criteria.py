"""
Criteria: one comparison of a ranking each, with a direction; in a list, a chain.

A criterion turns facts into an integer key, smaller is better; whoever has no value
comes after everybody who has one, whatever the direction. The values seen in real
contests: ``docs/rules.md``.
"""

import hashlib
from typing import Any

from leaderboards.rules.facts import Facts
from leaderboards.rules.reading import Reader
from leaderboards.rules.registry import Registry

LAST = 2**400
OVER = 2**300

Value = int | str | None


class Criterion:
    """Reads ``direction``; the subclass names the fact and its usual direction."""

    code = ""
    fact = ""
    usual = "asc"

    def __init__(self, read: Reader) -> None:
        self.direction = read.choice("direction", ("asc", "desc"), self.usual)
        self.sign = 1 if self.direction == "asc" else -1
        self.column = self.named()

    def named(self) -> str:
        """The name under which a standing shows the value."""
        return self.fact

    def value(self, facts: Facts) -> Value:
        return getattr(facts, self.fact)

    def shown(self, facts: Facts) -> Value:
        """The value as standings and reasons carry it."""
        return self.value(facts)

    def key(self, facts: Facts) -> int:
        value = self.value(facts)
        return LAST if value is None else self.sign * int(value)


criteria: Registry[Criterion] = Registry("criterion")


@criteria.register
class Score(Criterion):
    """Points of the counting attempts, added."""

    code = fact = "score"
    usual = "desc"


@criteria.register
class Correct(Criterion):
    """Items answered rightly in the counting attempts, added."""

    code = fact = "correct"
    usual = "desc"


@criteria.register
class PredictionDistance(Criterion):
    """Closest prediction first; no prediction ranks after any (Huế 2025, Hải Dương
    2024).

    ``over_loses``: whoever is above the truth ranks after all who are not.
    ``perfect_only``: only a full-score paper's prediction is looked at (Phong Nha
    2018).
    """

    code = fact = "prediction_distance"

    def __init__(self, read: Reader) -> None:
        super().__init__(read)
        self.perfect_only = False
        self.over_loses = False

    def obey(self, order: str, distance: str) -> None:
        """Take the ranking's prediction settings."""
        self.perfect_only = order == "perfect_only"
        self.over_loses = distance == "over_loses"

    def key(self, facts: Facts) -> int:
        distance = facts.prediction_distance
        if distance is None or (self.perfect_only and not facts.is_perfect):
            return LAST
        loses = self.over_loses and facts.is_over
        return self.sign * distance + (OVER if loses else 0)


class Timed(Criterion):
    """A moment or a duration, compared to the millisecond or the whole second."""

    def __init__(self, read: Reader) -> None:
        super().__init__(read)
        self.step = 1000 if read.choice("unit", ("ms", "s"), "ms") == "s" else 1

    def key(self, facts: Facts) -> int:
        value = getattr(facts, self.fact)
        return LAST if value is None else self.sign * (value // self.step)


@criteria.register
class Duration(Timed):
    """Working time of the counting attempts (Gia Lai 2025)."""

    code = "duration"
    fact = "duration_ms"


@criteria.register
class TotalDuration(Timed):
    """Working time of all valid attempts in scope."""

    code = "total_duration"
    fact = "total_duration_ms"

    def named(self) -> str:
        return self.code


@criteria.register
class SubmittedAt(Timed):
    """The moment the last counting attempt was submitted."""

    code = fact = "submitted_at"


@criteria.register
class StartedAt(Timed):
    """The moment the first counting attempt was started (log-in moment)."""

    code = fact = "started_at"


@criteria.register
class RegisteredAt(Timed):
    """The moment the entrant joined the contest."""

    code = fact = "registered_at"


@criteria.register
class AttemptsUsed(Criterion):
    """Attempts in scope that are not void, those that do not count included."""

    code = fact = "attempts_used"


@criteria.register
class TimesAtFull(Criterion):
    """Valid attempts at full score."""

    code = fact = "times_at_full"
    usual = "desc"


@criteria.register
class RoundsTakenPart(Criterion):
    """Rounds with a valid attempt."""

    code = fact = "rounds_taken_part"
    usual = "desc"


@criteria.register
class Age(Criterion):
    """Ascending is the youngest first (youngest winner, Ministry of Culture 2024).

    To the day, whoever gave only a year of birth has no value. What is compared stays
    in the inputs: no result carries a birth date.
    """

    code = "age"
    fact = "birth"

    def __init__(self, read: Reader) -> None:
        super().__init__(read)
        self.by_year = read.choice("precision", ("day", "year"), "day") == "year"

    def value(self, facts: Facts) -> int | None:
        birth = facts.birth
        if birth is None:
            return None
        if self.by_year:
            return birth // 10_000
        return birth if birth % 10_000 else None

    def shown(self, facts: Facts) -> None:
        return None

    def key(self, facts: Facts) -> int:
        value = self.value(facts)
        return LAST if value is None else -self.sign * value


@criteria.register
class External(Criterion):
    """Points typed or imported for the entrant, in thousandths (essays, referrals)."""

    code = "external"
    usual = "desc"

    def __init__(self, read: Reader) -> None:
        self.source = read.text("source")
        super().__init__(read)

    def named(self) -> str:
        return f"external:{self.source}"

    def value(self, facts: Facts) -> int | None:
        return facts.external.get(self.source)


@criteria.register
class Lot(Criterion):
    """Drawn lot: sha256 of the published seed and the entrant's uuid."""

    code = fact = "lot"

    def __init__(self, read: Reader) -> None:
        super().__init__(read)
        self.seed = ""

    def value(self, facts: Facts) -> str:
        return drawn(self.seed, facts.entrant)

    def key(self, facts: Facts) -> int:
        return self.sign * int(self.value(facts), 16)


def drawn(seed: str, name: str) -> str:
    """The lot of ``name`` under ``seed``: 64 hexadecimal digits, the lowest is
    first."""
    return hashlib.sha256((seed + name).encode()).hexdigest()


def read_chain(
    read: Reader, key: str, *, seed: str, prediction: tuple[str, str]
) -> tuple[Criterion, ...]:
    """The chain under ``key``; raise ``RuleError`` if a lot lacks its seed."""
    chain: list[Criterion] = []
    for item in read.items(key, needed=True):
        criterion = criteria.build(item)
        if isinstance(criterion, Lot):
            if not seed:
                raise read.fault("lot_seed", "missing")
            criterion.seed = seed
        if isinstance(criterion, PredictionDistance):
            criterion.obey(*prediction)
        if criterion.column in [earlier.column for earlier in chain]:
            raise item.fault("code", "twice", value=criterion.code)
        chain.append(criterion)
    return tuple(chain)


def compared(
    chain: tuple[Criterion, ...], better: Facts, worse: Facts
) -> tuple[int, list[Any]] | None:
    """The first criterion that parts two rows: its index and ``[code, a, b]``."""
    for index, criterion in enumerate(chain):
        if criterion.key(better) != criterion.key(worse):
            values = criterion.shown(better), criterion.shown(worse)
            return index, [criterion.code, *values]
    return None
