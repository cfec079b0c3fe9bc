import copy
import json
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.services.units import import_units
from contest.lib.faults import Faulty
from contest.lib.models import AuditEvent
from leaderboards.models import Ranking
from leaderboards.services.configuration import (
    Archived,
    InUse,
    Locked,
    UnknownContest,
    contest_called,
    import_contest,
    read_contest,
)
from leaderboards.services.contest_document import export_contest
from quizzes.models import Contest, ContestUnit, Headcount, PaperSpec, Round
from tests.factories import make_entrant, make_imported_attempt, make_unit

NOW = datetime(2025, 9, 1, tzinfo=UTC)
HUE = Path(__file__).parents[2] / "data" / "hue"

pytestmark = pytest.mark.django_db


def beside_hue(name):
    return (HUE / name).read_bytes()


def hue():
    """The contest of Huế 2025 as a document of version 2; its units stored."""
    import_units(beside_hue("units.csv"), now=NOW)
    document, _ = read_contest(beside_hue("contest.json"), beside_hue)
    return document


def small(**changes):
    """The smallest document: one audience, one round, one ranking, one unit."""
    make_unit("u")
    document = {
        "schema_version": 2,
        "slug": "nho",
        "title": "Hội thi nhỏ",
        "organiser": "Sở",
        "late_start": "cut",
        "timed_out_counts": True,
        "incomplete_counts": True,
        "banks": [{"code": "b", "title": "B", "topics": [{"code": "t", "name": "T"}]}],
        "audiences": [
            {"code": "a", "name": "A", "unit_kind": "unit", "counts_for_unit": True}
        ],
        "rounds": [
            {
                "number": number,
                "title": f"Vòng {number}",
                "opens_at": f"2025-10-0{number}T00:00:00+07:00",
                "closes_at": f"2025-10-0{number + 1}T00:00:00+07:00",
                "papers": [
                    {
                        "audience": "a",
                        "bank": "b",
                        "items": 2,
                        "blueprint": [{"topic": "t", "difficulty": "easy", "count": 2}],
                    }
                ],
            }
            for number in (1, 2)
        ],
        "blocs": [
            {
                "code": "k",
                "name": "K",
                "units": [{"code": "u", "headcounts": [{"people": 10}]}],
            }
        ],
        "rankings": [
            {
                "code": "r",
                "title": "R",
                "scope": "round",
                "rule": {"criteria": [{"code": "score"}]},
            }
        ],
    }
    return document | changes


def bring(document, **options):
    return import_contest(document, now=NOW, **options)


def places_of(document):
    with pytest.raises(Faulty) as refusal:
        bring(document)
    assert not Contest.objects.exists()
    return [fault.column for fault in refusal.value.faults]


def test_hue_comes_in_whole_and_again_changes_nothing():
    document = hue()

    first = bring(document)
    second = bring(document)

    contest = Contest.objects.get()
    assert first.counts["created"] > 0
    assert not second.has_changes
    assert AuditEvent.objects.filter(action="configuration.import").count() == 1
    assert (Round.objects.count(), PaperSpec.objects.count()) == (4, 8)
    assert ContestUnit.objects.count() == 63
    assert sum(Headcount.objects.values_list("people", flat=True)) == 26300
    assert contest.rounds.get(number=1).closes_at == datetime(
        2025, 10, 5, 17, tzinfo=UTC
    )
    paper = PaperSpec.objects.first()
    assert (paper.prediction, paper.prediction_scope) == ("perfect_people", "audience")
    assert paper.attempt_limits == [{"n": 1, "per": "round"}]


def test_version_1_says_what_was_chosen_for_it_and_that_rosters_are_missing():
    import_units(beside_hue("units.csv"), now=NOW)

    document, warnings = read_contest(beside_hue("contest.json"), beside_hue)
    report = bring(document)

    assert len(warnings) == 1
    assert ["danh sách" in warning for warning in report.warnings] == [True]


def test_what_is_exported_is_what_was_imported():
    document = hue()
    bring(document)

    exported = export_contest(Contest.objects.get())

    assert sorted_units(exported) == sorted_units(document)
    assert not bring(exported).has_changes


def sorted_units(document):
    document = copy.deepcopy(document)
    for bloc in document["blocs"]:
        bloc["units"].sort(key=lambda unit: unit["code"])
    return document


def test_an_export_makes_the_same_contest_under_another_name():
    bring(hue())
    exported = export_contest(Contest.objects.get()) | {"slug": "hue-2026"}

    bring(exported)

    assert export_contest(Contest.objects.get(slug="hue-2026")) == exported


def test_rows_that_the_document_lacks_are_taken_away():
    document = small()
    bring(document)
    del document["rounds"][1]
    document["blocs"] = []

    report = bring(document)

    assert report.counts["removed"] == 5
    assert (Round.objects.count(), ContestUnit.objects.count()) == (1, 0)


def test_rounds_may_exchange_their_codes():
    document = small()
    bring(document)
    document["rounds"][0]["code"], document["rounds"][1]["code"] = "vong-2", "vong-1"

    bring(document)

    assert Round.objects.get(number=1).code == "vong-2"


def test_an_attempt_keeps_its_round():
    document = small()
    bring(document)
    contest = Contest.objects.get()
    entrant = make_entrant(contest, audience=contest.audiences.get())
    make_imported_attempt(entrant, contest.rounds.get(number=2))
    del document["rounds"][1]

    with pytest.raises(InUse):
        bring(document)

    assert Round.objects.count() == 2


def lock(document):
    bring(document)
    Round.objects.filter(number=1).update(locked_at=NOW)


def change_audience(document):
    document["audiences"][0]["min_age"] = 18


def change_locked_round(document):
    document["rounds"][0]["papers"][0]["minutes"] = 5


def change_rule(document):
    document["rankings"][0]["rule"]["ties"] = "extend"


def change_choice(document):
    document["late_start"] = "full"


def change_bloc(document):
    document["blocs"] = []


@pytest.mark.parametrize(
    "change",
    [change_audience, change_locked_round, change_rule, change_choice, change_bloc],
)
def test_a_locked_round_refuses_what_would_alter_it(change):
    document = small()
    lock(document)
    change(document)

    with pytest.raises(Locked) as refusal:
        bring(document)

    assert "Vòng 1" in str(refusal.value)


def test_with_one_round_locked_the_next_may_still_change():
    document = small()
    lock(document)
    document["title"] = "Tên khác"
    document["rounds"][0]["title"] = "Tuần 1"
    document["rounds"][1]["papers"][0]["minutes"] = 5
    document["blocs"][0]["units"][0]["headcounts"] = [{"people": 12}]

    bring(document)

    assert PaperSpec.objects.get(round__number=2).minutes == 5
    assert Headcount.objects.get().people == 12


def test_a_frozen_headcount_stays_once_a_round_is_locked():
    document = small()
    lock(document)
    Headcount.objects.update(frozen_at=NOW)
    document["blocs"][0]["units"][0]["headcounts"] = [{"people": 12}]

    with pytest.raises(Locked):
        bring(document)


def test_an_archived_contest_stays():
    document = small()
    bring(document)
    Contest.objects.update(state=Contest.State.ARCHIVED)

    with pytest.raises(Archived):
        bring(document | {"title": "Khác"})


def with_round(place, **changes):
    document = small()
    document["rounds"][place] |= changes
    return document


def with_paper(**changes):
    document = small()
    document["rounds"][0]["papers"][0] |= changes
    return document


def with_rule(rule):
    document = small()
    document["rankings"][0]["rule"] = rule
    return document


@pytest.mark.parametrize(
    ("make", "places"),
    [
        (lambda: small(slug="a b"), ["slug"]),
        (lambda: small(title=7), ["title"]),
        (lambda: small(edition=10**9), ["edition"]),
        (lambda: small(late_start="perhaps"), ["late_start"]),
        (lambda: small(rounds=[]), ["rounds"]),
        (lambda: with_paper(items=3), ["rounds[0].papers[0].items"]),
        (lambda: with_paper(items=0), ["rounds[0].papers[0].items"]),
        (lambda: with_paper(audience="z"), ["rounds[0].papers[0].audience"]),
        (
            lambda: with_paper(
                blueprint=[{"topic": "z", "difficulty": "easy", "count": 2}]
            ),
            ["rounds[0].papers[0].blueprint[0].topic"],
        ),
        (
            lambda: with_paper(
                attempts=[{"n": 1, "per": "day"}, {"n": 2, "per": "day"}]
            ),
            ["rounds[0].papers[0].attempts[1].per"],
        ),
        (
            lambda: with_round(0, closes_at="2025-10-01T00:00:00+07:00"),
            ["rounds[0].closes_at"],
        ),
        (
            lambda: with_round(0, opens_at="2025-13-01T00:00:00+07:00"),
            ["rounds[0].opens_at"],
        ),
        (lambda: with_round(1, number=1, code="x"), ["rounds[1].number"]),
        (
            lambda: with_rule({"criteria": [{"code": "beauty"}]}),
            ["rankings[0].rule.criteria[0].code"],
        ),
        (lambda: with_rule({}), ["rankings[0].rule.criteria"]),
    ],
)
def test_each_fault_names_its_path_and_nothing_comes_in(make, places):
    assert places_of(make()) == places


def test_all_faults_are_told_at_once():
    document = with_paper(audience="z")
    document["blocs"][0]["units"].append({"code": "nowhere"})
    document["rankings"][0]["rule"] = {"criteria": []}

    assert places_of(document) == [
        "rounds[0].papers[0].audience",
        "blocs[0].units[1].code",
        "rankings[0].rule.criteria",
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"nothing",
        b"\xff\xfe",
        b'{"slug": "a", "slug": "b"}',
        b'{"edition": NaN}',
        b"[" * 100_000,
        b'{"slug": "\\u0000"}',
        b'{"slug": "\\ud800"}',
        b'{"schema_version": 1}',
        b"7",
        b'{"edition": ' + b"9" * 5000 + b"}",
    ],
)
def test_no_bytes_bring_down_the_reading(data):
    with pytest.raises(Faulty):
        read_contest(data)


def test_a_dry_run_writes_nothing():
    report = bring(small(), dry_run=True)

    assert report.counts["created"] > 0
    assert not Contest.objects.exists()
    assert not Ranking.objects.exists()


def test_the_commands_import_and_export(tmp_path):
    import_units(beside_hue("units.csv"), now=NOW)
    out, target = StringIO(), tmp_path / "out.json"

    call_command("import_contest", HUE / "contest.json", "--json", stdout=out)
    call_command("export_contest", "hoi-thi-cchc-hue-2025", output=target)
    call_command("import_contest", target, stdout=StringIO(), stderr=StringIO())

    assert json.loads(out.getvalue())["ok"] is True
    assert json.loads(target.read_text())["slug"] == "hoi-thi-cchc-hue-2025"


def test_without_the_units_each_missing_one_is_a_line():
    err = StringIO()

    with pytest.raises(CommandError):
        call_command("import_contest", HUE / "contest.json", stderr=err)

    assert err.getvalue().count("import_units") == 63


def test_an_unknown_contest_is_refused_by_name():
    with pytest.raises(UnknownContest):
        contest_called("none")
    with pytest.raises(CommandError):
        call_command("export_contest", "none")
