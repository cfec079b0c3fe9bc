import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats import FORMATS, format_for
from quizzes.formats.base import UnknownFormat

FILES = Path(__file__).parent.parent / "data" / "formats"


def parse(name):
    return FORMATS["csv"].parse((FILES / name).read_bytes())


def as_expected(item):
    """An item in the shape of ``expected.json``."""
    return {
        "id": item.code,
        "topic": item.topic,
        "difficulty": item.difficulty,
        "type": item.type,
        "stem": item.stem,
        "options": [
            {"text": option["text"], "correct": option["id"] in item.correct}
            for option in item.options
        ],
        "explanation": item.explanation,
        "source": item.source,
    }


def test_the_dozen_read_as_expected():
    expected = json.loads((FILES / "expected.json").read_text(encoding="utf-8"))
    for question in expected["questions"]:
        del question["carried_by"]

    parsed = parse("mau.csv")

    assert parsed.faults == ()
    assert [as_expected(item) for item in parsed.items] == expected["questions"]


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("bad-missing-correct.csv", "correct"),
        ("bad-correct-names-empty-option.csv", "correct"),
        ("bad-duplicate-option.csv", "option_c"),
        ("bad-unknown-type.csv", "type"),
        ("bad-too-many-columns.csv", ""),
        ("bad-too-few-columns.csv", ""),
    ],
)
def test_one_bad_row_is_told_and_the_others_are_read(name, column):
    parsed = parse(name)

    assert [item.code for item in parsed.items] == ["FMT-01", "FMT-12"]
    [fault] = parsed.faults
    assert (fault.row, fault.column) == (3, column)


def test_a_file_cut_in_the_middle_keeps_what_came_before():
    parsed = parse("bad-truncated.csv")

    assert [item.code for item in parsed.items] == ["FMT-01"]
    assert [fault.row for fault in parsed.faults] == [3]


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("bad-empty.csv", None),
        ("bad-encoding-utf16.csv", None),
        ("bad-encoding-windows1258.csv", 2),
        ("bad-missing-column.csv", 1),
        ("bad-semicolon-delimiter.csv", 1),
        ("bad-header-only.csv", None),
        ("mau.xlsx", None),
        ("bad-encoding-csv-renamed.xlsx", 2),
        ("bad-encoding-utf16-renamed.xlsx", None),
    ],
)
def test_a_file_that_is_no_table_of_items_is_refused_whole(name, row):
    parsed = parse(name)

    assert parsed.items == ()
    [fault] = parsed.faults
    assert fault.row == row


def test_a_code_given_twice_names_the_second_row():
    data = (FILES / "mau.csv").read_bytes()
    twice = data + data.split(b"\r\n")[1] + b"\r\n"

    parsed = FORMATS["csv"].parse(twice)

    assert [fault.column for fault in parsed.faults] == ["id"]


def test_pinned_options_and_items_kept_apart_are_read():
    data = (
        "id,topic,difficulty,type,stem,option_a,option_b,option_c,option_d,option_e,"
        "option_f,correct,explanation,source,not_with,pinned\n"
        "A-1,t,easy,single,S?,1,2,Tất cả,,,,C,,,A-2; A-3,c\n"
    )

    [item] = FORMATS["csv"].parse(data.encode()).items

    assert item.not_with == ("A-2", "A-3")
    assert item.options[2] == {"id": "c", "text": "Tất cả", "pinned": True}


def test_without_the_column_nothing_is_said_about_items_kept_apart():
    assert parse("mau.csv").items[0].not_with is None


def test_the_format_follows_the_ending_or_is_named():
    assert format_for("bank.CSV").code == "csv"
    assert format_for("bank.txt", "csv").code == "csv"
    with pytest.raises(UnknownFormat):
        format_for("bank.txt")
    with pytest.raises(UnknownFormat):
        format_for("bank.csv", "word")


CELLS = st.lists(st.text(max_size=12), min_size=14, max_size=14)


@given(st.lists(CELLS, max_size=3))
def test_whatever_stands_in_the_cells_is_an_item_or_a_fault(rows):
    head = (FILES / "mau.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    data = "\n".join([head, *(",".join(row) for row in rows)])

    parsed = FORMATS["csv"].parse(data.encode("utf-8", "surrogatepass"))

    assert parsed.items or parsed.faults
