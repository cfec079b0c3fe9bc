"""
Units from a file: matched by code, with parents, successors and other spellings.

Columns: ``code, name`` and optionally ``abbreviation``, ``kind``, ``parent`` and
``successor`` (codes), ``valid_from`` and ``valid_until`` (yyyy-mm-dd; the second is the
first day without the unit), ``aliases`` (separated by ``;``) and ``is_commune`` (1 or
0; without it, the kinds xã, phường and đặc khu are communes). ``bloc`` and
``headcount`` belong to a contest and are passed over here.
"""

import re
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Unit, UnitAlias
from accounts.rules.trees import members_of_cycles
from contest.lib import audit
from contest.lib.faults import Fault
from contest.lib.imports import (
    CHANGED,
    CREATED,
    UNCHANGED,
    new_report,
    refuse_faults,
)
from contest.lib.sheets import Limits, read_csv
from contest.lib.text import search_key, tidy

REQUIRED = ("code", "name")
OPTIONAL = (
    "abbreviation",
    "kind",
    "parent",
    "successor",
    "valid_from",
    "valid_until",
    "aliases",
    "is_commune",
    "bloc",
    "headcount",
)
LIMITS = Limits(rows=50_000, cell=2_000)
COMMUNES = {"xã", "phường", "đặc khu"}
FLAGS = {"1": True, "0": False, "có": True, "không": False}
PLAIN = [
    "name",
    "short_name",
    "kind",
    "is_commune",
    "valid_from",
    "valid_until",
    "search_name",
    "sort_name",
]
CODE = re.compile(r"[-a-zA-Z0-9_]{1,60}")
LONGEST = {"name": 200, "abbreviation": 80, "kind": 60}


@transaction.atomic
def import_units(data, *, now, by=None, dry_run=False):
    """
    Bring the units of ``data`` in and return a ``Report``; raise ``Faulty``.

    A known code is changed to what the file says; columns that the file lacks and
    units that it does not name stay as they are.
    """
    sheet = read_csv(data, required=REQUIRED, optional=OPTIONAL, limits=LIMITS)
    stored = {unit.code: unit for unit in Unit.objects.select_for_update()}
    faults = [*sheet.faults, *_faults(sheet, stored)]
    refuse_faults(faults, partial=False)
    report = new_report(CREATED, CHANGED, UNCHANGED, dry_run=dry_run)
    _write(sheet, stored, report)
    if report.has_changes:
        everything = Unit(uuid=None, code="*")
        audit.record("units.import", everything, by=by, now=now, after=report.counts)
    if dry_run:
        transaction.set_rollback(True)
    return report


def _faults(sheet, stored):
    if not sheet.rows and not sheet.faults:
        yield Fault(_("Tệp không có đơn vị nào."), _("Thêm mỗi đơn vị một dòng."))
    codes = [row["code"] for row in sheet.rows]
    known = stored.keys() | set(codes)
    for place, row in enumerate(sheet.rows):
        if row["code"] in codes[:place]:
            yield row.fault(
                "code",
                _("Mã “%(code)s” đã có ở dòng trước.") % {"code": row["code"]},
                _("Mỗi đơn vị một mã."),
            )
        yield from _row_faults(row, known)
    yield from _cycles(sheet, stored)
    yield from _alias_faults(sheet)


def _row_faults(row, known):
    if not CODE.fullmatch(row["code"]):
        yield row.fault(
            "code",
            _("Thiếu mã đơn vị, hoặc mã có ký tự lạ."),
            _("Ghi mã bằng chữ không dấu, chữ số, gạch nối; nhiều nhất 60 ký tự."),
        )
    if not row["name"]:
        yield row.fault("name", _("Thiếu tên đơn vị."), _("Ghi tên đầy đủ."))
    for column, most in LONGEST.items():
        if len(row[column]) > most:
            yield row.fault(
                column,
                _("Dài quá %(n)d ký tự.") % {"n": most},
                _("Viết gọn lại."),
            )
    for column in ("parent", "successor"):
        if row[column] and row[column] not in known:
            yield row.fault(
                column,
                _("Không có đơn vị “%(code)s”.") % {"code": row[column][:60]},
                _("Sửa mã, hoặc thêm đơn vị đó vào tệp."),
            )
    if row["is_commune"].lower() not in ("", *FLAGS):
        yield row.fault(
            "is_commune", _("Giá trị này không hiểu được."), _("Ghi 1 hoặc 0.")
        )
    yield from _day_faults(row)


def _day_faults(row):
    days = {}
    for column in ("valid_from", "valid_until"):
        try:
            days[column] = _day(row[column])
        except ValueError:
            yield row.fault(
                column, _("Ngày không đúng."), _("Ghi ngày dạng 2025-07-01.")
            )
    if all(days.get(column) for column in ("valid_from", "valid_until")) and (
        days["valid_until"] <= days["valid_from"]
    ):
        yield row.fault(
            "valid_until",
            _("Ngày kết thúc không sau ngày bắt đầu."),
            _("Ghi ngày đầu tiên đơn vị không còn."),
        )


def _cycles(sheet, stored):
    for column in ("parent", "successor"):
        links = {code: getattr(unit, f"{column}_id") for code, unit in stored.items()}
        codes = {unit.pk: code for code, unit in stored.items()}
        links = {code: codes.get(pk) for code, pk in links.items()}
        if column in sheet.columns:
            links |= {row["code"]: row[column] or None for row in sheet.rows}
        rows = {row["code"]: row for row in sheet.rows}
        for code in members_of_cycles(links):
            if code in rows:
                yield rows[code].fault(
                    column,
                    _("Đơn vị thành cấp trên hoặc kế thừa của chính nó."),
                    _("Sửa để không còn vòng lặp."),
                )


def _alias_faults(sheet):
    owners = dict(UnitAlias.objects.values_list("search_key", "unit__code"))
    for row in sheet.rows:
        for alias in _aliases(row):
            owner = owners.setdefault(search_key(alias), row["code"])
            if owner != row["code"]:
                yield row.fault(
                    "aliases",
                    _("“%(alias)s” đã là tên gọi khác của %(code)s.")
                    % {"alias": alias[:80], "code": owner},
                    _("Bỏ ở một trong hai đơn vị."),
                )


def _write(sheet, stored, report):
    before = {code: _columns(unit) for code, unit in stored.items()}
    for row in sheet.rows:
        unit = stored.setdefault(row["code"], Unit(code=row["code"]))
        _fill(unit, row, sheet.columns)
    new = [stored[row["code"]] for row in sheet.rows if row["code"] not in before]
    Unit.objects.bulk_create(new)
    for row in sheet.rows:
        _link(stored[row["code"]], row, sheet.columns, stored)
    units = [stored[row["code"]] for row in sheet.rows]
    linked = [unit for unit in new if unit.parent_id or unit.successor_id]
    changed = [u for u in units if u.code in before and _columns(u) != before[u.code]]
    Unit.objects.bulk_update(
        [*linked, *changed], [*PLAIN, "parent", "successor"], batch_size=200
    )
    touched = {unit.code for unit in changed} | _add_aliases(sheet, stored)
    touched -= {unit.code for unit in new}
    report.count(CREATED, len(new))
    report.count(CHANGED, len(touched))
    report.count(UNCHANGED, len(units) - len(new) - len(touched))


def _columns(unit):
    return [getattr(unit, name) for name in (*PLAIN, "parent_id", "successor_id")]


def _fill(unit, row, columns):
    """Put the row's plain values on ``unit``, and the keys made from its names."""
    unit.name = tidy(row["name"])
    if "abbreviation" in columns:
        unit.short_name = tidy(row["abbreviation"])
    if "kind" in columns:
        unit.kind = tidy(row["kind"])
        unit.is_commune = unit.kind.lower() in COMMUNES
    if row["is_commune"]:
        unit.is_commune = FLAGS[row["is_commune"].lower()]
    for column in ("valid_from", "valid_until"):
        if column in columns:
            setattr(unit, column, _day(row[column]))
    for name, key in Unit.name_keys(unit.name, unit.short_name).items():
        setattr(unit, name, key)


def _link(unit, row, columns, stored):
    for column in ("parent", "successor"):
        if column in columns:
            setattr(unit, column, stored.get(row[column]))


def _add_aliases(sheet, stored):
    """Add the aliases not yet there; return the codes of the units that got one."""
    known = set(UnitAlias.objects.values_list("search_key", flat=True))
    new = {}
    for row in sheet.rows:
        for alias in _aliases(row):
            if search_key(alias) not in known:
                new[search_key(alias)] = UnitAlias(
                    unit=stored[row["code"]], text=alias, search_key=search_key(alias)
                )
    UnitAlias.objects.bulk_create(new.values())
    return {alias.unit.code for alias in new.values()}


def _aliases(row):
    parts = (tidy(part)[:200] for part in row["aliases"].split(";"))
    return [part for part in parts if part]


def _day(text):
    return date.fromisoformat(text) if text else None
