"""Moments, amounts and shares as the rules text writes them, in the active language."""

from datetime import datetime, time
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contest.lib.templatetags.wording import words
from contest.lib.wording_vi import NBSP, last_day

__all__ = ["exact", "listed", "money", "number", "period", "points", "share"]


def moments_of(text):
    """A moment of the document in the portal's own time zone."""
    return timezone.localtime(datetime.fromisoformat(text))


def period(opens, closes):
    """
    ``từ 0 giờ thứ Hai 29/9/2025 đến 24 giờ Chủ nhật 05/10/2025``.

    The window is half-open: a close at midnight is 24 giờ of the day before.
    """
    opens, closes = moments_of(opens), moments_of(closes)
    return _("từ %(opens)s đến %(closes)s") % {
        "opens": _point(opens, opens.date(), _hour(opens.time())),
        "closes": _point(
            closes,
            last_day(closes),
            _hour(closes.time()) if closes.time() != time.min else _("24 giờ"),
        ),
    }


def _point(at, day, hour):
    seconds = f":{at.second:02d}" if at.second else ""
    return f"{hour}{seconds} {words().weekday(day)}{NBSP}{_date(day)}"


def _hour(at):
    """``8 giờ 30`` in Vietnamese, ``8:30`` in English."""
    say = getattr(words(), "hour", None)
    return say(at) if say else f"{at.hour}:{at.minute:02d}"


def _date(day):
    """Administrative style: two digits for days below 10 and for January, February."""
    if (get_language() or "vi").startswith("en"):
        return words().full_day(day)
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def share(value):
    """A share such as ``"1/2"`` as percent: 50 %."""
    fraction = Fraction(value) * 100
    whole = fraction.denominator == 1
    return words().percent(Fraction(value), 0 if whole else 2)


def exact(value):
    """An exact number of a rule (``"40"``, ``"1/3"``) as people write it."""
    fraction = Fraction(value)
    if fraction.denominator == 1:
        return words().number(fraction)
    thousandths = fraction * 1000
    if thousandths.denominator == 1:
        return words().points(int(thousandths))
    return f"{fraction.numerator}/{fraction.denominator}"


def number(value):
    return words().number(value)


def points(thousandths):
    return words().points(thousandths)


def money(dong):
    return words().money(dong)


def listed(items):
    return words().listed([str(item) for item in items])
