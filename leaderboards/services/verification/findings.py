"""Findings: a code and what its sentence needs."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "over_limit": _(
        "%(round)s: %(entrant)s có %(count)s bài, quá giới hạn %(n)s lượt (%(per)s)."
    ),
    "open_attempt": _("%(round)s đã đóng nhưng còn %(count)s bài chưa nộp."),
    "unscored": _("%(round)s: %(count)s bài đã nộp chưa được chấm."),
    "old_key": _("%(round)s: %(count)s bài chấm theo bảng đáp án cũ."),
    "score_differs": _(
        "Bài %(attempt)s: điểm đã ghi %(stored)s, chấm lại %(computed)s (phần nghìn)."
    ),
    "paper_differs": _("Bài %(attempt)s: đề không lấy từ bộ đề đã niêm phong."),
    "started_outside": _("Bài %(attempt)s bắt đầu ngoài giờ mở của %(round)s."),
    "ended_late": _("Bài %(attempt)s kết thúc sau giờ đóng của %(round)s."),
    "saved_late": _("Bài %(attempt)s có câu trả lời lưu sau hạn nhận bài."),
    "duration_differs": _("Bài %(attempt)s: thời gian làm bài không khớp giờ nộp."),
    "no_headcount": _("%(unit)s chưa có số người, hoặc số người bằng 0."),
    "rate_over_100": _(
        "%(round)s: %(unit)s có %(people)s người dự thi trên %(headcount)s người."
    ),
    "rate_below_10": _(
        "%(round)s: %(unit)s chỉ có %(people)s trên %(headcount)s người dự thi; "
        "kiểm tra việc gắn đơn vị."
    ),
    "unit_unknown": _("%(count)s bài thuộc đơn vị không có trong hội thi (%(unit)s)."),
    "not_locked": _("%(round)s đã mở nhưng chưa khoá đề."),
    "pool_changed": _("%(round)s, %(audience)s: bộ đề niêm phong đã bị sửa."),
    "key_sheet_changed": _("%(round)s, %(audience)s: bảng đáp án đã bị sửa."),
    "key_in_pool": _("%(round)s, %(audience)s: bộ đề niêm phong chứa đáp án."),
    "key_was_shown": _(
        "%(round)s, %(audience)s: %(count)s câu có đáp án đã được công bố trước đó."
    ),
    "published_too_early": _(
        "%(round)s được ghi là đã công bố nhưng chưa có kết quả được công bố."
    ),
    "no_tally": _("%(round)s đã đóng nhưng chưa tính kết quả."),
    "inputs_missing": _("Lần tính %(tally)s: không đọc được tệp đầu vào."),
    "tally_differs": _("Lần tính %(tally)s: tính lại từ tệp đầu vào ra kết quả khác."),
    "tally_outdated": _("Lần tính %(tally)s đang công bố đã cũ, cần tính lại."),
    "rows_differ": _(
        "Lần tính %(tally)s: hạng hoặc giải đã lưu khác kết quả tính từ tệp đầu vào."
    ),
    "changed_since": _(
        "Lần tính %(tally)s: bài thi, đính chính hoặc quy tắc đã đổi sau khi tính."
    ),
}
WARNINGS = {"rate_below_10", "no_tally"}


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold; ``params`` are JSON values."""

    code: str
    params: dict = field(default_factory=dict)

    @property
    def is_warning(self):
        return self.code in WARNINGS

    @property
    def sentence(self):
        return str(SENTENCES[self.code] % self.params)

    def as_dict(self):
        level = "warning" if self.is_warning else "error"
        return {
            "code": self.code,
            "level": level,
            "sentence": self.sentence,
            "params": self.params,
        }
