"""
One row of attempts made on another platform, from text to values.

The columns are the contract of ``import_attempts``. Every cell is judged by itself
first; what a row says must then fit the round: its window, its papers, its units.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from quizzes.models import Audience, Contest
from quizzes.models.contests import LARGEST_PREDICTION

REQUIRED = (
    "person",
    "unit",
    "audience",
    "score",
    "correct",
    "prediction",
    "started_at",
    "submitted_at",
    "attempt_number",
)
OPTIONAL = ("birth_date", "registered_at", "name", "void")
LONGEST_NAME = 120
MOST_ATTEMPTS = 1_000_000
OLDEST = date(1900, 1, 1)
DECIMAL = re.compile(r"[0-9]{1,12}(\.[0-9]{1,9})?")
WHOLE = re.compile(r"[0-9]{1,12}")
MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})"
)
YES, NO = {"1", "true", "yes", "x", "có"}, {"", "0", "false", "no", "không"}
LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """A sound row; ``score`` in thousandths, ``unit`` the primary key or None."""

    line: int
    person: str
    audience: Audience
    unit: int | None
    score: int
    correct: int
    prediction: int | None
    started_at: datetime
    submitted_at: datetime
    number: int
    birth_date: date | None
    registered_at: datetime | None
    name: str
    is_void: bool

    @property
    def values(self):
        """What the attempt's own row stores of this."""
        return {
            "unit_id": self.unit,
            "score": self.score,
            "correct_count": self.correct,
            "prediction": self.prediction,
            "started_at": self.started_at,
            "submitted_at": self.submitted_at,
            "deadline": self.submitted_at,
            "accepts_until": self.submitted_at,
            "duration_ms": (self.submitted_at - self.started_at) // MILLISECOND,
            "day": self.started_at.astimezone(LOCAL).date(),
        }


class Spoiled(Exception):
    """A cell that cannot be taken: its column, what is wrong and what to do."""

    def __init__(self, column, message, remedy):
        self.column, self.message, self.remedy = column, message, remedy
        super().__init__(message)


class RowReader:
    """Reads rows for one round, against its papers and the units that are known."""

    def __init__(self, round, papers, units, reporting, *, now):
        """
        ``papers`` maps audience codes to specifications, ``units`` unit codes to
        primary keys; ``reporting`` holds the keys that report to a unit of the contest.
        """
        self.round = round
        self.papers = papers
        self.units = units
        self.reporting = reporting
        self.now = now

    def read(self, row):
        """The row as an ``AttemptRow``; raise ``Spoiled`` at the first bad cell."""
        spec = self.paper(row["audience"])
        started, submitted = self.window(row, spec)
        return AttemptRow(
            line=row.number,
            person=named(row["person"], "person"),
            audience=spec.audience,
            unit=self.unit(row["unit"], spec.audience),
            score=score(row["score"], spec),
            correct=whole(row["correct"], "correct", 0, spec.item_count),
            prediction=whole(row["prediction"], "prediction", 0, LARGEST_PREDICTION)
            if row["prediction"]
            else None,
            started_at=started,
            submitted_at=submitted,
            number=whole(row["attempt_number"], "attempt_number", 1, MOST_ATTEMPTS),
            birth_date=self.birth_date(row["birth_date"]),
            registered_at=moment(row["registered_at"], "registered_at")
            if row["registered_at"]
            else None,
            name=named(row["name"], "name") if row["name"] else "",
            is_void=flag(row["void"]),
        )

    def paper(self, code):
        if code in self.papers:
            return self.papers[code]
        raise Spoiled(
            "audience",
            _("%(round)s không có đề cho đối tượng “%(code)s”.")
            % {"round": self.round, "code": code[:40]},
            _("Dùng một trong các mã: %(codes)s.")
            % {"codes": ", ".join(sorted(self.papers))},
        )

    def unit(self, code, audience):
        if not code:
            if not audience.counts_for_unit:
                return None
            raise Spoiled(
                "unit",
                _("Thiếu mã đơn vị."),
                _("Đối tượng này tính cho đơn vị: ghi mã đơn vị của người dự thi."),
            )
        if code not in self.units:
            raise Spoiled(
                "unit",
                _("Không có đơn vị mã “%(code)s”.") % {"code": code[:60]},
                _("Sửa mã, hoặc nhập đơn vị trước bằng import_units."),
            )
        unit = self.units[code]
        if audience.counts_for_unit and unit not in self.reporting:
            raise Spoiled(
                "unit",
                _("Đơn vị “%(code)s” không thuộc đơn vị nào của hội thi.")
                % {"code": code[:60]},
                _("Sửa mã, hoặc thêm đơn vị vào khối của hội thi trước."),
            )
        return unit

    def window(self, row, spec):
        """Start and submission, both inside what the round allows."""
        started = moment(row["started_at"], "started_at")
        submitted = moment(row["submitted_at"], "submitted_at")
        opens, closes = self.round.opens_at, self.round.closes_at
        if not opens <= started < closes or started > self.now:
            raise Spoiled(
                "started_at",
                _("Bắt đầu ngoài thời gian của %(round)s, hoặc ở tương lai.")
                % {"round": self.round},
                _("Kiểm tra ngày giờ, múi giờ và số vòng."),
            )
        if submitted < started:
            raise Spoiled(
                "submitted_at",
                _("Nộp trước khi bắt đầu."),
                _("Kiểm tra hai cột started_at và submitted_at."),
            )
        if submitted > self.latest(started, spec) or submitted > self.now:
            raise Spoiled(
                "submitted_at",
                _("Nộp sau khi %(round)s đóng, hoặc ở tương lai.")
                % {"round": self.round},
                _("Kiểm tra ngày giờ và múi giờ; bài nộp muộn thì bỏ khỏi tệp."),
            )
        return started, submitted

    def latest(self, started, spec):
        """The last moment of submitting: the close, or the full time of a late
        start."""
        closes = self.round.closes_at
        if self.round.contest.late_start == Contest.LateStart.FULL and spec.minutes:
            return max(closes, started + timedelta(minutes=spec.minutes))
        return closes

    def birth_date(self, text):
        if not text:
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = None
        if day is None or not OLDEST <= day <= self.now.date():
            raise Spoiled(
                "birth_date",
                _("“%(text)s” không phải ngày sinh.") % {"text": text[:40]},
                _("Ghi theo dạng 1990-05-31."),
            )
        return day


def named(text, column):
    if text and len(text) <= LONGEST_NAME:
        return text
    raise Spoiled(
        column,
        _("Ô trống hoặc dài hơn %(most)d ký tự.") % {"most": LONGEST_NAME},
        _("Ghi tên hoặc mã ngắn hơn, duy nhất cho mỗi người trong hội thi."),
    )


def score(text, spec):
    """Points as thousandths, at most the paper's full marks."""
    points = Decimal(text) * 1000 if DECIMAL.fullmatch(text) else None
    if points is None or points != points.to_integral_value():
        raise Spoiled(
            "score",
            _("“%(text)s” không phải số điểm.") % {"text": text[:40]},
            _("Ghi số không âm, dấu chấm thập phân, tối đa ba chữ số lẻ: 13.5."),
        )
    if points > spec.max_score:
        raise Spoiled(
            "score",
            _("Điểm cao hơn điểm tối đa %(most)s của đề.")
            % {"most": f"{Decimal(spec.max_score) / 1000:f}"},
            _("Kiểm tra điểm, hoặc số câu và điểm mỗi câu của đề."),
        )
    return int(points)


def whole(text, column, least, most):
    value = int(text) if WHOLE.fullmatch(text) else None
    if value is not None and least <= value <= most:
        return value
    raise Spoiled(
        column,
        _("“%(text)s” không phải số nguyên từ %(least)d đến %(most)d.")
        % {"text": text[:40], "least": least, "most": most},
        _("Ghi bằng chữ số, không dấu cách, không dấu chấm."),
    )


def moment(text, column):
    """An ISO moment with its offset, in UTC."""
    try:
        found = datetime.fromisoformat(text) if MOMENT.fullmatch(text) else None
        if found is not None:
            return found.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise Spoiled(
        column,
        _("“%(text)s” không phải thời điểm có múi giờ.") % {"text": text[:40]},
        _("Ghi theo dạng 2025-10-01T08:30:00+07:00."),
    )


def flag(text):
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    raise Spoiled(
        "void",
        _("“%(text)s” không rõ là huỷ hay không.") % {"text": text[:40]},
        _("Ghi 1 nếu bài đã bị huỷ, để trống nếu không."),
    )
