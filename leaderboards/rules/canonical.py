"""
Canonical JSON: the same data, the same bytes, on every machine.

UTF-8, keys sorted, no blanks, every text in NFC, no floats: numbers are integers, exact
fractions are texts ``"p/q"`` in lowest terms (``"p"`` if whole).
"""

import hashlib
import json
import unicodedata
from fractions import Fraction
from typing import Any

PLAIN = (str, int, bool)


class NotCanonical(ValueError):
    """A value that has no canonical form: a float, a set, a key that is no text."""


def dump(value: Any) -> bytes:
    """
    The canonical bytes of JSON-able ``value`` (dict, list, tuple, str, int, bool,
    None).

    Raise ``NotCanonical`` for anything else. A text that is not NFC is normalised; two
    keys that become equal by that are refused.
    """
    check(value)
    text = encode(value)
    if not unicodedata.is_normalized("NFC", text):
        text = encode(normalised(value))
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("a lone surrogate") from error


def encode(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(value: Any) -> str:
    """The sha256 of the canonical bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(dump(value)).hexdigest()


def check(value: Any) -> None:
    """Raise ``NotCanonical`` unless ``value`` is made of canonical values
    throughout."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        kind = type(item)
        if kind is dict:
            for key in item:
                if type(key) is not str:
                    raise NotCanonical(f"key {key!r:.60}")
            waiting.extend(item.values())
        elif kind is list or kind is tuple:
            waiting.extend(item)
        elif item is not None and kind not in PLAIN:
            raise NotCanonical(f"{kind.__name__} {item!r:.60}")


def normalised(value: Any) -> Any:
    """A copy with every text in NFC."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list | tuple):
        return [normalised(item) for item in value]
    if isinstance(value, dict):
        copy = {
            unicodedata.normalize("NFC", k): normalised(v) for k, v in value.items()
        }
        if len(copy) != len(value):
            raise NotCanonical("two keys are equal once normalised")
        return copy
    return value


def ratio(number: Fraction | int | None) -> str | None:
    """An exact number as ``"p/q"`` or ``"p"``; None stays None."""
    return None if number is None else str(Fraction(number))


def half_up(number: Fraction, decimals: int) -> Fraction:
    """``number`` rounded to ``decimals`` places, halves away from zero upwards."""
    scale = 10**decimals
    return Fraction((number * scale * 2 + 1).__floor__() // 2, scale)
