"""Moments and days as the integers that tallies work with."""

from datetime import date, datetime


def milliseconds(moment: datetime) -> int:
    """Epoch milliseconds, floored from the stored microseconds."""
    seconds, rest = int(moment.timestamp() // 1), moment.microsecond
    return seconds * 1000 + rest // 1000


def yyyymmdd(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
