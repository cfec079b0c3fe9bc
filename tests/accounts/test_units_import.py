import json
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Unit, UnitAlias
from accounts.rules.trees import members_of_cycles
from accounts.services.units import import_units
from contest.lib.faults import Faulty

NOW = datetime(2025, 9, 1, tzinfo=UTC)
HUE = Path(__file__).parents[2] / "data" / "hue" / "units.csv"

pytestmark = pytest.mark.django_db


def bring(text, **options):
    return import_units(text.encode(), now=NOW, **options)


def places_of(text):
    with pytest.raises(Faulty) as refusal:
        bring(text)
    assert not Unit.objects.exists()
    return [(fault.row, fault.column) for fault in refusal.value.faults]


def test_the_units_of_hue_come_in_and_again_change_nothing():
    first = bring(HUE.read_text(encoding="utf-8"))
    second = bring(HUE.read_text(encoding="utf-8"))

    assert first.counts == {"created": 63, "changed": 0, "unchanged": 0}
    assert second.counts == {"created": 0, "changed": 0, "unchanged": 63}
    assert Unit.objects.filter(is_commune=True).count() == 40
    assert Unit.objects.get(code="so-noi-vu").short_name == "Sở Nội vụ"


def test_parents_successors_days_and_aliases_are_kept():
    bring(
        "code,name,parent,successor,valid_until,aliases\n"
        "truong,Trường A,phuong,,,THCS A; Cấp 2 A\n"
        "phuong,Phường B,,,,\n"
        "xa-cu,Xã cũ,,phuong,2025-07-01,\n"
    )

    school = Unit.objects.get(code="truong")
    old = Unit.objects.get(code="xa-cu")
    assert school.parent.code == "phuong"
    assert {alias.text for alias in school.aliases.all()} == {"THCS A", "Cấp 2 A"}
    assert (old.successor.code, old.valid_until) == ("phuong", date(2025, 7, 1))


def test_columns_that_the_file_lacks_stay_as_they_are():
    bring("code,name,kind,parent\na,A,sở,\nb,B,phòng,a\n")

    report = bring("code,name\nb,B mới\n")

    unit = Unit.objects.get(code="b")
    assert report.counts["changed"] == 1
    assert (unit.name, unit.kind, unit.parent.code) == ("B mới", "phòng", "a")
    assert list(Unit.objects.found_by("b moi")) == [unit]


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        ("a,,,,\n", [(2, "name")]),
        ("a b,A,,,\n", [(2, "code")]),
        ("a,A,,,\na,B,,,\n", [(3, "code")]),
        ("a,A,z,,\n", [(2, "parent")]),
        ("a,A,,2025-13-01,\n", [(2, "valid_until")]),
        ("a,A,b,,\nb,B,a,,\n", [(2, "parent"), (3, "parent")]),
        ("a,A,,,X\nb,B,,,x\n", [(3, "aliases")]),
        (f"a,{'x' * 201},,,\n", [(2, "name")]),
    ],
)
def test_every_fault_names_row_and_column_and_nothing_comes_in(rows, places):
    assert places_of(f"code,name,parent,valid_until,aliases\n{rows}") == places


def test_an_alias_of_another_unit_is_a_fault_also_when_it_is_stored_already():
    bring("code,name,aliases\na,A,X\n")

    with pytest.raises(Faulty):
        bring("code,name,aliases\nb,B,X\n")

    assert UnitAlias.objects.count() == 1


def test_a_dry_run_writes_nothing():
    report = bring("code,name\na,A\n", dry_run=True)

    assert report.counts["created"] == 1
    assert not Unit.objects.exists()


def test_only_the_members_of_a_cycle_are_named():
    parents = {"a": "b", "b": "c", "c": "b", "d": None}

    assert members_of_cycles(parents) == ["b", "c"]


def test_the_command_prints_counts_or_every_fault_and_fails(tmp_path):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("code,name\na,A\n")
    bad.write_text("code,name\n,B\nc,\n")
    out, err = StringIO(), StringIO()

    call_command("import_units", good, "--json", stdout=out)
    with pytest.raises(CommandError):
        call_command("import_units", bad, stderr=err)

    assert json.loads(out.getvalue())["created"] == 1
    assert [line[:6] for line in err.getvalue().splitlines()] == ["Dòng 2", "Dòng 3"]


def test_the_command_says_in_one_line_that_a_file_is_not_there(tmp_path):
    with pytest.raises(CommandError) as refusal:
        call_command("import_units", tmp_path / "none.csv")

    assert "none.csv" in str(refusal.value)
