"""
Faults: what is wrong in a file, where, and what to do about it.

An import collects every fault it finds instead of stopping at the first, so that a
clerk mends a file once. A fault in words is one line.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.lib.refusals import Refused

MOST_SHOWN = 100


@dataclass(frozen=True)
class Fault:
    """
    One thing wrong in a file.

    ``row`` is the line on which the record starts, counted from 1 with the header as
    line 1, or None where the whole file is at fault. ``column`` is a column's name or
    a JSON path, or empty.
    """

    message: str
    remedy: str
    row: int | None = None
    column: str = ""

    def __str__(self):
        return f"{self.place}: {self.message} {self.remedy}"

    @property
    def place(self) -> str:
        """Where the fault is, in words: file, row, column or path."""
        if self.row is None:
            return self.column or _("Cả tệp")
        if not self.column:
            return _("Dòng %(row)d") % {"row": self.row}
        return _("Dòng %(row)d, cột %(column)s") % {
            "row": self.row,
            "column": self.column,
        }

    def as_dict(self) -> dict:
        """``{row, column, message, remedy}``, as ``--json`` prints it."""
        return {
            "row": self.row,
            "column": self.column,
            "message": self.message,
            "remedy": self.remedy,
        }


class Faulty(Refused):
    """A file with faults was refused whole; ``faults`` says each of them."""

    code = "faulty_file"
    sentence = gettext_lazy("Tệp có %(count)d lỗi nên chưa có gì được ghi.")

    def __init__(self, faults):
        self.faults = list(faults)
        super().__init__(count=len(self.faults))


def lines_of(faults, most=MOST_SHOWN) -> list[str]:
    """The first ``most`` faults as lines, then one line that counts the others."""
    shown = [str(fault) for fault in faults[:most]]
    if len(faults) > most:
        rest = {"count": len(faults) - most}
        shown.append(
            _("Còn %(count)d lỗi nữa; sửa các lỗi trên rồi nhập lại để xem tiếp.")
            % rest
        )
    return shown
