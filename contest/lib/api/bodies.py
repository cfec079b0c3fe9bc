"""
What a request may bring along: small, strict JSON.

Anything a database column or a later reader could choke on is refused here with 400:
NUL bytes, lone surrogates, NaN, broken UTF-8, numbers of thousands of digits, nesting
beyond what the parser can follow.
"""

import json
import re

from django.utils.translation import gettext_lazy as _
from rest_framework import parsers
from rest_framework.exceptions import ParseError

from contest.lib.text import has_forbidden_characters

MAX_BYTES = 64 * 1024
# What JSON can write as an escape and no column can keep; a quick look spares a walk.
SUSPECT = re.compile(r"\\u(0000|[dD][89a-fA-F])|\x00")


class StrictJSONParser(parsers.BaseParser):
    """JSON of at most ``MAX_BYTES``; whatever else arrives is a ``ParseError``."""

    media_type = "application/json"

    def parse(self, stream, media_type=None, parser_context=None):
        body = stream.read(MAX_BYTES + 1)
        if len(body) > MAX_BYTES:
            raise ParseError(_("Nội dung gửi lên quá dài."), code="too_long")
        return loads(body)


def loads(body):
    """The value that the bytes hold; raise ``ParseError`` unless it is strict JSON."""
    try:
        text = body.decode()
        value = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise ParseError(_("Nội dung gửi lên không phải JSON."), "not_json") from None
    if SUSPECT.search(text) and has_forbidden_text(value):
        raise ParseError(_("Có ký tự không hợp lệ."), code="characters")
    return value


def has_forbidden_text(value):
    """Whether a text anywhere in a JSON value holds a NUL or a lone surrogate."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            if has_forbidden_characters(item):
                return True
        elif isinstance(item, dict):
            waiting += [*item.keys(), *item.values()]
        elif isinstance(item, list):
            waiting += item
    return False


def _refuse_constant(name):
    raise ValueError(name)
