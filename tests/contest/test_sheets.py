import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.lib.faults import Fault, lines_of
from contest.lib.sheets import Limits, neutral, read_csv, write_csv

AB = ("a", "b")


def values(data, **options):
    sheet = read_csv(data, required=AB, **options)
    assert sheet.faults == ()
    return [row.values for row in sheet.rows]


def the_fault(data, **options):
    sheet = read_csv(data, required=AB, **options)
    assert len(sheet.faults) == 1
    return sheet.faults[0]


def test_a_byte_order_mark_and_decomposed_letters_are_made_one_form():
    data = "\ufeffa,b\r\nHuê\u0301,2\r\n".encode()

    assert values(data) == [{"a": "Huế", "b": "2"}]


def test_rows_are_numbered_by_the_line_they_start_on():
    data = b'a,b\n"one\ntwo",2\n\n3,4\n'

    rows = read_csv(data, required=AB).rows

    assert [row.number for row in rows] == [2, 5]
    assert rows[0]["a"] == "one\ntwo"


def test_an_absent_optional_column_reads_as_empty_text():
    assert values(b"a,b\n1,2\n", optional=("c",)) == [{"a": "1", "b": "2", "c": ""}]


def test_empty_rows_and_empty_cells_at_the_end_are_passed_over():
    assert values(b"a,b,\n1,2,,\n , \n") == [{"a": "1", "b": "2"}]


@pytest.mark.parametrize(
    ("data", "row", "word"),
    [
        (b"", None, "rỗng"),
        (b"PK\x03\x04rest", None, "Excel"),
        ("a,b\n1,2\n".encode("utf-16"), None, "UTF-16"),
        ("a,b\n1,2\nô,\xf4\n".encode("windows-1252"), 3, "UTF-8"),
        (b"a,b\n1,\x002\n", 2, "NUL"),
        (b"a;b\n1;2\n", 1, "dấu phẩy"),
        (b"a\tb\n1\t2\n", 1, "dấu phẩy"),
        (b"a,c\n1,2\n", 1, "Thiếu cột b"),
        (b"a,b,c\n1,2,3\n", 1, "c"),
        (b"a,b,b\n1,2,3\n", 1, "b"),
    ],
)
def test_a_file_at_fault_is_one_fault_and_no_row(data, row, word):
    sheet = read_csv(data, required=AB)

    assert sheet.rows == ()
    [fault] = sheet.faults
    assert fault.row == row
    assert word in fault.message
    assert fault.remedy


@pytest.mark.parametrize(
    ("data", "row", "column"),
    [
        (b"a,b\n1,2,3\n", 2, ""),
        (b"a,b\n1\n", 2, ""),
        (b'a,b\n1,"2\n', 2, ""),
        (b"a,b\n1,\x072\n", 2, "b"),
        ("a,b\n1,\u202e2\n".encode(), 2, "b"),
    ],
)
def test_a_row_at_fault_names_its_row_and_column(data, row, column):
    fault = the_fault(data)

    assert (fault.row, fault.column) == (row, column)


def test_a_row_at_fault_leaves_the_others_and_every_fault_is_told():
    sheet = read_csv(b"a,b\n1\n3,4\n5\n", required=AB)

    assert [row["a"] for row in sheet.rows] == ["3"]
    assert [fault.row for fault in sheet.faults] == [2, 4]


@pytest.mark.parametrize(
    ("limits", "word"),
    [
        (Limits(size=8), "MB"),
        (Limits(rows=1), "hơn 1 dòng"),
        (Limits(columns=1), "a, b"),
        (Limits(cell=1), "quá dài"),
    ],
)
def test_each_limit_holds(limits, word):
    assert word in the_fault(b"a,b\n1,2\n33,4\n", limits=limits).message


def test_a_cell_longer_than_the_csv_module_reads_is_a_fault():
    assert the_fault(b"a,b\n1," + b"x" * 200_000 + b"\n").row == 2


@pytest.mark.parametrize(
    "text", ["=1+1", "+84", "-5", "@x", "'=1+1", "plain", "'quoted'"]
)
def test_what_is_written_safely_is_read_back_as_it_was(text):
    data = write_csv(AB, [[text, 7]])

    assert values(data) == [{"a": text, "b": "7"}]


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@SUM(A1)", "\tx", "'=1"])
def test_text_that_a_spreadsheet_would_run_is_written_with_an_apostrophe(text):
    assert neutral(text) == f"'{text}"


def test_numbers_and_plain_text_are_written_as_they_are():
    assert [neutral(-5), neutral("ô-1"), neutral(None)] == [-5, "ô-1", None]


def test_a_fault_in_words_is_one_line_with_place_message_and_remedy():
    assert str(Fault("Sai.", "Sửa.", row=3, column="b")) == "Dòng 3, cột b: Sai. Sửa."
    assert str(Fault("Sai.", "Sửa.")) == "Cả tệp: Sai. Sửa."


def test_beyond_the_most_shown_the_rest_is_counted():
    lines = lines_of([Fault("Sai.", "Sửa.", row=n) for n in range(5)], most=3)

    assert len(lines) == 4
    assert "2" in lines[-1]


@given(st.binary(max_size=300))
def test_no_bytes_bring_down_the_reading(data):
    sheet = read_csv(data, required=AB)

    assert sheet.rows or sheet.faults or data.strip() in (b"a,b", b"b,a")


@given(
    st.lists(
        st.lists(
            st.text(
                st.characters(exclude_categories=["Cs", "Cc", "Cf"], codec="utf-8")
            ).map(str.strip),
            min_size=2,
            max_size=2,
        ),
        max_size=5,
    )
)
def test_every_table_of_plain_text_survives_writing_and_reading(rows):
    told = [row for row in rows if any(cell.strip() for cell in row)]

    sheet = read_csv(write_csv(AB, rows), required=AB)

    expected = [[unicodedata.normalize("NFC", cell) for cell in row] for row in told]
    assert [[row["a"], row["b"]] for row in sheet.rows] == expected
