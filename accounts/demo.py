"""The demo's roles: user names that one press signs in, with their buttons' words."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

ROLES = {
    "official": ("person", _("Cán bộ dự thi"), _("Vào thi, xem kết quả của mình")),
    "citizen": ("person", _("Người dân dự thi"), _("Vào thi, xem kết quả của mình")),
    "liaison": ("list", _("Đầu mối đơn vị"), _("Theo dõi tham gia của đơn vị")),
    "leader": ("chart", _("Lãnh đạo"), _("Xem tham gia, xếp hạng và giải")),
    "organiser": ("sliders", _("Ban tổ chức"), _("Soạn đề, mở vòng, tính kết quả")),
    "publisher": ("check", _("Người duyệt"), _("Duyệt khoá đề và công bố kết quả")),
    "auditor": ("eye", _("Người giám sát"), _("Đọc mọi bước tính, không sửa được")),
}
ADMIN_ROLES = ("organiser", "publisher", "auditor")


def roles():
    """The buttons: ``{user name, icon, title, hint}``; none outside the demo."""
    if not settings.DEMO:
        return []
    return [
        {"name": name, "icon": f"icons/{icon}.svg", "title": title, "hint": hint}
        for name, (icon, title, hint) in ROLES.items()
    ]
