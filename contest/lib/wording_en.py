"""Numbers, days and spans in English; the same functions as ``wording_vi``."""

from datetime import date, datetime, time, timedelta
from fractions import Fraction

from contest.lib.wording_vi import (  # noqa: F401  the shapes both languages share
    NBSP,
    clock,
    decimal_of,
    last_day,
    minutes_seconds,
    separator,
)

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def number(value, decimals: int = 0) -> str:
    return f"{decimal_of(value, decimals):,f}"


def percent(rate, decimals: int = 1) -> str:
    return f"{number(Fraction(str(rate)) * 100, decimals)}%"


def points(thousandths: int) -> str:
    whole, rest = divmod(thousandths, 1000)
    if not rest:
        return number(whole)
    return number(Fraction(thousandths, 1000), 3).rstrip("0")


def money(dong: int) -> str:
    return f"{number(dong)}{NBSP}VND"


def short_day(day: date) -> str:
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]}"


def full_day(day: date) -> str:
    return f"{short_day(day)}{NBSP}{day.year}"


def weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def day(day: date) -> str:
    return f"{weekday(day)} {full_day(day)}"


def moment(moment: datetime) -> str:
    return f"{clock(moment)}, {day(moment.date())}"


def stamp(moment: datetime) -> str:
    """A moment in a table."""
    return f"{clock(moment)} {short_day(moment.date())}"


def hour(at: time) -> str:
    return f"{at:%H:%M}"


def opening(moment: datetime) -> str:
    date_ = moment.date()
    return f"{hour(moment.time())} on {weekday(date_)} {short_day(date_)}"


def closing(moment: datetime) -> str:
    if moment.time() != time.min:
        return opening(moment)
    date_ = last_day(moment)
    return f"midnight at the end of {weekday(date_)} {short_day(date_)}"


def span(opens: datetime, closes: datetime) -> str:
    return f"{short_day(opens.date())} – {short_day(last_day(closes))}"


def counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def remaining(span: timedelta) -> str:
    minutes = max(0, int(span.total_seconds())) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [counted(days, "day")] if days else []
    if hours:
        parts.append(counted(hours, "hour"))
    if minutes and not days:
        parts.append(counted(minutes, "minute"))
    return " ".join(parts) or "less than a minute"


def listed(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{separator(words).join(words[:-1])} and {words[-1]}"
