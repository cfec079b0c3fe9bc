"""
Huế 2025 on invented attempts: set up from its file, attempts from CSV, then tallied.

The recount here knows the file of attempts and the regulations, nothing of the portal:
score, then the prediction, then the moment of submission; by bloc 40 % rate, 30 % mean
score, 20 % perfect papers, 10 % steadiness, with half of the people as the gate.
"""

import csv
import io
import json
import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.services.units import import_units
from leaderboards.models import Award, Publication
from leaderboards.services.configuration import import_contest, read_contest
from tests.factories import make_user

pytestmark = pytest.mark.django_db
HUE = Path(__file__).parents[2] / "data" / "hue"
SLUG = "hoi-thi-cchc-hue-2025"
NOW = datetime(2025, 9, 1, tzinfo=UTC)
OPENS = datetime.fromisoformat("2025-09-29T00:00:00+07:00")
COLUMNS = [
    "person",
    "unit",
    "audience",
    "score",
    "correct",
    "prediction",
    "started_at",
    "submitted_at",
    "attempt_number",
]
PRIZES = ["nhat", "nhi", "ba"]
UNIT_PRIZES = {
    "so-ban-nganh": ["nhat"] + ["nhi"] * 2 + ["ba"] * 2,
    "don-vi-su-nghiep": ["nhat", "nhi", "ba"],
    "xa-phuong": ["nhat"] + ["nhi"] * 2 + ["ba"] * 3 + ["khuyen-khich"] * 3,
}


def small_units():
    """The units of Huế with four to ten people each, two of them twins."""
    rows = list(csv.DictReader(io.StringIO((HUE / "units.csv").read_text("utf-8"))))
    for place, row in enumerate(rows):
        row["headcount"] = str(4 + place % 7)
    rows[1]["headcount"] = rows[0]["headcount"]
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return rows, out.getvalue().encode()


def invented(units, number):
    """A week's attempts: most of the people of each unit, and thirty citizens."""
    dice = random.Random(number)
    twins = [unit["code"] for unit in units[:2]]
    rows = []
    for unit in units:
        away = 0 if unit["code"] in twins else dice.choice([0, 0, 1, 2, 4])
        for n in range(int(unit["headcount"]) - away):
            row = attempt(dice, number, f"{unit['code']}-{n}", unit["code"], "can-bo")
            rows.append(row)
    for n in range(30):
        rows.append(attempt(dice, number, f"dan-{n}", "", "cong-dan"))
    scores = [row["score"] for row in rows if row["unit"] == twins[0]]
    for row, score in zip(
        (row for row in rows if row["unit"] == twins[1]), scores, strict=True
    ):
        row["score"] = row["correct"] = score
    tie_at_the_top(rows)
    return rows


def attempt(dice, number, person, unit, audience):
    start = OPENS + timedelta(days=7 * (number - 1), minutes=dice.randrange(9000))
    correct = dice.choice([15, 15, 15, 14, 13, 9])
    return {
        "person": person,
        "unit": unit,
        "audience": audience,
        "score": correct,
        "correct": correct,
        "prediction": dice.choice(["", *range(5, 400)]),
        "started_at": start.isoformat(),
        "submitted_at": (start + timedelta(seconds=dice.randrange(1200))).isoformat(),
        "attempt_number": 1,
    }


def tie_at_the_top(rows):
    """Two officials hit the truth at the same moment: one prize line, two people."""
    perfect = [r for r in rows if r["audience"] == "can-bo" and r["score"] == 15]
    for row in perfect[:2]:
        row["prediction"] = len(perfect)
        row["started_at"] = perfect[0]["started_at"]
        row["submitted_at"] = perfect[0]["started_at"]


def csv_of(rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


# The recount -----------------------------------------------------------------------


def recount_people(rows, audience):
    """``[(place, person)]``; a place is one plus the number of those before."""
    mine = [row for row in rows if row["audience"] == audience]
    truth = sum(row["score"] == 15 for row in mine)

    def key(row):
        asked = row["prediction"] != ""
        distance = abs(int(row["prediction"]) - truth) if asked else 10**9
        return (-row["score"], distance, datetime.fromisoformat(row["submitted_at"]))

    placed = [
        (1 + sum(key(other) < key(row) for other in mine), row["person"])
        for row in mine
    ]
    return sorted(placed)


def recount_winners(placed, values):
    """``{(prize, person, value)}``: those tied on a line share what they fill."""
    won, at = set(), 0
    while at < len(PRIZES):
        place = placed[at][0]
        tied = [person for p, person in placed if p == place]
        filled = values[at : at + len(tied)]
        for person in tied:
            won.add((PRIZES[at], person, sum(filled) // len(tied)))
        at += len(tied)
    return won


def recount_units(units, weeks, bloc):
    """``[(place or None, unit, points)]`` of a bloc, as the regulations say."""
    rows = []
    for unit in (unit for unit in units if unit["bloc"] == bloc):
        people = int(unit["headcount"])
        papers = [
            [
                row["score"]
                for row in week
                if row["unit"] == unit["code"] and row["audience"] == "can-bo"
            ]
            for week in weeks
        ]
        rates = [Fraction(len(week), people) for week in papers]
        scores = [score for week in papers for score in week]
        rate = sum(rates) / 4
        mean = Fraction(sum(scores), 15 * len(scores))
        perfect = Fraction(scores.count(15), len(scores))
        steady = min(rates) / max(rates)
        points = 40 * rate + 30 * mean + 20 * perfect + 10 * steady
        key = (points, rate, perfect, mean) if rate >= Fraction(1, 2) else None
        rows.append((unit["code"], points, key))
    ranked = [row for row in rows if row[2]]
    found = [
        (1 + sum(other[2] > row[2] for other in ranked), row[0], str(row[1]))
        for row in ranked
    ]
    failed = [(None, row[0], str(row[1])) for row in rows if not row[2]]
    return sorted(found) + sorted(failed, key=lambda row: row[1])


def recount_unit_winners(placed, prizes):
    won, at = set(), 0
    placed = [row for row in placed if row[0]]
    while at < len(prizes):
        tied = [unit for place, unit, _ in placed if place == placed[at][0]]
        won |= {(prizes[at], unit) for unit in tied}
        at += len(tied)
    return won


# The run ---------------------------------------------------------------------------


def set_up():
    units, data = small_units()
    import_units(data, now=NOW)
    files = {"units.csv": data, "blocs.csv": (HUE / "blocs.csv").read_bytes()}
    document, _ = read_contest((HUE / "contest.json").read_bytes(), files.get)
    import_contest(document, now=NOW)
    return units


def run(command, *arguments, **options):
    call_command(command, *arguments, stdout=io.StringIO(), **options)


def tallied(folder, **options):
    file = folder / "tally.json"
    run("tally", SLUG, file=file, **options)
    return json.loads(file.read_text(encoding="utf-8"))


def standings_of(told, audience):
    return sorted(
        (row["place"], row["entrant"]["ref"])
        for row in told["standings"]
        if row["group"] == audience
    )


def winners_of(told, audience):
    return {
        (award["prize"], award["entrant"]["ref"], award["value"])
        for award in told["awards"]
        if award["audience"] == audience
    }


def test_hue_2025_from_its_files_to_its_awards(tmp_path):
    units = set_up()
    weeks = []
    for number in (1, 2, 3, 4):
        weeks.append(invented(units, number))
        path = tmp_path / f"tuan-{number}.csv"
        path.write_text(csv_of(weeks[-1]), encoding="utf-8")
        run("import_attempts", path, contest=SLUG, round=number)

        told = tallied(tmp_path, round=number)

        assert len(told["awards"]) >= 6
        for audience, values in (
            ("can-bo", [800_000, 600_000, 400_000]),
            ("cong-dan", [700_000, 500_000, 300_000]),
        ):
            placed = recount_people(weeks[-1], audience)
            assert standings_of(told, audience) == placed
            assert winners_of(told, audience) == recount_winners(placed, values)
        values = {value for _, _, value in winners_of(told, "can-bo")}
        assert values - {800_000, 600_000, 400_000}, "two share a prize line"

    whole = tallied(tmp_path)

    by_bloc = defaultdict(list)
    for row in whole["units"]:
        key = (row["place"], row["unit"]["code"], row["points"])
        by_bloc[row["bloc"]["code"]].append(key)
    tied = 0
    for bloc, prizes in UNIT_PRIZES.items():
        placed = recount_units(units, weeks, bloc)
        assert by_bloc[bloc] == placed
        won = {
            (award["prize"], award["unit"]["code"])
            for award in whole["awards"]
            if award["bloc"]["code"] == bloc
        }
        assert won == recount_unit_winners(placed, prizes)
        places = [row[0] for row in placed if row[0]]
        tied += len(places) - len(set(places))
    assert tied, "the twins share a place"
    assert len(whole["awards"]) >= 17


def test_hue_is_published_round_by_round_and_the_whole_last(tmp_path):
    units = set_up()
    make_user("an")
    make_user("binh")
    two = {"by": "an", "approved_by": "binh"}
    for number in (1, 2, 3, 4):
        path = tmp_path / f"tuan-{number}.csv"
        path.write_text(csv_of(invented(units, number)[:40]), encoding="utf-8")
        run("import_attempts", path, contest=SLUG, round=number)
        run("tally", SLUG, round=number)
    run("tally", SLUG)

    with pytest.raises(CommandError, match="chưa được công bố"):
        run("publish", SLUG, **two)
    with pytest.raises(CommandError, match="khác người"):
        run("publish", SLUG, round=1, by="an", approved_by="an")
    for number in (1, 2, 3, 4):
        run("publish", SLUG, round=number, **two)
    run("publish", SLUG, **two)
    run("publish", SLUG, **two)

    assert Publication.objects.count() == 5
    assert Award.objects.published().exists()
