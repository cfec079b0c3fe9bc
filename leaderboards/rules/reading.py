"""
Taking a JSON object apart, key by key, with a fault that says where.

``Reader`` is how every rule reads its settings. A key of the wrong shape, a missing one
and one that nobody asked for each raise ``RuleError``.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

FRACTION = re.compile(r"-?[0-9]{1,18}(/[0-9]{1,18}|\.[0-9]{1,9})?")
BIGGEST = 2**53
MISSING: Any = object()


class RuleError(ValueError):
    """A rule that cannot be computed: where (``path``), what (``code``, ``params``)."""

    def __init__(self, path: str, code: str, **params: Any) -> None:
        super().__init__(f"{path}: {code} {params or ''}".rstrip())
        self.path = path
        self.code = code
        self.params = params


class Reader:
    """One JSON object at ``path``; each method takes one key and remembers it."""

    def __init__(self, data: Any, path: str) -> None:
        if not isinstance(data, dict):
            raise RuleError(path, "not_an_object")
        self.data = data
        self.path = path
        self.taken: set[str] = set()

    def fault(self, key: str, code: str, **params: Any) -> RuleError:
        return RuleError(f"{self.path}.{key}", code, **params)

    def take(self, key: str, default: Any = MISSING) -> Any:
        self.taken.add(key)
        value = self.data.get(key, MISSING)
        if value is MISSING:
            if default is MISSING:
                raise self.fault(key, "missing")
            return default
        return value

    def text(self, key: str, default: Any = MISSING) -> str:
        value = self.take(key, default)
        if not isinstance(value, str) or (default is MISSING and not value.strip()):
            raise self.fault(key, "not_a_text")
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        value = self.take(key, default)
        if not isinstance(value, bool):
            raise self.fault(key, "not_true_or_false")
        return value

    def integer(
        self,
        key: str,
        default: Any = MISSING,
        *,
        least: int = 0,
        most: int = BIGGEST,
    ) -> Any:
        """A whole number, both limits included; the default may be None."""
        value = self.take(key, default)
        if value is None and default is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.fault(key, "not_a_whole_number")
        if not least <= value <= most:
            raise self.fault(key, "out_of_range", least=least, most=most)
        return value

    def fraction(self, key: str, default: Any = MISSING, *, least: int = 0) -> Any:
        """An exact number: an integer, ``"3/4"`` or ``"0.75"``; the default may be
        None."""
        value = self.take(key, default)
        if value is None and default is None:
            return None
        number = exact(value)
        if number is None:
            raise self.fault(key, "not_an_exact_number")
        if number < least:
            raise self.fault(key, "out_of_range", least=least)
        return number

    def choice(self, key: str, codes: Iterable[str], default: Any = MISSING) -> str:
        value = self.take(key, default)
        if not isinstance(value, str) or value not in codes:
            raise self.fault(key, "unknown", value=shown(value), known=sorted(codes))
        return value

    def texts(self, key: str, known: Iterable[str] | None = None) -> tuple[str, ...]:
        """A list of different texts, each among ``known`` if that is given."""
        value = self.take(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self.fault(key, "not_a_list_of_texts")
        if len(set(value)) != len(value):
            raise self.fault(key, "twice")
        for text in value:
            if known is not None and text not in known:
                raise self.fault(key, "unknown", value=text, known=sorted(known))
        return tuple(value)

    def items(self, key: str, *, needed: bool = False) -> Iterator["Reader"]:
        """A reader for each object of a list; each must be exhausted by its user."""
        value = self.take(key, MISSING if needed else [])
        if not isinstance(value, list):
            raise self.fault(key, "not_a_list")
        if needed and not value:
            raise self.fault(key, "empty")
        for place, item in enumerate(value):
            reader = Reader(item, f"{self.path}.{key}[{place}]")
            yield reader
            reader.done()

    @contextmanager
    def part(self, key: str, default: Any = MISSING) -> Iterator["Reader"]:
        """A reader for the object under ``key``, exhausted at the end."""
        value = self.take(key, {} if default is MISSING else default)
        reader = Reader(value, f"{self.path}.{key}")
        yield reader
        reader.done()

    def done(self) -> None:
        unknown = sorted(str(key) for key in set(self.data) - self.taken)
        if unknown:
            raise self.fault(unknown[0], "unknown_key", known=sorted(self.taken))


def exact(value: Any) -> Fraction | None:
    """The exact number that an integer or a text like ``"3/4"`` stands for, or None."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value) if abs(value) <= BIGGEST else None
    if not isinstance(value, str) or not FRACTION.fullmatch(value):
        return None
    try:
        return Fraction(value)
    except ZeroDivisionError:
        return None


def shown(value: Any) -> str:
    """A value short enough for an error line."""
    return repr(value)[:60]
