"""
Numbers, days and spans as a Vietnamese office writes them.

Pure Python. Moments are aware datetimes already in the city's own zone; the template
filters convert them. A window that ends at midnight is printed as "24 giờ" of the day
before, because that is how the regulations announce it.
"""

from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

NBSP = "\N{NO-BREAK SPACE}"
WEEKDAYS = (
    "thứ Hai",
    "thứ Ba",
    "thứ Tư",
    "thứ Năm",
    "thứ Sáu",
    "thứ Bảy",
    "Chủ nhật",
)


def decimal_of(value, decimals: int) -> Decimal:
    """Round ``value`` (int, Decimal, Fraction or text such as "7/8") half up."""
    fraction = Fraction(str(value)) if isinstance(value, float) else Fraction(value)
    exact = Decimal(fraction.numerator) / Decimal(fraction.denominator)
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def number(value, decimals: int = 0) -> str:
    """``24676`` is "24.676", ``Fraction(27, 2)`` with one decimal is "13,5"."""
    text = f"{decimal_of(value, decimals):,f}"
    return text.translate(str.maketrans(",.", ".,"))


def percent(rate, decimals: int = 1) -> str:
    """A rate of 0.938 is "93,8 %"; the space does not break."""
    return f"{number(Fraction(str(rate)) * 100, decimals)}{NBSP}%"


def points(thousandths: int) -> str:
    """Points stored in thousandths: 15000 is "15", 13500 is "13,5"."""
    whole, rest = divmod(thousandths, 1000)
    if not rest:
        return number(whole)
    return number(Fraction(thousandths, 1000), 3).rstrip("0")


def money(dong: int) -> str:
    return f"{number(dong)}{NBSP}đ"


def clock(moment: datetime) -> str:
    return f"{moment:%H:%M:%S}"


def short_day(day: date) -> str:
    return f"{day.day}/{day.month}"


def full_day(day: date) -> str:
    return f"{short_day(day)}/{day.year}"


def weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def _unbroken(day: date) -> str:
    """The weekday with a space that does not break."""
    return weekday(day).replace(" ", NBSP)


def day(day: date) -> str:
    """ "thứ Năm 9/10/2025"."""
    return f"{_unbroken(day)}{NBSP}{full_day(day)}"


def moment(moment: datetime) -> str:
    """ "20:14:07, thứ Năm 9/10/2025"."""
    return f"{clock(moment)}, {day(moment.date())}"


def stamp(moment: datetime) -> str:
    """ "07:42:10 7/10", for tables."""
    return f"{clock(moment)} {short_day(moment.date())}"


def hour(at: time) -> str:
    """ "8 giờ", "8 giờ 30"."""
    return f"{at.hour} giờ" + (f" {at.minute:02d}" if at.minute else "")


def opening(moment: datetime) -> str:
    """ "8 giờ thứ Hai 13/10", "0 giờ thứ Hai 13/10"."""
    date_ = moment.date()
    return f"{hour(moment.time())} {_unbroken(date_)}{NBSP}{short_day(date_)}"


def last_day(closes: datetime) -> date:
    """The day a half-open window belongs to when it ends at ``closes``."""
    if closes.time() == time.min:
        return closes.date() - timedelta(days=1)
    return closes.date()


def closing(moment: datetime) -> str:
    """The end of a half-open window: midnight is "24 giờ Chủ nhật 12/10"."""
    date_ = last_day(moment)
    at = "24 giờ" if moment.time() == time.min else hour(moment.time())
    return f"{at} {_unbroken(date_)}{NBSP}{short_day(date_)}"


def span(opens: datetime, closes: datetime) -> str:
    """ "6/10 – 12/10" for the window ``opens <= t < closes``."""
    return f"{short_day(opens.date())} – {short_day(last_day(closes))}"


def minutes_seconds(milliseconds: int) -> str:
    """ "13:37", and "1:02:05" from an hour on."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}:{minutes:02d}:{seconds:02d}"
    return f"{minutes:02d}:{seconds:02d}"


def remaining(span: timedelta) -> str:
    """Two units at most: "3 ngày 4 giờ", "46 phút"; under a minute says so."""
    minutes = max(0, int(span.total_seconds())) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [f"{days} ngày"] if days else []
    if hours:
        parts.append(f"{hours} giờ")
    if minutes and not days:
        parts.append(f"{minutes} phút")
    return " ".join(parts) or "chưa đầy 1 phút"


def listed(words: list[str]) -> str:
    """ "câu 10, câu 11 và câu 15"; semicolons where a part has a comma of its own."""
    if len(words) < 2:
        return "".join(words)
    return f"{separator(words).join(words[:-1])} và {words[-1]}"


def separator(words: list[str]) -> str:
    return "; " if any("," in word for word in words) else ", "
