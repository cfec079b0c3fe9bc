"""Two editions share no item, and this year's second round is always open."""

import csv
import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from leaderboards.rules.simulation.editions import halves, rounds_around

HUE = Path(__file__).resolve().parents[2] / "data" / "hue"
A_MONDAY = date(2026, 11, 23)


def bank_rows():
    with (HUE / "questions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_halves_share_no_item_and_lose_none():
    rows = bank_rows()

    first, second = halves(rows)

    one, other = ({row["id"] for row in side} for side in (first, second))
    assert not one & other
    assert one | other == {row["id"] for row in rows}


def test_each_half_can_fill_every_blueprint_of_hue():
    contest = json.loads((HUE / "contest.json").read_text(encoding="utf-8"))
    names = {topic["code"]: topic["name"] for topic in contest["topics"]}

    for side in halves(bank_rows()):
        cells = Counter((row["topic"], row["difficulty"]) for row in side)
        lines = [
            line
            for round in contest["rounds"]
            for paper in round["papers"].values()
            for line in paper["blueprint"]
        ]
        assert lines
        for line in lines:
            assert cells[names[line["topic"]], line["difficulty"]] >= line["count"]


def test_exclusions_name_only_items_of_the_same_half():
    for side in halves(bank_rows()):
        codes = {row["id"] for row in side}
        named = [row["not_with"].split(";") for row in side if row["not_with"]]

        assert named
        assert all(set(one) <= codes for one in named)


@pytest.mark.parametrize("weekday", range(7))
def test_on_every_day_of_the_week_the_second_round_is_well_under_way(weekday):
    today = A_MONDAY + timedelta(days=weekday)

    first, second, third, fourth = rounds_around(today, 4)

    assert second.opens_on <= today - timedelta(days=2)
    assert second.closes_on >= today + timedelta(days=3)
    assert first.opens_on < first.closes_on == second.opens_on <= A_MONDAY
    assert second.closes_on == third.opens_on
    assert third.closes_on == fourth.opens_on


@pytest.mark.parametrize("weekday", [2, 3, 4])
def test_in_the_middle_of_the_week_rounds_are_calendar_weeks(weekday):
    rounds = rounds_around(A_MONDAY + timedelta(days=weekday), 4)

    assert [days.opens_on for days in rounds] == [
        A_MONDAY + timedelta(days=7 * n) for n in (-1, 0, 1, 2)
    ]
