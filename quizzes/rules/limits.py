"""How many attempts an entrant has: n per day, round or contest; extra ones add."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

PERIODS = ("day", "round", "contest")


@dataclass(frozen=True)
class Left:
    """What remains of one limit: ``n`` allowed (extra ones included), ``left`` now."""

    n: int
    per: str
    left: int


def remaining(
    limits: Sequence[Mapping[str, Any]], *, used: Mapping[str, int], extra: int = 0
) -> list[Left]:
    """
    Return what is left of each limit ``{"n", "per"}``; an empty list is no limit.

    ``used`` counts attempts per period; ``extra`` attempts were granted and widen every
    limit, because an attempt granted must be possible whatever limit stood in its way.
    """
    return [
        Left(n, limit["per"], max(0, n - used[limit["per"]]))
        for limit in limits
        for n in [limit["n"] + extra]
    ]


def reached(
    limits: Sequence[Mapping[str, Any]], *, used: Mapping[str, int], extra: int = 0
) -> Left | None:
    """Return the first limit that forbids another attempt, or None."""
    for limit in remaining(limits, used=used, extra=extra):
        if not limit.left:
            return limit
    return None


def problems(limits: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return codes of what is wrong with a list of limits as it is configured."""
    found = [
        "bad_limit"
        for limit in limits
        if limit.get("per") not in PERIODS
        or type(limit.get("n")) is not int
        or limit["n"] < 1
    ]
    periods = [limit.get("per") for limit in limits]
    if len(set(periods)) < len(periods):
        found.append("limit_twice")
    return found
