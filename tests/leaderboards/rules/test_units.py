"""Units by tables: metrics, rounds, gates, normalisers, corner cases of rates."""

import pytest

from leaderboards.rules.tally import compute
from tests.leaderboards.building import attempt, entrant, inputs, prize, scheme

PERCENT = {"code": "percent"}
RAW = {"code": "raw"}
SHARE = {"code": "share_of_max"}


def component(metric, normaliser=RAW, weight="1", **more):
    return {
        "code": "k",
        "metric": metric,
        "normaliser": normaliser,
        "weight": weight,
        **more,
    }


def rows_of(rule, people, heads, *, rounds=1, **more):
    """
    Rows by unit; ``people`` is ``{unit: [(name, round, score), ...]}``.

    ``heads`` is ``{unit: people}`` or a list of headcount rows.
    """
    if isinstance(heads, dict):
        heads = [{"unit": unit, "people": n} for unit, n in heads.items()]
    names = {name: unit for unit, rows in people.items() for name, _, _ in rows}
    result = compute(
        inputs(
            rounds=rounds,
            scope="contest" if rounds > 1 else "round",
            units=[{"code": unit, "bloc": "khoi"} for unit in people],
            headcounts=heads,
            entrants=[entrant(name, unit=unit) for name, unit in names.items()],
            attempts=[
                attempt(name, score, round=number)
                for rows in people.values()
                for name, number, score in rows
            ],
            schemes=[scheme(scope="contest" if rounds > 1 else "round", **rule)],
            **more,
        )
    )
    return {row["unit"]: row for row in result["units"][0]["rows"]}


TWO_WEEKS = [("a", 1, 15000), ("b", 1, 9000), ("a", 2, 12000)]


@pytest.mark.parametrize(
    ("metric", "rounds", "value"),
    [
        ("participants", "mean", "3/2"),
        ("participants", "pooled", "3"),
        ("participants", "distinct", "2"),
        ("participants", "all_rounds", "1"),
        ("attempts", "pooled", "3"),
        ("rate", "mean", "3/8"),
        ("rate", "pooled", "3/8"),
        ("rate", "distinct", "1/2"),
        ("rate", "all_rounds", "1/4"),
        ("mean_score", "mean", "12"),
        ("mean_score", "pooled", "12"),
        ("mean_score", "distinct", "12"),
        ("mean_score", "all_rounds", "27/2"),
        ("total_score", "pooled", "36"),
        ("total_score", "distinct", "24"),
        ("score_per_head", "pooled", "9/2"),
        ("perfect_share", "mean", "1/4"),
        ("perfect_share", "pooled", "1/3"),
        ("perfect_share", "distinct", "1/2"),
        ("rounds_count", "mean", "2"),
        ("steadiness", "mean", "1/2"),
    ],
)
def test_a_metric_over_two_rounds(metric, rounds, value):
    rule = {"components": [component(metric, rounds=rounds)]}

    rows = rows_of(rule, {"u": TWO_WEEKS}, {"u": 4}, rounds=2)

    assert rows["u"]["components"][0]["value"] == value


@pytest.mark.parametrize(
    ("heads", "rate", "passes", "flag"),
    [
        ({"u": 4}, "1/2", True, None),
        ({"u": 5}, "2/5", False, None),
        ({"u": 1}, "1", True, "rate_capped"),
        ({"u": 0}, None, False, None),
        ({}, None, False, None),
    ],
)
def test_the_rate_gate_and_its_corner_cases(heads, rate, passes, flag):
    rule = {
        "gates": [{"code": "rate", "value": "1/2"}],
        "components": [component("rate", PERCENT, "100")],
    }

    row = rows_of(rule, {"u": [("a", 1, 9000), ("b", 1, 9000)]}, heads)["u"]

    assert row["rate"] == rate
    assert row["gates"][0]["passed"] is passes
    assert row["place"] == (1 if passes else None)
    flags = [one["code"] for one in row["components"][0]["flags"]]
    assert flags == ([flag] if flag else [])


@pytest.mark.parametrize(
    ("heads", "people", "passes"),
    [
        (40, 12, True),
        (40, 11, False),
        (80, 20, True),
        (80, 19, False),
        (100, 40, False),
    ],
)
def test_the_gate_by_size_of_unit(heads, people, passes):
    """Sóc Trăng 2022: below 50 people 30 %, below 100 people 25 %, or else half."""
    gate = {
        "code": "rate",
        "value": "1/2",
        "bands": [{"below": 50, "value": "3/10"}, {"below": 100, "value": "1/4"}],
    }
    rule = {"gates": [gate], "components": [component("rate", PERCENT)]}

    rows = rows_of(rule, {"u": [(f"p{n}", 1, 1) for n in range(people)]}, {"u": heads})

    assert rows["u"]["gates"][0]["passed"] is passes


def test_a_minimum_number_also_passes_the_gate():
    gate = {"code": "rate", "value": "1/2", "minimum": 2}
    rule = {"gates": [gate], "components": [component("rate", PERCENT)]}

    rows = rows_of(rule, {"u": [("a", 1, 1), ("b", 1, 1)]}, {"u": 100})

    assert rows["u"]["place"] == 1


THREE = {
    "u": [("a", 1, 15000)],
    "v": [("b", 1, 9000)],
    "w": [("c", 1, 9000)],
}


@pytest.mark.parametrize(
    ("normaliser", "points"),
    [
        (RAW, ["15", "9", "9"]),
        (SHARE, ["1", "3/5", "3/5"]),
        ({"code": "linear_to_best"}, ["1", "3/5", "3/5"]),
        ({"code": "rank_points", "top": 3}, ["3", "2", "2"]),
        ({"code": "rank_points", "points": [7, "5/2"]}, ["7", "5/2", "5/2"]),
        (
            {
                "code": "bands",
                "bands": [{"from": 9, "points": 1}, {"from": 10, "points": 4}],
            },
            ["4", "1", "1"],
        ),
    ],
)
def test_a_normaliser_makes_values_comparable(normaliser, points):
    rule = {"components": [component("mean_score", normaliser)]}

    rows = rows_of(rule, THREE, {})

    assert [rows[unit]["points"] for unit in "uvw"] == points


def test_the_best_of_a_list_is_a_unit_that_passes_the_gates():
    rule = {
        "gates": [{"code": "rate", "value": "1/2"}],
        "components": [component("mean_score", {"code": "linear_to_best"}, "100")],
    }

    rows = rows_of(rule, THREE, {"u": 100, "v": 1, "w": 1})

    assert (rows["u"]["place"], rows["v"]["points"]) == (None, "100")


def test_ranks_compare_unrounded_points_unless_the_scheme_rounds():
    people = {
        "u": [("a", 1, 15000), ("b", 1, 9001)],
        "v": [("c", 1, 15000), ("d", 1, 9000)],
    }
    exact = {"components": [component("mean_score", SHARE, "100")]}

    places = [row["place"] for row in rows_of(exact, people, {}).values()]
    rounded = rows_of(exact | {"decimals": 0}, people, {})

    assert places == [1, 2]
    assert [row["place"] for row in rounded.values()] == [1, 1]
    assert rounded["u"]["components"][0]["rounded"] == "80"


def test_a_compulsory_group_must_take_part_and_nobody_in_it_passes():
    gate = {"code": "compulsory", "category": "lanh-dao", "value": "1"}
    rule = {"gates": [gate], "components": [component("participants")]}
    heads = [{"unit": "u", "category": "lanh-dao", "people": 1}]
    heads += [{"unit": unit, "people": 9} for unit in "uv"]

    rows = rows_of(rule, {"u": [("a", 1, 1)], "v": [("b", 1, 1)]}, heads)

    assert (rows["u"]["place"], rows["v"]["place"]) == (None, 1)


def test_external_points_rank_and_gate():
    external = [
        {"source": "giam-khao", "unit": "u", "points": 8500},
        {"source": "giam-khao", "unit": "u", "points": 9500},
        {"source": "giam-khao", "unit": "v", "points": 7000},
    ]
    params = {"source": "giam-khao", "combine": "mean", "max": 10}
    rule = {
        "gates": [{"code": "external", "source": "giam-khao", "value": 8}],
        "components": [component("external", SHARE, "100", params=params)],
    }

    rows = rows_of(rule, THREE, {}, external=external)

    assert (rows["u"]["points"], rows["u"]["place"]) == ("90", 1)
    assert (rows["v"]["place"], rows["w"]["place"]) == (None, None)


def test_an_excluded_unit_has_numbers_and_no_place():
    units = [{"code": "u", "bloc": "khoi", "excluded": True}]
    document = inputs(
        units=units,
        entrants=[entrant("a", unit="u")],
        attempts=[attempt("a")],
        headcounts=[{"unit": "u", "people": 2}],
        schemes=[scheme(prizes=[prize()])],
    )

    result = compute(document)

    row = result["units"][0]["rows"][0]
    assert (row["place"], row["points"], row["excluded"]) == (None, "50", True)
    assert not result["awards"]


@pytest.mark.parametrize(("keeps", "people"), [(True, 2), (False, 1)])
def test_whether_excluded_people_count_for_their_unit_is_a_setting(keeps, people):
    document = inputs(
        units=[{"code": "u", "bloc": "khoi"}],
        entrants=[entrant("a", unit="u", excluded=True), entrant("b", unit="u")],
        attempts=[attempt("a"), attempt("b")],
        headcounts=[{"unit": "u", "people": 2}],
        schemes=[scheme()],
        settings={"excluded_counts_for_unit": keeps},
    )

    assert compute(document)["units"][0]["rows"][0]["people"] == people


def test_citizens_count_by_their_commune_if_the_scheme_says_so():
    population = {"audiences": [], "citizens_by_commune": True, "categories": []}
    rule = {"components": [component("participants")]}
    people = [entrant("a", unit="u"), entrant("b", "cong-dan", unit="u")]

    def count(**more):
        document = inputs(
            units=[{"code": "u", "bloc": "khoi"}],
            entrants=people,
            attempts=[attempt("a"), attempt("b")],
            schemes=[scheme(**rule, **more)],
        )
        return compute(document)["units"][0]["rows"][0]["points"]

    assert (count(), count(population=population)) == ("1", "2")
