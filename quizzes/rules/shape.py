"""
The shape of a save, and nothing of its meaning.

``{"seq": 1..1,000,000, "responses": {"1".."60": ["a".."j", ...]}, "prediction": null or
0..2,147,483,647}``, at most 8 KB of UTF-8. Whatever else a stranger sends (booleans,
NaN, fractions, NUL bytes, lone surrogates, unknown fields) is ``Malformed``.
"""

import json
from dataclasses import dataclass
from typing import Any, NoReturn

MAX_BYTES = 8 * 1024
MAX_SEQ = 1_000_000
MAX_PREDICTION = 2_147_483_647
POSITIONS = frozenset(str(n) for n in range(1, 61))
OPTIONS = frozenset("abcdefghij")
FIELDS = {"seq", "responses", "prediction"}


class Malformed(ValueError):
    """A body of the wrong shape; ``code`` names the first fault found."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Save:
    """One save as the client sent it: the whole map under a growing number."""

    seq: int
    responses: dict[str, list[str]]
    prediction: int | None


def parse_save(body: bytes) -> Save:
    """Return the save that ``body`` holds; raise ``Malformed``."""
    data = _parse(body)
    if data.keys() != FIELDS:
        raise Malformed("fields")
    return Save(
        check_seq(data["seq"]),
        check_responses(data["responses"]),
        check_prediction(data["prediction"]),
    )


def parse_submit(body: bytes) -> Save | None:
    """Return the last save that comes with a submit, or None; raise ``Malformed``."""
    if not body.strip() or _parse(body) == {}:
        return None
    return parse_save(body)


def check_seq(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= MAX_SEQ:
        raise Malformed("seq")
    return value


def check_prediction(value: Any) -> int | None:
    if value is None:
        return None
    if type(value) is not int or not 0 <= value <= MAX_PREDICTION:
        raise Malformed("prediction")
    return value


def check_responses(value: Any) -> dict[str, list[str]]:
    if type(value) is not dict or not value.keys() <= POSITIONS:
        raise Malformed("item")
    for letters in value.values():
        if type(letters) is not list or not all(map(_is_option, letters)):
            raise Malformed("option")
        if len(set(letters)) < len(letters):
            raise Malformed("option_twice")
    return value


def _is_option(value: Any) -> bool:
    return type(value) is str and value in OPTIONS


def _parse(body: bytes) -> dict[str, Any]:
    if len(body) > MAX_BYTES:
        raise Malformed("too_long")
    try:
        data = json.loads(body.decode(), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise Malformed("not_json") from None
    if type(data) is not dict:
        raise Malformed("fields")
    return data


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
