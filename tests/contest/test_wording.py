from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from contest.lib import wording_en, wording_vi

NBSP = wording_vi.NBSP


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (24676, 0, "24.676"),
        (0, 0, "0"),
        (-1234, 0, "-1.234"),
        (Fraction(27, 2), 1, "13,5"),
        ("7/8", 2, "0,88"),
        (0.1, 1, "0,1"),
        (Fraction(1, 3), 2, "0,33"),
        (1234567, 0, "1.234.567"),
    ],
)
def test_numbers_use_a_point_for_thousands_and_a_comma_for_decimals(
    value, decimals, text
):
    assert wording_vi.number(value, decimals) == text


def test_rates_are_percentages_with_a_space_that_does_not_break():
    assert wording_vi.percent("469/500") == f"93,8{NBSP}%"
    assert wording_vi.percent(Fraction(1)) == f"100,0{NBSP}%"


@pytest.mark.parametrize(
    ("thousandths", "text"), [(15000, "15"), (13500, "13,5"), (667, "0,667"), (0, "0")]
)
def test_points_in_thousandths_drop_empty_decimals(thousandths, text):
    assert wording_vi.points(thousandths) == text


def test_days_carry_their_weekday():
    assert wording_vi.day(date(2025, 10, 9)) == f"thứ{NBSP}Năm{NBSP}9/10/2025"
    assert wording_vi.day(date(2025, 10, 12)) == f"Chủ{NBSP}nhật{NBSP}12/10/2025"


def test_a_window_that_ends_at_midnight_belongs_to_the_day_before():
    opens, closes = (
        datetime(2025, 10, 6, tzinfo=UTC),
        datetime(2025, 10, 13, tzinfo=UTC),
    )

    assert wording_vi.closing(closes) == f"24 giờ Chủ{NBSP}nhật{NBSP}12/10"
    assert wording_vi.opening(closes) == f"0 giờ thứ{NBSP}Hai{NBSP}13/10"
    assert wording_vi.span(opens, closes) == "6/10 – 12/10"


def test_a_window_that_ends_in_the_day_says_its_hour():
    assert wording_vi.closing(datetime(2025, 10, 12, 17, 30, tzinfo=UTC)) == (
        f"17 giờ 30 Chủ{NBSP}nhật{NBSP}12/10"
    )


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(days=3, hours=3, minutes=46), "3 ngày 3 giờ"),
        (timedelta(hours=3, minutes=46), "3 giờ 46 phút"),
        (timedelta(minutes=46), "46 phút"),
        (timedelta(seconds=59), "chưa đầy 1 phút"),
        (timedelta(seconds=-1), "chưa đầy 1 phút"),
    ],
)
def test_what_remains_is_told_in_two_units_at_most(span, text):
    assert wording_vi.remaining(span) == text


def test_durations_are_minutes_and_seconds():
    assert wording_vi.minutes_seconds(817_000) == "13:37"
    assert wording_vi.minutes_seconds(3_725_999) == "1:02:05"


def test_lists_end_with_and():
    assert (
        wording_vi.listed(["câu 10", "câu 11", "câu 15"]) == "câu 10, câu 11 và câu 15"
    )
    blocs = ["Khối sở, ban, ngành", "Khối khác", "Khối xã"]
    assert wording_vi.listed(blocs) == "Khối sở, ban, ngành; Khối khác và Khối xã"
    assert wording_vi.listed(["câu 10"]) == "câu 10"
    assert wording_vi.listed([]) == ""


def test_both_languages_offer_the_same_functions():
    def functions(module):
        return {
            name for name, it in vars(module).items() if callable(it) and name[0] != "_"
        }

    shared = functions(wording_vi) - {"date", "datetime", "time", "timedelta"}
    assert shared - functions(wording_en) <= {"Decimal"}


def test_english_says_the_same_moments():
    assert wording_en.number(24676) == "24,676"
    assert wording_en.closing(datetime(2025, 10, 13, tzinfo=UTC)) == (
        f"midnight at the end of Sun 12{NBSP}Oct"
    )
    assert wording_en.remaining(timedelta(days=1, hours=2)) == "1 day 2 hours"
