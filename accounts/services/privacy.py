"""
My data: what the portal holds of a person.

An app that keeps data of people registers a handler when it loads; this module knows
none of them. The right to see and keep it: Law 91/2025/QH15, Article 4.
"""

from collections.abc import Callable
from dataclasses import dataclass

_sections: dict[str, "Section"] = {}


@dataclass(frozen=True)
class Section:
    """One part of a person's data: ``rows_of(person)`` lists JSON-able dicts."""

    code: str
    title: str
    rows_of: Callable


def register(code, title, rows_of):
    """Let "my data" show and export one more kind of rows; codes are unique."""
    if code in _sections and _sections[code].rows_of is not rows_of:
        raise ValueError(f"two handlers for {code}")
    _sections[code] = Section(code, title, rows_of)


def data_of(person):
    """``[(section, rows)]`` of everything held of ``person``, in order of code."""
    return [(s, s.rows_of(person)) for _, s in sorted(_sections.items())]


def document_of(person, *, now):
    """The same as one JSON-able document, for the person to keep."""
    sections = {section.code: rows for section, rows in data_of(person)}
    return {"made_at": now.isoformat(), "person": str(person.uuid), **sections}
