"""A thing wrong with a contest as configured: where, what, with which values."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Problem:
    """
    ``path`` is a JSON path in the contest document, ``code`` names what is wrong.

    ``is_warning`` marks what deserves a look but forbids nothing.
    """

    path: str
    code: str
    params: dict[str, Any] = field(default_factory=dict)
    is_warning: bool = False


def problem(path: str, code: str, **params: Any) -> Problem:
    return Problem(path, code, params)


def warning(path: str, code: str, **params: Any) -> Problem:
    return Problem(path, code, params, is_warning=True)
