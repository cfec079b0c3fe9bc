"""JSON from outside: bounded, without doubled keys, NaN, NUL or lone surrogates."""

import json
import unicodedata

from django.utils.translation import gettext as _

from contest.lib.faults import Fault
from contest.lib.text import has_forbidden_characters

LARGEST = 10 * 1024 * 1024


class _Twice(ValueError):
    """One object names a key twice."""


def read_json(data: bytes):
    """``(value, faults)``: the value in NFC, or None and the one fault of the file."""
    if len(data) > LARGEST:
        most = {"size": LARGEST // (1024 * 1024)}
        return None, [Fault(_("Tệp lớn hơn %(size)d MB.") % most, _("Chia nhỏ tệp."))]
    try:
        text = unicodedata.normalize("NFC", data.decode("utf-8-sig"))
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse)
    except UnicodeDecodeError:
        return None, [Fault(_("Tệp không dùng UTF-8."), _("Lưu lại tệp bằng UTF-8."))]
    except json.JSONDecodeError as error:
        fault = Fault(
            _("Không phải JSON đúng cú pháp (cột %(column)d).")
            % {"column": error.colno},
            _("Kiểm tra dấu phẩy, ngoặc và nháy kép quanh chỗ này."),
            row=error.lineno,
        )
        return None, [fault]
    except _Twice as error:
        return None, [
            Fault(_("Khoá “%s” ghi hai lần.") % error, _("Bỏ bớt một lần ghi."))
        ]
    except (ValueError, RecursionError):
        return None, [
            Fault(
                _("Tệp có NaN, Infinity, số quá dài hoặc lồng quá sâu."),
                _("Chỉ dùng số nguyên, chữ, danh sách và đối tượng."),
            )
        ]
    return value, list(_bad_texts(value, ""))


def _object(pairs):
    found = {}
    for key, value in pairs:
        if key in found:
            raise _Twice(key[:60])
        found[key] = value
    return found


def _refuse(constant):
    raise ValueError(constant)


def _bad_texts(value, path):
    if isinstance(value, str) and has_forbidden_characters(value):
        yield Fault(_("Có ký tự không lưu được."), _("Gõ lại chữ này."), column=path)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _bad_texts(key, path)
            yield from _bad_texts(inner, f"{path}.{key}".strip("."))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _bad_texts(inner, f"{path}[{place}]")
