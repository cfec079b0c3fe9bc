import json
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Person
from contest.lib.faults import Faulty
from quizzes.models import Attempt, Correction, Entrant, Round
from quizzes.services.attempt_import import AlreadyPublished, import_attempts
from tests.factories import (
    CLOSES,
    make_attempt,
    make_audience,
    make_bloc,
    make_contest,
    make_contest_unit,
    make_entrant,
    make_paper,
    make_round,
    make_unit,
)

pytestmark = pytest.mark.django_db
LATER = CLOSES + timedelta(hours=1)
HEADER = (
    "person,unit,audience,score,correct,prediction,"
    "started_at,submitted_at,attempt_number"
)
START, END = "2025-10-01T08:00:00+07:00", "2025-10-01T08:10:30.250+07:00"


def make_ready_round(**contest):
    """A round for officials with fifteen items, and the unit ``so-a`` in a bloc."""
    contest = make_contest(**contest)
    round = make_round(contest)
    make_paper(round, make_audience(contest), items=1, item_count=15)
    make_contest_unit(make_bloc(contest), make_unit("so-a"))
    return round


def line(**cells):
    usual = {
        "person": "an",
        "unit": "so-a",
        "audience": "can-bo",
        "score": "13.5",
        "correct": "13",
        "prediction": "42",
        "started_at": START,
        "submitted_at": END,
        "attempt_number": "1",
    }
    return ",".join((usual | cells).values())


def file_of(*lines, header=HEADER):
    return "\r\n".join([header, *lines]).encode()


def bring(round, *lines, **options):
    header = options.pop("header", HEADER)
    data = file_of(*lines, header=header)
    return import_attempts(round, data, now=LATER, **options)


def test_a_row_becomes_a_closed_and_scored_attempt():
    round = make_ready_round()

    report = bring(round, line())

    assert report.counts["created"] == 1
    attempt = Attempt.objects.get()
    assert (attempt.origin, attempt.state, attempt.closed_by) == (
        "imported",
        "submitted",
        "person",
    )
    assert (attempt.score, attempt.correct_count, attempt.prediction) == (13500, 13, 42)
    assert attempt.started_at == datetime(2025, 10, 1, 1, 0, tzinfo=UTC)
    assert attempt.duration_ms == 630_250
    assert (attempt.unit.code, attempt.entrant.external_ref) == ("so-a", "an")


def test_the_same_file_again_changes_nothing():
    round = make_ready_round()
    rows = [line(), line(person="binh", prediction="")]
    bring(round, *rows)
    before = list(Attempt.objects.order_by("pk").values())

    report = bring(round, *rows)

    assert report.counts == {
        "created": 0,
        "changed": 0,
        "unchanged": 2,
        "people": 0,
        "voided": 0,
    }
    assert list(Attempt.objects.order_by("pk").values()) == before


def test_a_mended_file_changes_what_it_says_otherwise():
    round = make_ready_round()
    bring(round, line())

    report = bring(round, line(score="14"))

    assert report.counts["changed"] == 1
    assert Attempt.objects.get().score == 14000


def test_the_optional_columns_tell_the_person_and_the_void():
    round = make_ready_round()
    header = HEADER + ",birth_date,registered_at,name,void"
    row = line() + ",1990-05-31,2025-09-30T00:00:00+07:00,Nguyễn Văn An,1"

    bring(round, row, header=header)
    report = bring(round, row, header=header)

    person = Person.objects.get(full_name="Nguyễn Văn An")
    assert str(person.birth_date) == "1990-05-31"
    entrant = Entrant.objects.get()
    assert entrant.registered_at == datetime(2025, 9, 29, 17, tzinfo=UTC)
    void = Correction.objects.in_force(round.contest, LATER).get()
    assert (void.kind, void.attempt) == ("void", Attempt.objects.get())
    assert report.counts["voided"] == 0


def test_a_person_keeps_one_entry_over_attempts_and_rounds():
    round = make_ready_round()
    other = make_round(round.contest, number=2)
    make_paper(other, round.contest.audiences.get(), items=1, item_count=15)
    bring(round, line(), line(attempt_number="2"))
    week = {
        "started_at": "2025-10-08T08:00:00+07:00",
        "submitted_at": "2025-10-08T08:09:00+07:00",
    }

    import_attempts(other, file_of(line(**week)), now=LATER + timedelta(days=7))

    assert Entrant.objects.count() == 1
    assert Attempt.objects.count() == 3


def test_a_dry_run_counts_and_writes_nothing():
    round = make_ready_round()

    report = bring(round, line(), dry_run=True)

    assert report.counts["created"] == 1
    assert not Attempt.objects.exists()
    assert not Entrant.objects.exists()


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("person", ""),
        ("person", "x" * 121),
        ("unit", ""),
        ("unit", "so-b"),
        ("audience", "hoc-sinh"),
        ("score", "15.001"),
        ("score", "-1"),
        ("score", "1e3"),
        ("score", "NaN"),
        ("score", '"13,5"'),
        ("score", "13.5555"),
        ("score", "9" * 400),
        ("correct", "16"),
        ("correct", "1.0"),
        ("correct", ""),
        ("correct", "²"),
        ("prediction", "-3"),
        ("prediction", "2147483648"),
        ("prediction", "9" * 40),
        ("started_at", "2025-10-01T08:00:00"),
        ("started_at", "01/10/2025"),
        ("started_at", "2025-13-01T08:00:00+07:00"),
        ("started_at", "0001-01-01T00:00:00+14:00"),
        ("started_at", "2025-09-28T23:59:59.999+07:00"),
        ("started_at", "2025-10-06T00:00:00+07:00"),
        ("submitted_at", "2025-10-01T07:59:59+07:00"),
        ("submitted_at", "2025-10-06T00:00:01+07:00"),
        ("attempt_number", "0"),
        ("attempt_number", "99999999999"),
    ],
)
def test_a_bad_cell_is_one_fault_with_row_column_and_remedy(column, cell):
    round = make_ready_round()

    with pytest.raises(Faulty) as caught:
        bring(round, line(person="good"), line(**{column: cell}))

    (fault,) = caught.value.faults
    assert (fault.row, fault.column) == (3, column)
    assert fault.message
    assert fault.remedy
    assert not Attempt.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"person,unit\r\nan,so-a\r\n",
        file_of(line()).replace(b",", b";"),
        file_of(line()).decode().encode("utf-16"),
        file_of(line(person="a\0b")),
        file_of(line()) + b"\r\n\xff\xfe\xfd",
        file_of(line()) + b"\r\n\xed\xa0\x80" + line()[2:].encode(),
        file_of('"an,so-a'),
        file_of(line() + ",one cell too many"),
        b"PK\x03\x04 a workbook",
    ],
)
def test_a_file_that_is_no_such_table_is_refused_whole(data):
    round = make_ready_round()

    with pytest.raises(Faulty) as caught:
        import_attempts(round, data, now=LATER)

    assert len(caught.value.faults) == 1
    assert not Attempt.objects.exists()


def test_the_same_attempt_twice_names_the_earlier_line():
    round = make_ready_round()

    with pytest.raises(Faulty) as caught:
        bring(round, line(), line(score="2"))

    (fault,) = caught.value.faults
    assert (fault.row, fault.column) == (3, "attempt_number")
    assert "dòng 2" in str(fault)


def test_a_person_belongs_to_one_audience():
    round = make_ready_round()
    citizens = make_audience(round.contest, "cong-dan", counts_for_unit=False)
    make_paper(round, citizens, items=1, item_count=15)
    bring(round, line())

    with pytest.raises(Faulty) as caught:
        bring(round, line(audience="cong-dan", attempt_number="2"))

    assert caught.value.faults[0].column == "audience"


def test_a_citizen_needs_no_unit():
    round = make_ready_round()
    citizens = make_audience(round.contest, "cong-dan", counts_for_unit=False)
    make_paper(round, citizens, items=1, item_count=15)

    bring(round, line(audience="cong-dan", unit=""))

    assert Attempt.objects.get().unit is None


def test_an_attempt_made_here_is_not_overwritten():
    round = make_ready_round()
    entrant = make_entrant(audience=round.contest.audiences.get(), external_ref="an")
    make_attempt(entrant, round)

    with pytest.raises(Faulty):
        bring(round, line())

    assert Attempt.objects.get().origin == "portal"


def test_nothing_changes_after_publication():
    round = make_ready_round()
    bring(round, line())
    Round.objects.filter(pk=round.pk).update(results_at=LATER)

    assert bring(round, line()).counts["unchanged"] == 1
    with pytest.raises(AlreadyPublished):
        bring(round, line(score="1"))

    assert Attempt.objects.get().score == 13500


def test_the_command_tells_counts_and_faults(tmp_path):
    round = make_ready_round()
    path = tmp_path / "attempts.csv"
    path.write_bytes(file_of(line(score="99")))
    out, err = StringIO(), StringIO()

    with pytest.raises(CommandError):
        call_command(
            "import_attempts",
            path,
            contest=round.contest.slug,
            round=1,
            stdout=out,
            stderr=err,
            as_json=True,
        )

    told = json.loads(out.getvalue())
    assert (told["ok"], told["faults"][0]["column"]) == (False, "score")
    assert err.getvalue().startswith("Dòng 2, cột score: ")


def test_the_command_needs_a_round_that_exists(tmp_path):
    path = tmp_path / "attempts.csv"
    path.write_bytes(file_of(line()))

    with pytest.raises(CommandError, match="vòng 9"):
        call_command("import_attempts", path, contest="khong-co", round=9)
