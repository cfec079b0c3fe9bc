"""
How a reader wants pages to look: text size, theme and language.

Kept in three cookies, so that the server writes the page right the first time: no
flash, no script. Nothing here knows who reads.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language

ONE_YEAR_S = 365 * 24 * 3600
CHOICES = {
    "text": ("1", "2", "3"),
    "theme": ("auto", "light", "dark"),
    "language": ("vi", "en"),
}


@dataclass(frozen=True)
class Preferences:
    """``text`` is "1", "2" or "3" (18, 21, 24 px); ``theme`` auto, light or dark."""

    text: str
    theme: str
    language: str


def read(request):
    """The reader's preferences; anything unknown in a cookie counts as absent."""
    return Preferences(
        text=_chosen(request, "text"),
        theme=_chosen(request, "theme"),
        language=(get_language() or settings.LANGUAGE_CODE)[:2],
    )


def write(response, name, value):
    """Keep one preference in the answer's cookies. ``value`` is one of ``CHOICES``."""
    cookie = settings.LANGUAGE_COOKIE_NAME if name == "language" else name
    response.set_cookie(
        cookie,
        value,
        max_age=ONE_YEAR_S,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _chosen(request, name):
    value = request.COOKIES.get(name)
    return value if value in CHOICES[name] else CHOICES[name][0]
