"""Interchange formats of the question bank, one module each, behind one registry."""

from quizzes.formats import csv  # noqa: F401 - registers itself
from quizzes.formats.base import FORMATS, Format, Parsed, ParsedItem, format_for

__all__ = ["FORMATS", "Format", "Parsed", "ParsedItem", "format_for"]
