"""The model by itself, at full scale: it meets what was published, to the person."""

import csv
import json
from fractions import Fraction
from pathlib import Path

import pytest

from leaderboards.rules.simulation import (
    calendar,
    crowd,
    known,
    people,
    sitting,
    targets,
)
from leaderboards.rules.simulation.apportion import apportion
from leaderboards.rules.simulation.dice import Dice
from leaderboards.rules.simulation.turnout import quotas
from quizzes.rules import drawing, scoring, timing

HUE = Path(__file__).resolve().parents[2] / "data" / "hue"
SEED = "kiem-thu"
MONDAY = 1_759_078_800_000
WEEK = timing.Window(MONDAY, MONDAY + 7 * calendar.DAY)
CONTEST = json.loads((HUE / "contest.json").read_text(encoding="utf-8"))
KNOWN = CONTEST["known_results"]
SIMULATION = json.loads((HUE / "simulation.json").read_text(encoding="utf-8"))


def unit_rows():
    with (HUE / "units.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def hue_units(scale):
    firsts = KNOWN["collective_first_prizes"].values()
    return [
        targets.Unit(
            row["code"],
            row["bloc"],
            targets.scaled_headcount(int(row["headcount"]), scale),
            is_first=row["code"] in firsts,
        )
        for row in unit_rows()
    ]


def hue_target(number, audience, units, scale):
    return targets.target(
        SIMULATION["rounds"][number - 1],
        audience,
        counts_for_unit=audience == "can-bo",
        headcount=sum(int(row["headcount"]) for row in unit_rows()),
        units=units,
        scale=scale,
    )


def hue_crowd(number, audience, scale=Fraction(1)):
    units = hue_units(scale)
    target = hue_target(number, audience, units, scale)
    if audience == "can-bo":
        return crowd.by_unit(units, target, seed=SEED, round_number=number)
    return crowd.at_large(
        audience, target, homes=units, population=2000, seed=SEED, round_number=number
    )


def perfect(members):
    return sum(member.person.is_perfect for member in members)


def test_at_full_scale_the_published_crowds_come():
    crowds = {
        (number, audience): hue_crowd(number, audience)
        for number in (1, 2, 3, 4)
        for audience in ("can-bo", "cong-dan")
    }

    for told in KNOWN["rounds"]:
        number = told["number"]
        assert len(crowds[number, "can-bo"]) == told["officials"]
        assert len(crowds[number, "cong-dan"]) == told["citizens"]
    first = perfect(crowds[1, "can-bo"]) + perfect(crowds[1, "cong-dan"])
    assert first == KNOWN["rounds"][0]["perfect_papers"]
    second = KNOWN["rounds"][1]
    assert perfect(crowds[2, "can-bo"]) == second["perfect_papers_officials"]
    assert perfect(crowds[2, "cong-dan"]) == second["perfect_papers_citizens"]
    assert sum(map(len, crowds.values())) >= KNOWN["total_entries_at_least"]
    nothing = [m for m in crowds[1, "can-bo"] if m.person.knows_nothing]
    assert len(nothing) == 16


@pytest.mark.parametrize(("number", "full"), [(1, 9), (2, 21), (3, 14), (4, 11)])
def test_at_full_scale_as_many_units_as_published_come_with_everybody(number, full):
    units = hue_units(Fraction(1))
    target = hue_target(number, "can-bo", units, Fraction(1))

    shares = quotas(units, target, seed=SEED, round_number=number)

    whole = {unit.code for unit in units if shares[unit.code].people == unit.people}
    assert len(whole) == full
    assert whole >= set(KNOWN["collective_first_prizes"].values())
    assert all(share.people >= 1 for share in shares.values())


def test_the_lowest_units_of_round_1_have_their_published_rates():
    units = hue_units(Fraction(1))
    target = hue_target(1, "can-bo", units, Fraction(1))

    shares = quotas(units, target, seed=SEED, round_number=1)

    rates = {unit.code: shares[unit.code].people / unit.people for unit in units}
    lowest = sorted(rates, key=rates.get)[:5]
    assert lowest == [
        "phuong-vy-da",
        "so-vh-tt",
        "phuong-thuy-xuan",
        "xa-a-luoi-3",
        "phuong-thanh-thuy",
    ]
    assert rates["phuong-vy-da"] == pytest.approx(0.0212, abs=0.001)


@pytest.mark.parametrize("scale", ["1", "1/2", "1/10", "1/50", "1/1000"])
def test_the_three_firsts_have_the_largest_share_of_perfect_papers(scale):
    units = hue_units(Fraction(scale))
    for number in (1, 2, 3, 4):
        target = hue_target(number, "can-bo", units, Fraction(scale))

        shares = quotas(units, target, seed=SEED, round_number=number)

        best = {
            bloc: max(
                (Fraction(shares[u.code].perfect, shares[u.code].people), u.code)
                for u in units
                if u.bloc == bloc
            )[1]
            for bloc in KNOWN["collective_first_prizes"]
        }
        assert best == KNOWN["collective_first_prizes"]


def test_people_shrink_with_the_headcounts_and_no_unit_below_eight():
    units = hue_units(Fraction(1, 50))

    target = hue_target(1, "can-bo", units, Fraction(1, 50))

    here = sum(unit.people for unit in units)
    assert min(unit.people for unit in units) == 8
    assert target.people / here == pytest.approx(24399 / 26300, abs=0.001)


def test_every_value_of_the_file_agrees_with_the_known_results():
    for told, aimed in zip(KNOWN["rounds"], SIMULATION["rounds"], strict=False):
        assert aimed["number"] == told["number"]
        assert aimed["people"] == {
            "can-bo": told["officials"],
            "cong-dan": told["citizens"],
        }
        if "units" in told:
            assert told["units"] == len(unit_rows())


def test_the_same_seed_gives_the_same_crowd_and_another_seed_another():
    units = hue_units(Fraction(1, 50))
    target = hue_target(1, "can-bo", units, Fraction(1, 50))

    once, again, other = (
        crowd.by_unit(units, target, seed=seed, round_number=1)
        for seed in ("a", "a", "b")
    )

    assert once == again
    assert once != other


def test_the_first_of_a_unit_always_comes_unless_absent():
    everyone = people.refs("so-noi-vu", 10)
    quota = quotas(
        [targets.Unit("so-noi-vu", "khoi", 10)],
        targets.Target(people=4, perfect=1),
        seed=SEED,
        round_number=1,
    )["so-noi-vu"]

    coming = people.participants(everyone, quota, seed=SEED, round_number=1)
    without = people.participants(
        everyone, quota, seed=SEED, round_number=1, absent={"so-noi-vu:1"}
    )

    assert "so-noi-vu:1" in {person.ref for person in coming}
    assert "so-noi-vu:1" not in {person.ref for person in without}
    assert len(coming) == len(without) == 4


def sealed_pool():
    """Thirty items of one cell, three of each type in turn, with their keys."""
    types = ("single", "multiple", "true_false")
    items, keys = [], {}
    for number in range(30):
        type = types[number % 3]
        letters = "ab" if type == "true_false" else "abcd"
        items.append(
            {
                "version": f"v{number}",
                "item": f"cau-{number}",
                "topic": "chu-de",
                "difficulty": ("easy", "medium", "hard")[number % 3],
                "type": type,
                "options": [{"id": x, "text": x} for x in letters],
            }
        )
        correct = ["a", "c"] if type == "multiple" else ["b"]
        keys[f"v{number}"] = {"correct": correct, "points": 1000}
    return {"items": items, "blueprint": [{"count": 15}]}, keys


@pytest.mark.parametrize(
    ("person", "by_time", "meant"),
    [
        (people.Participant("a:1", 0.0, is_perfect=True), False, {15}),
        (people.Participant("a:1", -1.0, knows_nothing=True), False, {0}),
        (people.Participant("a:1", -1.0, knows_nothing=True), True, {0}),
        (people.Participant("a:1", 9.0), False, set(range(1, 15))),
        (people.Participant("a:1", 9.0), True, set(range(1, 15))),
        (people.Participant("a:1", -9.0), False, set(range(1, 15))),
        (people.Participant("a:1", -9.0), True, set(range(1, 15))),
    ],
)
def test_the_real_scoring_finds_what_the_person_was_meant_to_know(
    person, by_time, meant
):
    sealed, keys = sealed_pool()
    sheet = sitting.Sheet(sealed["items"], keys, seed=SEED, perfect_share=0.3)
    for number in range(60):
        paper = drawing.draw(sealed, seed=drawing.make_seed(str(number)))

        chosen = sitting.responses(
            paper, sheet, person, Dice(f"{number}"), by_time=by_time
        )

        assert scoring.score(paper, chosen, keys).correct in meant


@pytest.mark.parametrize("is_perfect", [False, True])
@pytest.mark.parametrize("habits", [calendar.OFFICIALS, calendar.CITIZENS])
def test_sittings_stay_in_the_window_and_within_their_limits(habits, is_perfect):
    rules = sitting.Rules(WEEK, 20, 15_000, late_starters_run_full=False)
    person = people.Participant("a:1", 0.0, is_perfect=is_perfect)
    for number in range(300):
        at = sitting.times(person, rules, habits, Dice(str(number)))

        assert WEEK.is_open(at.started_at)
        assert at.started_at < at.submitted_at <= at.limits.deadline
        assert at.limits.deadline <= WEEK.closes_at
        assert at.by_time == (at.submitted_at == at.limits.deadline)
        assert not (is_perfect and at.by_time)


def test_officials_crowd_the_first_morning_and_the_last_evening():
    starts = [
        calendar.moment(calendar.OFFICIALS, WEEK, Dice(str(number))) - MONDAY
        for number in range(4000)
    ]

    days = [sum(at // calendar.DAY == day for at in starts) for day in range(7)]
    late = [at for at in starts if at // calendar.DAY == 6]
    assert max(days) == days[0] > 1.5 * days[1]
    assert days[5] < days[6]
    evening = sum(at % calendar.DAY >= 19 * calendar.HOUR for at in late)
    assert evening > len(late) / 2


def test_predictions_spread_around_the_truth_and_stay_in_range():
    guesses = [sitting.prediction(14_492, 20_000, Dice(str(n))) for n in range(2000)]

    middle = sorted(guesses)[1000]
    assert 10_000 < middle < 17_000
    assert max(guesses) == 20_000
    assert len(set(guesses)) > 500


@pytest.mark.parametrize(
    ("total", "floors", "caps", "shares"),
    [
        (10, [0, 0, 0], [9, 9, 9], [3, 3, 4]),
        (10, [5, 0, 0], [9, 9, 9], [5, 2, 3]),
        (10, [0, 0, 0], [9, 9, 2], [4, 4, 2]),
        (99, [0, 0, 0], [1, 2, 3], [1, 2, 3]),
        (0, [1, 0, 0], [9, 9, 9], [1, 0, 0]),
    ],
)
def test_shares_add_up_within_their_bounds(total, floors, caps, shares):
    assert apportion(total, [1.0, 1.0, 1.3], floors, caps) == shares


def test_the_published_figures_alone_are_enough_to_aim_at():
    rounds = known.known_rounds(
        KNOWN, [1, 2, 3, 4], officials="can-bo", citizens="cong-dan"
    )

    assert rounds[1]["people"] == {"can-bo": 24399, "cong-dan": 1581}
    assert sum(rounds[1]["perfect"].values()) == 5945
    assert rounds[2]["perfect"] == {"can-bo": 14492, "cong-dan": 280}
    total = sum(sum(row["people"].values()) for row in rounds.values())
    assert 102_000 <= total < 102_200
    assert known.first_units(KNOWN) == {"thanh-tra", "bqlda-nn-ptnt", "xa-nam-dong"}


def test_where_nothing_is_known_the_constants_stand_in():
    units = hue_units(Fraction(1, 10))

    rounds = known.known_rounds({}, [1], officials="can-bo", citizens=None)
    target = targets.target(
        rounds[1],
        "can-bo",
        counts_for_unit=True,
        headcount=26_300,
        units=units,
        scale=Fraction(1, 10),
    )

    here = sum(unit.people for unit in units)
    assert target.people == targets.half_up(here * targets.TURNOUT)
    assert target.perfect == targets.half_up(target.people * targets.PERFECT)
