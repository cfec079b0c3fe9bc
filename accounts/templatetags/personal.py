"""Rows of "my data" in words: their keys are codes, for the file one keeps."""

from datetime import date, datetime

from django import template
from django.utils.translation import gettext_lazy as _

from contest.lib.templatetags.wording import full_day, moment, number

register = template.Library()
LABELS = {
    "full_name": _("Họ và tên"),
    "birth_date": _("Ngày sinh"),
    "unit": _("Đơn vị"),
    "username": _("Tên đăng nhập"),
    "email": _("Thư điện tử"),
    "phone": _("Số điện thoại"),
    "created_at": _("Ngày lập"),
    "contest": _("Hội thi"),
    "audience": _("Đối tượng"),
    "registered_at": _("Tham gia lúc"),
    "round": _("Vòng thi"),
    "number": _("Lượt"),
    "state": _("Trạng thái"),
    "started_at": _("Bắt đầu lúc"),
    "submitted_at": _("Nộp lúc"),
    "prediction": _("Dự đoán"),
    "declared_on": _("Ngày khai"),
    "employee_code": _("Mã nhân sự"),
    "category": _("Nhóm vị trí"),
    "responses": _("Câu trả lời"),
}


@register.filter
def labelled(row):
    """``[(label, value)]`` of what a row holds, without what is empty."""
    return [
        (LABELS.get(key, key), written(key, value))
        for key, value in row.items()
        if value not in (None, "", {}, [])
    ]


def written(key, value):
    if key.endswith("_at"):
        return moment(datetime.fromisoformat(value))
    if key.endswith(("_date", "_on")):
        return full_day(date.fromisoformat(value))
    if isinstance(value, int):
        return number(value)
    if isinstance(value, dict):
        ordered = sorted(value.items(), key=lambda pair: (len(pair[0]), pair[0]))
        return "; ".join(f"{k}: {', '.join(v).upper()}" for k, v in ordered)
    return value
