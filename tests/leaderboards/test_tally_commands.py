import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from leaderboards.models import Publication, Tally
from leaderboards.services import tallies
from leaderboards.tasks import compute_requested
from tests.factories import make_user
from tests.leaderboards.tallied import (
    HUE,
    LATER,
    approve_correction,
    make_closed_round,
    take_part,
)

pytestmark = pytest.mark.django_db


def run(*arguments, **options):
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def test_tally_writes_the_rows_that_outsiders_read(tmp_path):
    round = make_closed_round()
    take_part(round, "an", prediction=1)
    file = tmp_path / "tally.json"

    said = run("tally", round.contest.slug, round=1, file=file)

    tally = Tally.objects.get()
    assert tally.hash in said
    told = json.loads(file.read_text(encoding="utf-8"))
    assert (told["version"], told["hash"]) == (1, tally.hash)
    (row,) = told["standings"]
    assert (row["place"], row["entrant"]["ref"], row["score"]) == (1, "an", 15000)
    (award,) = told["awards"]
    assert (award["title"], award["unit"]) == ("Giải Nhất", None)


def test_tally_writes_what_changed_since_the_version_before(tmp_path):
    round = make_closed_round()
    first = take_part(round, "an", prediction=2)
    second = take_part(round, "binh", prediction=9)
    file = tmp_path / "changes.json"

    def winners():
        run("tally", round.contest.slug, round=1, changes=file)
        (award,) = json.loads(file.read_text(encoding="utf-8"))["awards"]
        return [rows and rows[0][0] for rows in (award["before"], award["after"])]

    an, binh = (str(one.entrant.uuid) for one in (first, second))
    assert winners() == [None, an]
    approve_correction(round.contest, "void", attempt=first)
    assert winners() == [an, binh]


def test_tally_tells_what_an_organiser_has_to_know():
    rule = {"criteria": [{"code": "score"}], "ties": "organiser"}
    round = make_closed_round(rule=rule | {"prizes": HUE["prizes"]})
    take_part(round, "an")
    take_part(round, "binh")

    said = run("tally", round.contest.slug, round=1)

    assert "giải nhat chờ ban tổ chức quyết định giữa" in said


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"contest": "khong-co"}, "khong-co"),
        ({"round": 9}, "vòng 9"),
        ({"round": 1, "file": "/khong/co/tally.json"}, "/khong/co"),
    ],
)
def test_tally_ends_with_one_clear_line(options, says):
    round = make_closed_round()
    take_part(round, "an")
    slug = options.pop("contest", round.contest.slug)

    with pytest.raises(CommandError, match=says):
        run("tally", slug, **options)


def test_publish_freezes_approves_and_publishes_the_newest():
    round = make_closed_round()
    take_part(round, "an")
    an, binh = make_user("an"), make_user("binh")
    two = {"round": 1, "by": "an", "approved_by": "binh"}
    with pytest.raises(CommandError, match="Chưa có kết quả"):
        run("publish", round.contest.slug, **two)
    run("tally", round.contest.slug, round=1)
    with pytest.raises(CommandError, match="khong-ai"):
        run("publish", round.contest.slug, **two | {"by": "khong-ai"})

    run(
        "publish",
        round.contest.slug,
        **two,
        decision="148/QĐ-BTCHT",
        decided_on="2025-10-06",
    )

    publication = Publication.objects.get()
    assert (publication.published_by, publication.approved_by) == (an, binh)
    assert publication.tally.decision_number == "148/QĐ-BTCHT"


def test_the_task_computes_until_nothing_waits():
    rounds = [make_closed_round(), make_closed_round()]
    for round in rounds:
        take_part(round, "an")
        tallies.request(round.contest, round, now=LATER)

    compute_requested()

    assert set(Tally.objects.values_list("state", flat=True)) == {"provisional"}
