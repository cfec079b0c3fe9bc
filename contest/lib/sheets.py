"""
Tables in and out of files: bounded CSV reading, CSV that a spreadsheet may open.

Reading never guesses: a file is UTF-8 (with or without a byte order mark), separated
by commas (RFC 4180). Anything else is a fault that says how to save the file again.
Text arrives in Unicode NFC, trimmed, with line breaks as LF.
"""

import csv
import io
import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from contest.lib.faults import Fault

ZIP = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
FORMULA = re.compile(r"'*[=+\-@\t\r]")
NEUTRALISED = re.compile(r"'+[=+\-@]")
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
CSV_UTF8 = "CSV UTF-8"


@dataclass(frozen=True)
class Limits:
    """How much of a file is read: bytes in all, records, columns, characters a cell."""

    size: int = 10 * 1024 * 1024
    rows: int = 200_000
    columns: int = 64
    cell: int = 20_000


@dataclass(frozen=True)
class Row:
    """One record: ``number`` is the line it starts on, ``values`` its cells by name."""

    number: int
    values: dict

    def __getitem__(self, column):
        return self.values[column]

    def fault(self, column, message, remedy):
        return Fault(message, remedy, row=self.number, column=column)


@dataclass(frozen=True)
class Sheet:
    """What was read: the sound rows and every fault; no row from a file at fault."""

    rows: tuple = ()
    faults: tuple = ()
    columns: tuple = ()


class _Unreadable(Exception):
    """The whole file is at fault; carries that one fault."""

    def __init__(self, message, remedy, row=None):
        self.fault = Fault(message, remedy, row=row)
        super().__init__(message)


def read_csv(data: bytes, *, required, optional=(), limits=Limits()) -> Sheet:
    """
    The rows of ``data`` with the columns ``required`` and ``optional``.

    Absent optional columns read as empty text; unknown columns are faults. Rows with
    only empty cells are passed over.
    """
    try:
        text = decode(data, limits)
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        columns = _header(reader, required, optional, limits)
    except _Unreadable as unreadable:
        return Sheet(faults=(unreadable.fault,))
    rows, faults = [], []
    for found in _records(reader, columns, limits):
        (faults if isinstance(found, Fault) else rows).append(found)
    defaults = dict.fromkeys(optional, "")
    return Sheet(
        rows=tuple(Row(row.number, defaults | row.values) for row in rows),
        faults=tuple(faults),
        columns=tuple(columns),
    )


def decode(data: bytes, limits=Limits()) -> str:
    """``data`` as NFC text; ``_Unreadable`` if it is not bounded UTF-8 text."""
    if len(data) > limits.size:
        raise _Unreadable(
            _("Tệp lớn hơn %(size)d MB.") % {"size": limits.size // (1024 * 1024)},
            _("Hãy chia thành nhiều tệp nhỏ hơn."),
        )
    if data.startswith((ZIP, OLD_EXCEL)):
        raise _Unreadable(
            _("Đây là tệp Excel, không phải tệp CSV."),
            _("Mở bằng Excel rồi lưu lại dưới dạng %(kind)s.") % {"kind": CSV_UTF8},
        )
    if data.startswith(UTF16):
        raise _Unreadable(
            _("Tệp dùng bảng mã UTF-16, không phải UTF-8."),
            _("Lưu lại tệp dưới dạng %(kind)s.") % {"kind": CSV_UTF8},
        )
    if b"\0" in data:
        raise _Unreadable(
            _("Tệp có ký tự NUL, không phải văn bản."),
            _("Lưu lại tệp dưới dạng %(kind)s.") % {"kind": CSV_UTF8},
            row=data[: data.index(b"\0")].count(b"\n") + 1,
        )
    return unicodedata.normalize("NFC", _utf8(data))


def _utf8(data):
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Unreadable(
            _("Có byte không đúng bảng mã UTF-8 (tệp có thể dùng Windows-1258, VNI)."),
            _("Lưu lại tệp dưới dạng %(kind)s.") % {"kind": CSV_UTF8},
            row=data[: error.start].count(b"\n") + 1,
        ) from error


def _header(reader, required, optional, limits):
    """The column names of the first record; ``_Unreadable`` unless all is as asked."""
    try:
        names = [name.strip() for name in next(reader, [])]
    except csv.Error:
        names = []
    while names and not names[-1]:
        names.pop()
    if not names:
        raise _Unreadable(
            _("Tệp rỗng."),
            _("Dòng đầu phải là tên các cột: %(names)s.")
            % {"names": ", ".join(required)},
        )
    _refuse_missing(names, required)
    _refuse_unknown(names, [*required, *optional], limits)
    return names


def _refuse_missing(names, required):
    missing = [name for name in required if name not in names]
    if missing and len(names) == 1 and re.search(r"[;\t]", names[0]):
        raise _Unreadable(
            _("Không tìm thấy các cột bắt buộc: cột không cách bằng dấu phẩy."),
            _("Lưu lại tệp dưới dạng %(kind)s, cách cột bằng dấu phẩy.")
            % {"kind": CSV_UTF8},
            row=1,
        )
    if missing:
        raise _Unreadable(
            _("Thiếu cột %(names)s.") % {"names": ", ".join(missing)},
            _("Thêm cột còn thiếu vào dòng tiêu đề."),
            row=1,
        )


def _refuse_unknown(names, known, limits):
    unknown = [name for name in names if name not in known]
    twice = [name for name in names if names.count(name) > 1]
    if unknown or twice or len(names) > limits.columns:
        raise _Unreadable(
            _("Có cột lạ hoặc trùng tên: %(names)s.")
            % {"names": ", ".join(unknown or twice or names)[:200]},
            _("Bỏ cột đó; các cột được dùng: %(names)s.") % {"names": ", ".join(known)},
            row=1,
        )


def _records(reader, columns, limits):
    """Each record as a ``Row`` or as the ``Fault`` that spoils it."""
    count = 0
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Fault(
                _("Dấu ngoặc kép mở mà không đóng, hoặc đặt sai chỗ."),
                _("Kiểm tra dấu ngoặc kép từ dòng này; phần sau chưa đọc được."),
                row=start,
            )
            return
        count += any(cell.strip() for cell in cells)
        if count > limits.rows:
            yield Fault(
                _("Tệp có hơn %(rows)d dòng.") % {"rows": limits.rows},
                _("Hãy chia thành nhiều tệp nhỏ hơn."),
                row=start,
            )
            return
        if any(cell.strip() for cell in cells):
            yield _record(start, cells, columns, limits)


def _record(start, cells, columns, limits):
    while len(cells) > len(columns) and not cells[-1].strip():
        cells.pop()
    if len(cells) != len(columns):
        counts = {"cells": len(cells), "columns": len(columns)}
        return Fault(
            _("Dòng có %(cells)d ô, tiêu đề có %(columns)d cột.") % counts,
            _("Ô có dấu phẩy phải đặt trong ngoặc kép; thêm hoặc bỏ ô cho đủ."),
            row=start,
        )
    values = {name: _clean(cell) for name, cell in zip(columns, cells, strict=True)}
    for name, value in values.items():
        if len(value) > limits.cell or CONTROL.search(value):
            return Fault(
                _("Ô quá dài (trên %(cell)d ký tự) hoặc có ký tự điều khiển.")
                % {"cell": limits.cell},
                _("Gõ lại nội dung của ô."),
                row=start,
                column=name,
            )
    return Row(start, values)


def _clean(cell):
    cell = cell.replace("\r\n", "\n").replace("\r", "\n").strip()
    return cell[1:] if NEUTRALISED.match(cell) else cell


def write_csv(columns, rows) -> bytes:
    """
    ``rows`` (sequences of text, numbers or None) under ``columns`` as CSV for Excel.

    Text that a spreadsheet would run as a formula gets an apostrophe in front, which
    ``read_csv`` takes away again. UTF-8 with a byte order mark, lines end in CRLF.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def neutral(cell):
    """``cell``, with an apostrophe in front if a spreadsheet would run it."""
    if isinstance(cell, str) and FORMULA.match(cell):
        return f"'{cell}"
    return cell
