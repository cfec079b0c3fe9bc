"""People by tables: which attempts count, what is compared, how corrections read."""

import pytest

from leaderboards.rules import tables
from leaderboards.rules.tally import compute
from tests.leaderboards.building import (
    HOUR,
    OPENS,
    attempt,
    entrant,
    inputs,
    prize,
    ranking,
)

PREDICTION = {"target": "people", "scope": "audience"}


def order_of(criteria, attempts, *, entrants=(), **rule):
    more = {key: rule.pop(key) for key in ("prediction_of", "external") if key in rule}
    prediction = more.pop("prediction_of", None)
    document = inputs(
        rankings=[ranking(criteria=criteria, group_by="all", **rule)],
        attempts=attempts,
        entrants=entrants,
        prediction=prediction,
        **more,
    )
    result = compute(document)
    rows = tables.records(result["standings"][0])
    return [(row["place"], row["entrant"]) for row in rows]


A = {"minute": 0, "submitted_at": OPENS + 60_400}
B = {"minute": 1, "submitted_at": OPENS + 60_900}


@pytest.mark.parametrize(
    ("criterion", "a", "b", "first"),
    [
        ({"code": "score"}, {"score": 9000}, {"score": 8000}, "a"),
        ({"code": "score", "direction": "asc"}, {"score": 9000}, {"score": 8000}, "b"),
        ({"code": "correct"}, {"correct": 8}, {"correct": 9}, "b"),
        ({"code": "duration"}, {"duration_ms": 10}, {"duration_ms": 9}, "b"),
        ({"code": "submitted_at"}, A, B, "a"),
        ({"code": "submitted_at", "unit": "s"}, A, B, None),
        ({"code": "started_at"}, {"minute": 2}, {"minute": 1}, "b"),
        ({"code": "prediction_distance"}, {"prediction": 4}, {"prediction": 1}, "b"),
        ({"code": "prediction_distance"}, {"prediction": 0}, {"prediction": 4}, None),
        ({"code": "prediction_distance"}, {}, {"prediction": 99}, "b"),
    ],
)
def test_a_criterion_parts_two_people(criterion, a, b, first):
    found = order_of(
        [criterion],
        [attempt("a", **a), attempt("b", **b)],
        prediction_of=PREDICTION,
    )

    assert found[0][1] == (first or "a")
    assert [place for place, _ in found] == ([1, 1] if first is None else [1, 2])


@pytest.mark.parametrize(
    ("code", "a", "b", "first"),
    [
        ("registered_at", {"registered_at": 5}, {"registered_at": 4}, "b"),
        ("registered_at", {"registered_at": None}, {"registered_at": 4}, "b"),
        ("age", {"birth": 19900101}, {"birth": 19900102}, "b"),
        ("age", {"birth": 20000000}, {"birth": 19500102}, "b"),
        ("age", {}, {"birth": 19500102}, "b"),
    ],
)
def test_a_fact_of_the_entrant_parts_two_people(code, a, b, first):
    found = order_of(
        [{"code": code}],
        [attempt("a"), attempt("b")],
        entrants=[entrant("a", **a), entrant("b", **b)],
    )

    assert found[0] == (1, first)
    assert found[1][0] == 2


def test_over_shooting_loses_to_any_guess_that_does_not():
    attempts = [
        attempt("a", prediction=4),
        attempt("b", prediction=0),
        attempt("c", prediction=3),
    ]
    settings = {"prediction": {"distance": "over_loses"}}
    chain = [{"code": "prediction_distance"}]

    found = order_of(chain, attempts, prediction_of=PREDICTION, **settings)

    assert [who for _, who in found] == ["c", "b", "a"]


def test_a_prediction_may_rank_full_scores_only():
    attempts = [
        attempt("a", 14000, prediction=99),
        attempt("b", 14000, prediction=3),
        attempt("c", prediction=50),
    ]
    chain = [{"code": "score"}, {"code": "prediction_distance"}]
    settings = {"prediction": {"order": "perfect_only"}}

    found = order_of(chain, attempts, prediction_of=PREDICTION, **settings)

    assert found == [(1, "c"), (2, "a"), (2, "b")]


@pytest.mark.parametrize(
    ("counting", "score"),
    [
        ({"policy": "only"}, 5000),
        ({"policy": "first"}, 5000),
        ({"policy": "last"}, 6000),
        ({"policy": "best"}, 9000),
        ({"policy": "best_then_earliest"}, 9000),
        ({"policy": "best_of_day"}, 15000),
        ({"policy": "sum"}, 9000),
        ({"policy": "sum", "each": "all"}, 20000),
        ({"policy": "sum", "each": "last"}, 6000),
    ],
)
def test_the_policy_says_which_attempts_count(counting, score):
    attempts = [
        attempt("a", 5000, number=1, minute=1, day=20250929),
        attempt("a", 9000, number=2, minute=2, day=20250929),
        attempt("a", 6000, number=3, minute=2000, day=20250930),
    ]

    document = inputs(rankings=[ranking(counting=counting)], attempts=attempts)
    (row,) = tables.records(compute(document)["standings"][0])

    assert row["score"] == score


def test_of_equal_scores_best_takes_the_one_that_stands_best_on_the_chain():
    attempts = [
        attempt("a", number=1, minute=1, prediction=9),
        attempt("a", number=2, minute=2, prediction=1),
    ]
    chain = [{"code": "score"}, {"code": "prediction_distance"}]

    document = inputs(
        rankings=[ranking(criteria=chain, counting={"policy": "best"})],
        attempts=attempts,
        prediction=PREDICTION,
    )
    (row,) = tables.records(compute(document)["standings"][0])

    assert (row["attempt"], row["prediction_distance"]) == ("a-1-2", 0)


@pytest.mark.parametrize(
    ("settings", "changes", "counts"),
    [
        ({"abandoned_counts": True}, {"closed_by": "time"}, True),
        ({"abandoned_counts": False}, {"closed_by": "time"}, False),
        ({"abandoned_counts": False}, {"closed_by": "staff"}, True),
        ({"incomplete_void": True}, {"answered": 14}, False),
        ({"incomplete_void": True}, {"answered": 15}, True),
        ({"incomplete_void": True}, {"answered": None}, True),
        ({"incomplete_void": False}, {"answered": 14}, True),
    ],
)
def test_the_organiser_chose_what_is_valid(settings, changes, counts):
    document = inputs(
        rankings=[ranking()], attempts=[attempt("a", **changes)], settings=settings
    )

    assert bool(compute(document)["standings"]) is counts


def correct(*corrections, **more):
    """People by group after ``corrections``; ``a`` an official, ``b`` a citizen."""
    rows = [
        {"id": str(place), "decided_at": OPENS + HOUR, **one}
        for place, one in enumerate(corrections)
    ]
    document = inputs(
        rankings=[ranking(criteria=[{"code": "submitted_at"}])],
        units=[{"code": "u", "bloc": "khoi"}, {"code": "v", "bloc": "khoi"}],
        entrants=[entrant("a", unit="u"), entrant("b", "cong-dan", unit="v")],
        attempts=[attempt("a"), attempt("b", number=1), attempt("b", number=2)],
        corrections=rows,
        **more,
    )
    result = compute(document)
    people = {
        row["entrant"]: (one["group"], row["unit"], row["attempt"])
        for one in result["standings"]
        for row in tables.records(one)
    }
    return people, result


B_ROW = ("cong-dan", "v", "b-1-1")


@pytest.mark.parametrize(
    ("correction", "expected"),
    [
        ({"kind": "void", "attempt": "a-1-1"}, {"b": B_ROW}),
        ({"kind": "void", "entrant": "b", "round": 1}, {"a": ("can-bo", "u", "a-1-1")}),
        ({"kind": "void", "attempt": "b-1-1"}, {"b": ("cong-dan", "v", "b-1-2")}),
        ({"kind": "unit", "entrant": "a", "to": "v"}, {"a": ("can-bo", "v", "a-1-1")}),
        ({"kind": "audience", "entrant": "a", "to": "cong-dan"}, {"a": ("cong-dan",)}),
        ({"kind": "eligibility", "entrant": "a", "to": False}, {"b": B_ROW}),
        ({"kind": "exclusion", "entrant": "a"}, {"b": B_ROW}),
        ({"kind": "exclusion", "unit": "v"}, {"a": ("can-bo", "u", "a-1-1")}),
        (
            {"kind": "same_person", "entrant": "b", "to": "a"},
            {"a": ("can-bo", "u", "a-1-1")},
        ),
    ],
)
def test_a_correction_changes_how_the_rows_are_read(correction, expected):
    people, result = correct(correction)

    for who, row in expected.items():
        assert people[who][: len(row)] == row
    missing = {"void": 1, "eligibility": 1, "exclusion": 1, "same_person": 1}
    if correction.get("attempt") != "b-1-1":
        assert len(people) == 2 - missing.get(correction["kind"], 0)
    assert result["corrections"][0]["touched"] >= 1


SAME = {
    "id": "1",
    "kind": "same_person",
    "decided_at": 1,
    "entrant": "b",
    "to": "a",
}


def places_of(result):
    (listing,) = result["standings"]
    return [(row["place"], row["entrant"]) for row in tables.records(listing)]


@pytest.mark.parametrize(("points", "first"), [(2, "a"), (1, "c")])
def test_the_same_person_keeps_the_higher_of_two_external_points(points, first):
    by_points = [{"code": "external", "source": "bai-viet"}, {"code": "submitted_at"}]
    rows = [("a", 0), ("b", points), ("c", 1)]
    given = inputs(
        attempts=[attempt("a", minute=1), attempt("b", minute=2), attempt("c")],
        rankings=[ranking(group_by="all", criteria=by_points)],
        external=[
            {"source": "bai-viet", "entrant": who, "points": worth}
            for who, worth in rows
        ],
        corrections=[SAME],
    )

    places = places_of(compute(given))

    assert [who for _, who in places] == [first, *({"a", "c"} - {first})]


def test_what_the_same_person_won_below_stands_in_the_way_of_one_more():
    won = {"rule": "ca-nhan", "round": 1, "group": "", "prize": "nhat"}
    won |= {"entrant": "b", "unit": None, "audience": "can-bo", "reports_to": None}
    given = inputs(
        entrants=[entrant("a"), entrant("b")],
        attempts=[attempt("a"), attempt("c", minute=1)],
        rankings=[
            ranking(group_by="all", prizes=[prize()], one_prize={"per": "contest"})
        ],
        below=[{"round": 1, "number": 1, "hash": "", "awards": [won]}],
        corrections=[SAME],
    )

    (award,) = compute(given)["awards"]

    assert award["entrant"] == "c"
    assert award["reasons"][-1]["params"]["who"] == "a"


def test_of_two_corrections_the_later_stands_and_after_the_cut_off_none_applies():
    people, result = correct(
        {"kind": "unit", "entrant": "a", "to": "v", "decided_at": 2},
        {"kind": "unit", "entrant": "a", "to": "u", "decided_at": 1},
        {"kind": "exclusion", "entrant": "a", "decided_at": OPENS * 2},
    )

    assert people["a"][1] == "v"
    assert len(result["corrections"]) == 2
