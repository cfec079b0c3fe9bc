"""
The values that tallies compare, in the words of the active language.

A column is what a criterion or a scheme's comparison is called in ``reasons``; moments
are epoch milliseconds, durations milliseconds, points thousandths, fractions texts.
"""

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.lib.templatetags import wording

LABELS = {
    "score": gettext_lazy("điểm"),
    "correct": gettext_lazy("số câu đúng"),
    "prediction_distance": gettext_lazy("dự đoán lệch"),
    "duration_ms": gettext_lazy("thời gian làm bài"),
    "total_duration": gettext_lazy("tổng thời gian làm bài"),
    "submitted_at": gettext_lazy("nộp bài lúc"),
    "started_at": gettext_lazy("bắt đầu lúc"),
    "registered_at": gettext_lazy("đăng ký lúc"),
    "attempts_used": gettext_lazy("số lượt đã thi"),
    "times_at_full": gettext_lazy("số lần đạt điểm tối đa"),
    "rounds_taken_part": gettext_lazy("số vòng tham gia"),
    "birth": gettext_lazy("tuổi"),
    "lot": gettext_lazy("số thăm"),
    "external": gettext_lazy("điểm chấm ngoài"),
    "points": gettext_lazy("tổng điểm"),
    "participants": gettext_lazy("số người dự thi"),
    "attempts": gettext_lazy("số bài thi"),
    "rate": gettext_lazy("tỷ lệ tham gia"),
    "mean_score": gettext_lazy("điểm trung bình"),
    "total_score": gettext_lazy("tổng điểm bài thi"),
    "score_per_head": gettext_lazy("điểm bình quân trên số người của đơn vị"),
    "perfect_share": gettext_lazy("tỷ lệ bài đúng tất cả"),
    "share_above": gettext_lazy("tỷ lệ bài đạt mức điểm"),
    "prize_points": gettext_lazy("điểm giải cá nhân"),
    "individual_prizes": gettext_lazy("số giải cá nhân"),
    "rounds_count": gettext_lazy("số vòng có người dự thi"),
    "steadiness": gettext_lazy("độ đều giữa các vòng"),
    "compulsory": gettext_lazy("tỷ lệ người bắt buộc đã thi"),
}
# The columns whose name is not their criterion's.
COLUMN_OF = {"duration": "duration_ms", "age": "birth"}
RATIOS = {"rate", "perfect_share", "share_above", "steadiness", "compulsory"}
MOMENTS = {"submitted_at", "started_at", "registered_at"}
DURATIONS = {"duration_ms", "total_duration"}
MOST_DECIMALS = 6


def label_of(column, titles):
    """What ``column`` is called; ``titles`` names a scheme's own components."""
    base = column.split(":", 1)[0]
    return str(titles.get(column) or LABELS.get(base, column))


def pair(column, a, b, *, kinds, counted="", most=None):
    """
    Two values of ``column``, written so exactly that they differ where they do.

    ``kinds`` maps a scheme's component to its metric, ``counted`` is what predictions
    count, ``most`` the full score.
    """
    kind = kinds.get(column, column.split(":", 1)[0])
    for decimals in range(1, MOST_DECIMALS + 1):
        texts = [
            written(kind, value, decimals, counted=counted, most=most)
            for value in (a, b)
        ]
        if texts[0] != texts[1] or a == b:
            return texts
    return [str(a), str(b)] if a is not None and b is not None else texts


def written(kind, value, decimals=1, *, counted="", most=None):
    """One value of a kind; absent is said so. A birth date is in no result."""
    if kind == "birth":
        return _("(không công bố ngày sinh)")
    if value is None:
        return _("không có")
    if kind in MOMENTS:
        return stamp(value, decimals)
    if kind in DURATIONS:
        return with_thousandths(wording.minutes_seconds(value), value, decimals)
    if kind == "score":
        return score(value, most)
    if kind == "external":
        return number(Fraction(str(value)), decimals)
    if kind == "prediction_distance":
        return f"{wording.number(value)} {counted}".strip()
    if kind == "lot":
        return value[: 7 + decimals]
    if kind in RATIOS:
        return wording.percent(Fraction(value), decimals)
    return number(Fraction(value), decimals)


def score(thousandths, most):
    points = wording.points(thousandths)
    return f"{points}/{wording.points(most)}" if most else points


def number(value, decimals):
    """A number with as many decimals as it needs, at most ``decimals`` and one more."""
    if value.denominator == 1:
        return wording.number(value)
    return wording.number(value, decimals + 1)


def stamp(value, decimals):
    return with_thousandths(wording.stamp(value), value, decimals)


def with_thousandths(text, milliseconds, decimals):
    """``text`` with its milliseconds where whole seconds do not part two values."""
    if decimals == 1:
        return text
    return _("%(text)s (%(ms)d phần nghìn giây)") % {
        "text": text,
        "ms": milliseconds % 1000,
    }
