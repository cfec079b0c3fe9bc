"""
What every interchange format gives: parsed items, and the faults that spoil others.

A format turns bytes into ``ParsedItem``s and knows nothing of the database. Adding one
adds one module with one registered class.
"""

from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext_lazy as _

from contest.lib.refusals import Refused

FORMATS = {}


class UnknownFormat(Refused):
    code = "unknown_format"
    sentence = _(
        "Chưa đọc được định dạng “%(asked)s”. Các định dạng dùng được: %(known)s."
    )


@dataclass(frozen=True)
class ParsedItem:
    """
    One item as a file gives it.

    ``topic`` is a code or a name; ``options`` are ``{"id", "text", "pinned"?}`` in the
    file's order with ids ``a``, ``b``, ...; ``correct`` lists ids; ``not_with`` lists
    codes of items that give this one away, None where the file says nothing of that;
    ``row`` is the line it starts on.
    """

    code: str
    topic: str
    difficulty: str
    type: str
    stem: str
    options: tuple
    correct: tuple
    explanation: str = ""
    source: str = ""
    not_with: tuple | None = None
    row: int | None = None


@dataclass(frozen=True)
class Parsed:
    """What a file holds: the sound items, and every fault found."""

    items: tuple
    faults: tuple


class Format:
    """One interchange format; subclasses set ``code``, ``suffixes`` and ``parse``."""

    code = ""
    suffixes = ()

    def parse(self, data: bytes) -> Parsed:
        raise NotImplementedError


def register(cls):
    """Class decorator: put one instance into the registry under its code."""
    FORMATS[cls.code] = cls()
    return cls


def format_for(filename: str, code: str = "") -> Format:
    """The format called ``code``, else the one for ``filename``'s ending."""
    if code in FORMATS:
        return FORMATS[code]
    ending = PurePath(filename).suffix.lower()
    for candidate in FORMATS.values():
        if not code and ending in candidate.suffixes:
            return candidate
    raise UnknownFormat(
        asked=code or ending or filename, known=", ".join(sorted(FORMATS))
    )
