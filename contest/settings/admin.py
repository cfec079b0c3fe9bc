"""The admin's dress: the portal's own colours (docs/look.md), no second accent."""

from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from contest.settings.portal import PORTAL

__all__ = ["UNFOLD"]

BASE = {
    "50": "#faf6ee",
    "100": "#f2ebdf",
    "200": "#ded3c2",
    "300": "#c6b9a9",
    "400": "#9b8f8d",
    "500": "#766b78",
    "600": "#5f5466",
    "700": "#463b4d",
    "800": "#2e2436",
    "900": "#1f1824",
    "950": "#161119",
}
PRIMARY = {
    "50": "#f8f3fa",
    "100": "#efe6f3",
    "200": "#dcc6e5",
    "300": "#c5a5d4",
    "400": "#a67bbd",
    "500": "#8656a3",
    "600": "#552873",
    "700": "#4a2166",
    "800": "#42205b",
    "900": "#331748",
    "950": "#200c30",
}


def mark(request):
    return static("img/mark.svg")


UNFOLD = {
    "SITE_TITLE": PORTAL["name"],
    "SITE_HEADER": PORTAL["name"],
    "SITE_SUBHEADER": _("Quản trị"),
    "SITE_URL": "/",
    "SITE_ICON": mark,
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": mark}],
    "SHOW_VIEW_ON_SITE": False,
    "BORDER_RADIUS": "6px",
    "COLORS": {"base": BASE, "primary": PRIMARY},
    "SIDEBAR": {"show_search": False},
}
