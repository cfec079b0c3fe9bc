"""Two editions of one contest: the items of each, and when this year's rounds are."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

Row = Mapping[str, str]
WEEK = timedelta(days=7)
# The open round has lasted so many days and goes on for so many more, at least.
DAYS_GONE, DAYS_LEFT = 2, 3
LISTED = ";"


@dataclass(frozen=True)
class Days:
    """A round's first day, and the first day after it."""

    opens_on: date
    closes_on: date


def halves(rows: Sequence[Row]) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """
    Part a bank's rows in two: each topic and difficulty turn by turn, in code order.

    ``not_with`` keeps only the codes of the same half, as the others can never meet.
    """
    cells: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row["id"]):
        cells[row["topic"], row["difficulty"]].append(row)
    sides: tuple[list[Row], list[Row]] = ([], [])
    for cell in cells.values():
        for place, row in enumerate(cell):
            sides[place % 2].append(row)
    return _among(sides[0]), _among(sides[1])


def _among(rows: Sequence[Row]) -> list[dict[str, str]]:
    codes = {row["id"] for row in rows}
    return [
        dict(row)
        | {
            "not_with": LISTED.join(
                code
                for code in row.get("not_with", "").split(LISTED)
                if code.strip() in codes
            )
        }
        for row in sorted(rows, key=lambda row: row["id"])
    ]


def rounds_around(today: date, count: int) -> list[Days]:
    """
    Return ``count`` rounds of which the second holds ``today``.

    Weeks from Monday to Sunday; near the weekend the open round begins earlier or ends
    later, so that people have taken part and still can. The first round ended before.
    """
    monday = today - timedelta(days=today.weekday())
    opens_on = min(monday, today - timedelta(days=DAYS_GONE))
    closes_on = max(monday + WEEK, today + timedelta(days=DAYS_LEFT))
    later = [
        Days(closes_on + n * WEEK, closes_on + (n + 1) * WEEK) for n in range(count - 2)
    ]
    rounds = [Days(monday - WEEK, opens_on), Days(opens_on, closes_on), *later]
    return rounds[:count]
