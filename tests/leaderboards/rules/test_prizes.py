"""Prizes by tables: ties on a line, one prize per person, caps, prizes left empty."""

import pytest

from leaderboards.rules.tally import compute
from tests.leaderboards.building import attempt, entrant, inputs, prize, ranking

THREE = [prize("nhat", value=900), prize("nhi", value=600), prize("ba", value=300)]


def awarded(scores, rule, **more):
    """``[(prize, name, value)]`` for ``{name: score}`` in one round."""
    result = compute(
        inputs(
            rankings=[ranking(**{"prizes": THREE} | rule)],
            attempts=[attempt(name, score) for name, score in scores.items()],
            **more,
        )
    )
    return [(a["prize"], a["entrant"], a["value"]) for a in result["awards"]], result


@pytest.mark.parametrize(
    ("ties", "scores", "expected"),
    [
        ("share", "a9 b9 c8 d7", "nhat a 750, nhat b 750, ba c 300"),
        (
            "share",
            "a9 b8 c7 d7 e7",
            "nhat a 900, nhi b 600, ba c 100, ba d 100, ba e 100",
        ),
        ("share", "a9 b9 c9 d9", "nhat a 450, nhat b 450, nhat c 450, nhat d 450"),
        ("extend", "a9 b9 c8 d7", "nhat a 900, nhat b 900, nhi c 600, ba d 300"),
        ("extend", "a9 b8 c7 d7", "nhat a 900, nhi b 600, ba c 300, ba d 300"),
        ("organiser", "a9 b9 c8", "ba c 300"),
        ("share", "a9", "nhat a 900"),
    ],
)
def test_a_tie_on_a_prize_line_follows_the_policy(ties, scores, expected):
    people = {word[0]: int(word[1]) * 1000 for word in scores.split()}

    found, _ = awarded(people, {"ties": ties})

    assert ", ".join(f"{p} {who} {value}" for p, who, value in found) == expected


def test_a_lot_gives_every_place_to_one_and_repeats():
    people = dict.fromkeys("abcd", 9000)
    rule = {"ties": "lot", "lot_seed": "7. 10. 2025"}

    found, _ = awarded(people, rule)

    assert [row[0] for row in found] == ["nhat", "nhi", "ba"]
    assert len({row[1] for row in found}) == 3
    assert awarded(people, rule)[0] == found
    seeds = [rule | {"lot_seed": str(number)} for number in range(20)]
    assert len({tuple(awarded(people, one)[0]) for one in seeds}) > 5


def test_a_share_that_does_not_divide_is_rounded_down():
    prizes = [prize("nhat", value=100)]

    found, result = awarded(dict.fromkeys("abc", 9000), {"prizes": prizes})

    assert [row[2] for row in found] == [33, 33, 33]
    assert result["awards"][0]["reasons"][-1]["params"] == {
        "with": 3,
        "places": 1,
        "total": 100,
    }


def test_a_cap_takes_prizes_away_from_the_bottom():
    people = {name: 9000 - n for n, name in enumerate("abcde")}

    found, result = awarded(people, {"cap": {"share": "1/2"}})

    assert [row[0] for row in found] == ["nhat", "nhi"]
    (note,) = result["notes"]
    assert (note["code"], note["prize"], note["count"]) == ("capped", "ba", 1)


def test_a_prize_whose_mark_nobody_reaches_stays_empty():
    prizes = [prize("nhat", at_least=9500), prize("nhi")]

    found, result = awarded({"a": 9000}, {"prizes": prizes})

    assert [row[0] for row in found] == ["nhi"]
    assert result["notes"][0]["code"] == "below_at_least"


def test_prizes_without_people_are_noted():
    _, result = awarded({"a": 9000}, {})

    assert [(n["code"], n["prize"]) for n in result["notes"]] == [
        ("no_contender", "nhi"),
        ("no_contender", "ba"),
    ]


def test_excluded_people_are_in_no_list():
    people = {"a": 9000, "b": 8000}

    found, result = awarded(people, {}, entrants=[entrant("a", excluded=True)])

    assert found[0] == ("nhat", "b", 900)
    assert result["notes"][0]["code"] == "barred_left_out"


def test_who_holds_a_prize_is_skipped_and_the_award_says_so():
    held = {
        "rule": "tuan",
        "round": 1,
        "group": "can-bo",
        "prize": "nhat",
        "entrant": "a",
        "unit": None,
    }
    rule = {"one_prize": {"per": "contest"}}
    below = [{"round": 1, "awards": [held]}]

    found, result = awarded({"a": 9000, "b": 8000}, rule, below=below)

    assert found == [("nhat", "b", 900)]
    assert result["awards"][0]["place"] == 2
    assert result["awards"][0]["reasons"][-1] == {
        "code": "skipped",
        "params": {
            "who": "a",
            "place": 1,
            "holds": {
                "rule": "tuan",
                "round": 1,
                "group": "can-bo",
                "prize": "nhat",
                "title": "nhat",
            },
        },
    }


@pytest.mark.parametrize(
    ("policy", "rule"), [("earlier_stands", "thuong"), ("highest_only", "lon")]
)
def test_one_prize_over_the_rounds(policy, rule):
    """``a`` is first in both weeks: with one prize each, ``b`` has the second week."""
    rankings = [
        ranking(
            code,
            "contest",
            order=order,
            each_round=True,
            group_by="all",
            prizes=[prize(value=value)],
            one_prize={"per": "contest", "policy": policy},
        )
        for order, code, value in ((1, "thuong", 100), (2, "lon", 900))
    ]
    attempts = [
        attempt(name, score, round=number)
        for number in (1, 2)
        for name, score in (("a", 9000), ("b", 8000))
    ]

    result = compute(
        inputs(rounds=2, scope="contest", rankings=rankings, attempts=attempts)
    )

    won = [(a["rule"], a["round"], a["entrant"]) for a in result["awards"]]
    assert won == [(rule, 1, "a"), (rule, 2, "b")]


def test_a_special_prize_goes_to_the_youngest_winner():
    special = {
        "code": "tre-nhat",
        "title": "Người đoạt giải trẻ nhất",
        "among": "winners",
        "criteria": [{"code": "age"}],
        "count": 1,
    }
    people = [
        entrant("a", birth=19800101),
        entrant("b", birth=19991231),
        entrant("c", birth=20050101),
    ]
    rule = {"special": [special], "prizes": THREE[:2]}

    found, result = awarded({"a": 9000, "b": 8000, "c": 7000}, rule, entrants=people)

    assert found[-1] == ("tre-nhat", "b", 0)
    assert result["awards"][-1]["special"]
