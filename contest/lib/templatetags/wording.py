"""Template filters for numbers, days and legal references, in the page's language."""

import re
from datetime import UTC, date, datetime

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from contest.lib import wording_en, wording_vi

register = template.Library()
LEGAL_NUMBER = re.compile(r"\d+(?:/\d{4})?/[A-ZĐ][A-ZĐ0-9]*(?:-[A-ZĐ0-9]+)*")


def words():
    """The wording module of the active language."""
    return wording_en if (get_language() or "vi").startswith("en") else wording_vi


def numeric(name):
    """A filter that formats a value and leaves an absent one empty."""

    def render(value, decimals=None):
        if value is None or value == "":
            return ""
        arguments = () if decimals is None else (decimals,)
        return getattr(words(), name)(value, *arguments)

    return register.filter(name, render)


def temporal(name):
    """A filter that formats a moment in the city's zone."""

    def render(value):
        return getattr(words(), name)(_local(value)) if value else ""

    return register.filter(name, render)


number = numeric("number")
percent = numeric("percent")
points = numeric("points")
money = numeric("money")
minutes_seconds = numeric("minutes_seconds")
listed = numeric("listed")
clock = temporal("clock")
moment = temporal("moment")
stamp = temporal("stamp")
opening = temporal("opening")
closing = temporal("closing")


@register.filter
def day(value):
    """A moment or a date as "thứ Năm 9/10/2025"."""
    return words().day(_date_of(value)) if value else ""


@register.filter
def full_day(value):
    """A moment or a date as "9/10/2025"."""
    return words().full_day(_date_of(value)) if value else ""


@register.filter
def short_day(value):
    """A moment or a date as "9/10"."""
    return words().short_day(_date_of(value)) if value else ""


def _date_of(value):
    is_date = isinstance(value, date) and not isinstance(value, datetime)
    return value if is_date else _local(value).date()


def _local(value):
    """An aware moment, or epoch milliseconds as facts carry them, in local time."""
    if isinstance(value, int):
        value = datetime.fromtimestamp(value / 1000, UTC)
    return timezone.localtime(value)


@register.filter
def until(end, now):
    """How long from ``now`` to ``end``: "3 ngày 4 giờ"."""
    return words().remaining(end - now)


@register.simple_tag
def window(opens_at, closes_at):
    """The days of a half-open window: "6/10 – 12/10"."""
    return words().span(timezone.localtime(opens_at), timezone.localtime(closes_at))


@register.filter
def legal(text):
    """Keep legal numbers such as "118/2025/NĐ-CP" on one line; escapes the text."""
    kept = LEGAL_NUMBER.sub(
        r'<span class="nowrap">\g<0></span>', conditional_escape(text)
    )
    return mark_safe(kept)  # noqa: S308  the text was escaped above
