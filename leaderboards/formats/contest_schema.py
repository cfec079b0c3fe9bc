"""
The contest format, version 2: ``docs/contest.schema.json``, its faults and defaults.

The schema is the one place that says what a contest file may hold; here its errors
become sentences and its ``default`` values are filled in.
"""

import json
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator

from contest.lib.faults import Fault

PATH = Path(__file__).parents[2] / "docs" / "contest.schema.json"


@cache
def schema():
    """The JSON Schema of version 2."""
    return json.loads(PATH.read_text(encoding="utf-8"))


def schema_faults(document, by=None) -> list[Fault]:
    """Every way in which ``document`` breaks the schema, in the document's order."""
    errors = Draft202012Validator(by or schema()).iter_errors(document)
    return [_fault(error) for error in sorted(errors, key=_place)]


def path_of(parts) -> str:
    """``rounds[0].papers[1]`` of the parts ``rounds, 0, papers, 1``."""
    path = ""
    for part in parts:
        path += f"[{part}]" if isinstance(part, int) else f".{part}"
    return path.strip(".")


def _place(error):
    return [str(part).rjust(6, "0") for part in error.absolute_path]


def _fault(error):
    if error.context:
        error = max(error.context, key=lambda inner: len(inner.absolute_path))
    path = path_of(error.absolute_path) or _("gốc")
    say = SAYINGS.get(error.validator, _other)
    message, remedy = say(error)
    return Fault(message, remedy, column=path)


def _required(error):
    missing = [key for key in error.validator_value if key not in error.instance]
    return (
        _("Thiếu %(keys)s.") % {"keys": ", ".join(missing)},
        _("Thêm các khoá còn thiếu."),
    )


def _additional(error):
    known = error.schema.get("properties", {})
    unknown = [str(key)[:60] for key in error.instance if key not in known]
    return (
        _("Không có khoá %(keys)s.") % {"keys": ", ".join(unknown)},
        _("Bỏ khoá đó; các khoá được dùng: %(keys)s.") % {"keys": ", ".join(known)},
    )


def _enum(error):
    known = ", ".join(json.dumps(value) for value in error.validator_value)
    return (
        _("Giá trị %(value)s không dùng được.") % {"value": _short(error.instance)},
        _("Ghi một trong: %(known)s.") % {"known": known},
    )


def _const(error):
    return (
        _("Giá trị %(value)s không dùng được.") % {"value": _short(error.instance)},
        _("Ghi %(known)s.") % {"known": json.dumps(error.validator_value)},
    )


def _type(error):
    wanted = error.validator_value
    kinds = ", ".join(wanted) if isinstance(wanted, list) else wanted
    return (
        _("Giá trị %(value)s sai kiểu.") % {"value": _short(error.instance)},
        _("Ghi giá trị kiểu %(kinds)s.") % {"kinds": kinds},
    )


def _pattern(error):
    return (
        _("“%(value)s” sai dạng.") % {"value": _short(error.instance)},
        _("Ghi theo dạng %(pattern)s.") % {"pattern": error.validator_value},
    )


def _bounds(error):
    return (
        _("Giá trị %(value)s ngoài giới hạn.") % {"value": _short(error.instance)},
        _("Giới hạn: %(rule)s %(limit)s.")
        % {"rule": error.validator, "limit": error.validator_value},
    )


def _other(error):
    return (
        _("Giá trị %(value)s không dùng được.") % {"value": _short(error.instance)},
        _("Xem docs/contest-format.md, quy tắc %(rule)s.") % {"rule": error.validator},
    )


SAYINGS = {
    "required": _required,
    "additionalProperties": _additional,
    "enum": _enum,
    "const": _const,
    "type": _type,
    "pattern": _pattern,
    "minimum": _bounds,
    "maximum": _bounds,
    "minLength": _bounds,
    "maxLength": _bounds,
    "minItems": _bounds,
    "maxItems": _bounds,
}


def _short(value):
    return json.dumps(value, ensure_ascii=False)[:60]


def complete(document):
    """``document`` (sound by the schema) with every absent optional key filled in."""
    full = _with_defaults(document, schema())
    full.pop("$schema", None)
    full["short_title"] = full.get("short_title") or full["title"][:80]
    for round in full["rounds"]:
        round["code"] = round.get("code") or f"vong-{round['number']}"
    return full


def _with_defaults(value, rule):
    if "$ref" in rule:
        rule = schema()["$defs"][rule["$ref"].rpartition("/")[2]]
    if "anyOf" in rule and value is not None:
        rule = schema()["$defs"][rule["anyOf"][0]["$ref"].rpartition("/")[2]]
    if isinstance(value, list):
        return [_with_defaults(inner, rule.get("items", {})) for inner in value]
    if not isinstance(value, dict) or "properties" not in rule:
        return value
    filled = {
        key: inner["default"]
        for key, inner in _properties(rule).items()
        if "default" in inner
    }
    filled |= value
    known = rule["properties"]
    return {key: _with_defaults(inner, known[key]) for key, inner in filled.items()}


def _properties(rule):
    """The properties of ``rule``, each with what its reference says."""
    definitions = schema()["$defs"]
    return {
        key: (definitions[inner["$ref"].rpartition("/")[2]] if "$ref" in inner else {})
        | inner
        for key, inner in rule["properties"].items()
    }
