"""What must hold for every contest: order, locality, monotonicity, symmetry."""

import copy
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from leaderboards.rules import canonical, tables
from leaderboards.rules.tally import compute
from tests.leaderboards.building import attempt, entrant, inputs, prize, ranking, scheme
from tests.leaderboards.random_contests import RandomContest

ROOT = Path(__file__).parents[3]
NUMBERS = range(1000, 1012)


def shuffled(document, seed):
    """The same facts in another order."""
    dice, document = random.Random(seed), copy.deepcopy(document)
    for key in ("entrants", "attempts"):
        dice.shuffle(document[key]["rows"])
    for key in ("headcounts", "external", "corrections", "units", "papers"):
        dice.shuffle(document[key])
    return document


@pytest.mark.parametrize("number", NUMBERS)
def test_the_order_of_the_inputs_decides_nothing(number):
    document = RandomContest(number).inputs()

    expected = canonical.digest(compute(document))

    assert canonical.digest(compute(shuffled(document, number))) == expected


@pytest.mark.parametrize(("zone", "locale"), [("UTC", "C"), ("Asia/Tokyo", "C.UTF-8")])
def test_zone_locale_and_hash_seed_decide_nothing(zone, locale):
    program = (
        "from tests.leaderboards.random_contests import RandomContest\n"
        "from leaderboards.rules import canonical, tally\n"
        "print([canonical.digest(tally.compute(RandomContest(n).inputs()))"
        " for n in range(1000, 1012)])"
    )
    environment = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": "7"}
    expected = [canonical.digest(compute(RandomContest(n).inputs())) for n in NUMBERS]

    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert run.stdout.strip() == str(expected)


def simple(people):
    """A contest of ``{name: (score, minute, unit)}`` with prizes and units."""
    return inputs(
        rankings=[
            ranking(
                criteria=[{"code": "score"}, {"code": "submitted_at"}],
                prizes=[prize(), prize("nhi", 2)],
            )
        ],
        schemes=[scheme(prizes=[prize()])],
        units=[{"code": f"u{n}", "bloc": "khoi"} for n in range(3)],
        headcounts=[{"unit": f"u{n}", "people": 9} for n in range(3)],
        entrants=[entrant(name, unit=unit) for name, (_, _, unit) in people.items()],
        attempts=[
            attempt(name, score, minute=minute)
            for name, (score, minute, _) in people.items()
        ],
    )


def crowd(seed):
    dice = random.Random(seed)
    return {
        f"p{n:02}": (
            dice.randrange(10) * 1000,
            dice.randrange(20),
            f"u{dice.randrange(3)}",
        )
        for n in range(20)
    }


def place_of(result, name):
    rows = tables.records(result["standings"][0])
    return next(row["place"] for row in rows if row["entrant"] == name)


@pytest.mark.parametrize("seed", range(20))
def test_a_better_score_never_lowers_a_place(seed):
    people = crowd(seed)
    score, minute, unit = people["p07"]
    before = place_of(compute(simple(people)), "p07")

    people["p07"] = (score + 1000, minute, unit)

    assert place_of(compute(simple(people)), "p07") <= before


@pytest.mark.parametrize("seed", range(20))
def test_somebody_who_ranks_last_changes_no_award(seed):
    people = crowd(seed)
    before = compute(simple(people))

    after = compute(simple(people | {"zz": (-1, 99, None)}))

    winners = [
        [(a["prize"], a["entrant"], a["unit"]) for a in r["awards"]]
        for r in (before, after)
    ]
    assert winners[0] == winners[1]


@pytest.mark.parametrize("seed", range(20))
def test_two_people_who_swap_papers_swap_places(seed):
    people = crowd(seed)
    before = compute(simple(people))
    unit = people["p03"][2], people["p04"][2]
    swapped = people | {
        "p03": (*people["p04"][:2], unit[0]),
        "p04": (*people["p03"][:2], unit[1]),
    }

    after = compute(simple(swapped))

    assert place_of(after, "p03") == place_of(before, "p04")
    assert place_of(after, "p04") == place_of(before, "p03")
