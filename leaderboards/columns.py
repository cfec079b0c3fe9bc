"""Which facts a standings table shows, and how each is written."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from contest.lib.templatetags import wording


@dataclass(frozen=True)
class Column:
    """A column of a table: the fact it reads, its heading, its way of writing."""

    fact: str
    label: str
    kind: str = "number"


@dataclass(frozen=True)
class Cell:
    label: str
    text: str
    is_on_phones: bool


# A card on a phone carries three figures, the last of the chain.
MOST_ON_PHONES = 3
POINTS = Column("score", _("Điểm"), "points")
CORRECT = Column("correct", _("Câu đúng"))
OF_CRITERION = {
    "prediction_distance": (
        Column("prediction", _("Dự đoán")),
        Column("prediction_distance", _("Lệch")),
    ),
    "duration": (Column("duration_ms", _("Thời gian"), "minutes_seconds"),),
    "total_duration": (
        Column("total_duration", _("Tổng thời gian"), "minutes_seconds"),
    ),
    "submitted_at": (Column("submitted_at", _("Nộp lúc"), "stamp"),),
    "started_at": (Column("started_at", _("Bắt đầu"), "stamp"),),
    "registered_at": (Column("registered_at", _("Đăng ký lúc"), "stamp"),),
    "attempts_used": (Column("attempts_used", _("Số lượt")),),
    "times_at_full": (Column("times_at_full", _("Lần đạt tối đa")),),
    "rounds_taken_part": (Column("rounds_taken_part", _("Số vòng")),),
    "correct": (CORRECT,),
    "score": (POINTS,),
}
WRITERS = {
    "number": wording.number,
    "points": wording.points,
    "minutes_seconds": wording.minutes_seconds,
    "stamp": wording.stamp,
}


def columns_of(ranking):
    """The columns of a ranking's table: points first, then its chain in order."""
    columns = [POINTS]
    for criterion in ranking.rule["criteria"]:
        for column in OF_CRITERION.get(criterion["code"], ()):
            if column not in columns:
                columns.append(column)
    return columns


def cells_of(row, columns):
    """The cells of a standing, written in the active language; absent is a dash."""
    on_phones = columns[-MOST_ON_PHONES:]
    return [
        Cell(
            column.label,
            written(column, row.facts.get(column.fact)),
            column in on_phones,
        )
        for column in columns
    ]


def written(column, value):
    return "–" if value is None else WRITERS[column.kind](value)
