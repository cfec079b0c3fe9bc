import json
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from contest.lib.faults import Faulty
from contest.lib.models import AuditEvent
from quizzes.formats import FORMATS
from quizzes.models import Bank, Item, ItemVersion
from quizzes.services.bank_import import UnknownBank, import_into, import_items

NOW = datetime(2025, 9, 1, tzinfo=UTC)
DATA = Path(__file__).parent.parent / "data" / "formats"
HUE = Path(__file__).parents[2] / "data" / "hue"
HEAD = (
    "id,topic,difficulty,type,stem,option_a,option_b,option_c,option_d,option_e,"
    "option_f,correct,explanation,source,not_with\n"
)

pytestmark = pytest.mark.django_db


def make_bank():
    return Bank.objects.create(code="b", title="B")


def items_csv(*rows):
    return (HEAD + "".join(f"{row}\n" for row in rows)).encode()


def item_row(code, *, stem="S?", correct="A", topic="T", not_with=""):
    return f"{code},{topic},easy,single,{stem},1,2,,,,,{correct},E,L,{not_with}"


def bring(bank, data, **options):
    return import_items(bank, data, format=FORMATS["csv"], now=NOW, **options)


def test_the_bank_of_hue_comes_in_whole_and_again_changes_nothing():
    bank = make_bank()
    data = (HUE / "questions.csv").read_bytes()

    first = bring(bank, data, approve=True)
    second = bring(bank, data, approve=True)

    assert first.counts["created"] == 194
    assert second.counts == {
        "created": 0,
        "changed": 0,
        "relabelled": 0,
        "unchanged": 194,
    }
    assert bank.topics.count() == 9
    assert Item.objects.approved().count() == 194
    assert AuditEvent.objects.count() == 1
    apart = Item.objects.get(code="CCHC-602").not_with.values_list("code", flat=True)
    assert sorted(apart) == ["CCHC-603", "CCHC-604", "CCHC-620"]


def test_items_wait_for_approval_unless_told_otherwise():
    bank = make_bank()

    bring(bank, items_csv(item_row("A-1")))

    assert Item.objects.get().state == Item.State.DRAFT


@pytest.mark.parametrize("change", [{"stem": "S2?"}, {"correct": "B"}])
def test_new_words_or_a_new_key_are_a_new_version_and_the_old_one_stays(change):
    bank = make_bank()
    bring(bank, items_csv(item_row("A-1")), approve=True)
    old = ItemVersion.objects.get()

    report = bring(bank, items_csv(item_row("A-1", **change)))

    item = Item.objects.get()
    old.refresh_from_db()
    assert report.counts["changed"] == 1
    assert (item.current.number, item.state) == (2, Item.State.DRAFT)
    assert (old.stem, old.key.correct) == ("S?", ["a"])


def test_only_another_topic_or_pair_is_no_new_version():
    bank = make_bank()
    bring(bank, items_csv(item_row("A-1"), item_row("A-2", topic="U")))

    report = bring(
        bank,
        items_csv(
            item_row("A-1", topic="U", not_with="A-2"), item_row("A-2", topic="U")
        ),
    )

    assert (report.counts["changed"], report.counts["relabelled"]) == (0, 2)
    assert ItemVersion.objects.count() == 2


def test_a_pair_left_out_is_taken_away_on_both_sides():
    bank = make_bank()
    bring(bank, items_csv(item_row("A-1", not_with="A-2"), item_row("A-2")))

    bring(bank, items_csv(item_row("A-1"), item_row("A-2")))

    assert not Item.not_with.through.objects.exists()


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("bad-missing-correct.csv", 2),
        ("bad-duplicate-option.csv", 2),
        ("bad-truncated.csv", 1),
        ("bad-too-few-columns.csv", 2),
    ],
)
def test_with_a_fault_nothing_comes_in_and_partially_the_sound_ones_do(name, count):
    bank = make_bank()
    data = (DATA / name).read_bytes()

    with pytest.raises(Faulty) as refusal:
        bring(bank, data)

    before = Item.objects.count()
    report = bring(bank, data, partial=True)

    assert [fault.row for fault in refusal.value.faults] == [3]
    assert before == 0
    assert (Item.objects.count(), len(report.faults)) == (count, 1)


def test_a_topic_or_neighbour_that_is_not_there_is_a_fault():
    bank = make_bank()
    bring(bank, items_csv(item_row("A-1")))

    with pytest.raises(Faulty) as refusal:
        bring(
            bank,
            items_csv(item_row("A-2", topic="Lạ"), item_row("A-3", not_with="A-9")),
        )

    places = {(fault.row, fault.column) for fault in refusal.value.faults}
    assert places == {(2, "topic"), (3, "not_with")}


def test_a_topic_is_found_by_its_code_or_its_name_whatever_its_marks():
    bank = make_bank()
    bank.topics.create(code="the-che", name="Cải cách thể chế")

    report = bring(
        bank,
        items_csv(
            item_row("A-1", topic="the-che"), item_row("A-2", topic="cải cách Thể Chế")
        ),
    )

    assert report.counts["created"] == 2
    assert bank.topics.count() == 1


def test_a_dry_run_tells_and_writes_nothing():
    report = import_into(
        "new",
        items_csv(item_row("A-1")),
        title="New",
        format=FORMATS["csv"],
        now=NOW,
        dry_run=True,
    )

    assert report.counts["created"] == 1
    assert not Bank.objects.exists()


def test_a_bank_that_is_not_there_is_refused_by_name():
    with pytest.raises(UnknownBank) as refusal:
        import_into("none", b"", format=FORMATS["csv"], now=NOW)

    assert "none" in str(refusal.value)


def test_a_retired_item_stays_retired_when_the_same_file_comes_again():
    bank = make_bank()
    bring(bank, items_csv(item_row("A-1")))
    Item.objects.update(state=Item.State.RETIRED)

    report = bring(bank, items_csv(item_row("A-1")), approve=True)

    assert report.counts["unchanged"] == 1
    assert Item.objects.get().state == Item.State.RETIRED


def test_the_command_imports_tells_and_fails(tmp_path):
    make_bank()
    out, err = StringIO(), StringIO()
    file = tmp_path / "items.csv"
    file.write_bytes(items_csv(item_row("A-1")))

    call_command("import_items", file, "--bank=b", "--approve", "--json", stdout=out)
    bad = DATA / "bad-unknown-type.csv"
    with pytest.raises(CommandError):
        call_command("import_items", bad, "--bank=b", stderr=err)
    with pytest.raises(CommandError):
        call_command("import_items", file, "--bank=none")

    assert json.loads(out.getvalue())["created"] == 1
    assert "Dòng 3, cột type: " in err.getvalue()
    assert Item.objects.count() == 1
