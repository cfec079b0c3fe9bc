"""
CSV, one item a row.

Columns: ``id, topic, difficulty, type, stem, option_a ... option_f, correct,
explanation, source`` and optionally ``option_g ... option_j``, ``not_with`` (codes of
items that must not share a paper with this one) and ``pinned`` (letters of options
that stay in their place when options are shuffled). Lists are separated by ``;``.
"""

from django.utils.translation import gettext as _

from contest.lib.faults import Fault
from contest.lib.sheets import Limits, read_csv
from quizzes.formats.base import Format, Parsed, ParsedItem, register
from quizzes.formats.checks import LETTERS, wrongs

REQUIRED = (
    "id",
    "topic",
    "difficulty",
    "type",
    "stem",
    *(f"option_{letter}" for letter in LETTERS[:6]),
    "correct",
    "explanation",
    "source",
)
OPTIONAL = (*(f"option_{letter}" for letter in LETTERS[6:]), "not_with", "pinned")
LIMITS = Limits(rows=20_000, cell=8_000)


@register
class Csv(Format):
    code = "csv"
    suffixes = (".csv",)

    def parse(self, data: bytes) -> Parsed:
        sheet = read_csv(data, required=REQUIRED, optional=OPTIONAL, limits=LIMITS)
        items, faults, seen = [], list(sheet.faults), set()
        if not sheet.rows and not faults:
            faults.append(
                Fault(_("Tệp không có câu hỏi nào."), _("Thêm mỗi câu hỏi một dòng."))
            )
        for row in sheet.rows:
            item = _item(row, has_not_with="not_with" in sheet.columns)
            found = [row.fault(*wrong) for wrong in wrongs(item)]
            if item.code in seen:
                found.append(
                    row.fault(
                        "id",
                        _("Mã “%(code)s” đã có ở dòng trước.") % {"code": item.code},
                        _("Mỗi câu hỏi một mã; đổi mã hoặc bỏ một dòng."),
                    )
                )
            seen.add(item.code)
            faults.extend(found)
            if not found:
                items.append(item)
        return Parsed(tuple(items), tuple(sorted(faults, key=lambda f: f.row or 0)))


def _item(row, *, has_not_with):
    texts = [row[f"option_{letter}"] for letter in LETTERS]
    while texts and not texts[-1]:
        texts.pop()
    pinned = _list(row["pinned"].lower())
    options = []
    for letter, text in zip(LETTERS, texts, strict=False):
        option = {"id": letter, "text": text}
        options.append(option | {"pinned": True} if letter in pinned else option)
    return ParsedItem(
        code=row["id"],
        topic=row["topic"],
        difficulty=row["difficulty"],
        type=row["type"],
        stem=row["stem"],
        options=tuple(options),
        correct=_list(row["correct"].lower()),
        explanation=row["explanation"],
        source=row["source"],
        not_with=_list(row["not_with"]) if has_not_with else None,
        row=row.number,
    )


def _list(cell):
    return tuple(part.strip() for part in cell.split(";") if part.strip())
