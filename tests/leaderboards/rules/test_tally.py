from leaderboards.rules import canonical, tables
from leaderboards.rules.tally import compute
from tests.leaderboards.building import attempt, entrant, inputs, prize, ranking, scheme

PREDICTION = {"target": "perfect_people", "scope": "audience"}
HUE = ranking(
    criteria=[
        {"code": "score"},
        {"code": "prediction_distance"},
        {"code": "submitted_at"},
    ],
    counting={"policy": "only"},
    prizes=[
        prize("nhat", value=800_000, audience="can-bo"),
        prize("nhat", value=700_000, audience="cong-dan"),
    ],
)


def standings(result, group="can-bo"):
    listing = next(one for one in result["standings"] if one["group"] == group)
    return list(tables.records(listing))


def places(result, group="can-bo"):
    return [(row["place"], row["entrant"]) for row in standings(result, group)]


def test_hue_ranks_by_score_then_prediction_then_submission():
    result = compute(
        inputs(
            prediction=PREDICTION,
            rankings=[HUE],
            attempts=[
                attempt("an", prediction=5),
                attempt("binh", prediction=2, minute=5),
                attempt("chi", prediction=4, minute=1),
                attempt("dung", 14000, prediction=3),
                attempt("em"),
            ],
        )
    )

    assert result["truths"][0]["value"] == 4
    assert places(result) == [
        (1, "chi"),
        (2, "an"),
        (3, "binh"),
        (4, "em"),
        (5, "dung"),
    ]
    assert standings(result)[1]["reason"] == ["prediction_distance", 0, 1]
    assert standings(result)[4]["reason"] == ["score", 15000, 14000]


def test_each_audience_has_its_own_truth_list_and_prizes():
    result = compute(
        inputs(
            prediction=PREDICTION,
            rankings=[HUE],
            entrants=[entrant("x", "cong-dan"), entrant("y", "cong-dan")],
            attempts=[
                attempt("an", prediction=1),
                attempt("x", prediction=1),
                attempt("y", prediction=2),
            ],
        )
    )

    assert [t["value"] for t in result["truths"]] == [1, 2]
    won = [(a["group"], a["entrant"], a["value"]) for a in result["awards"]]
    assert won == [("can-bo", "an", 800_000), ("cong-dan", "y", 700_000)]


def test_an_award_says_what_parted_it_from_the_next():
    result = compute(
        inputs(
            prediction=PREDICTION,
            rankings=[HUE],
            attempts=[attempt("an", prediction=2), attempt("binh", prediction=13)],
        )
    )

    assert result["awards"][0]["reasons"][1] == {
        "code": "before",
        "params": {
            "with": "binh",
            "place": 2,
            "criterion": "prediction_distance",
            "column": "prediction_distance",
            "a": 0,
            "b": 11,
            "equal": [["score", 15000]],
            "max_score": 15000,
        },
    }
    assert result["near_misses"][0]["who"] == "binh"


def test_units_are_ranked_by_the_share_of_their_people():
    units = [{"code": "so-a", "bloc": "khoi"}, {"code": "so-b", "bloc": "khoi"}]
    result = compute(
        inputs(
            units=units,
            headcounts=[{"unit": "so-a", "people": 4}, {"unit": "so-b", "people": 2}],
            entrants=[entrant("an", unit="so-a"), entrant("binh", unit="so-b")],
            attempts=[attempt("an"), attempt("binh")],
            schemes=[scheme(prizes=[prize()])],
        )
    )

    rows = result["units"][0]["rows"]
    assert [(row["place"], row["unit"], row["points"]) for row in rows] == [
        (1, "so-b", "50"),
        (2, "so-a", "25"),
    ]
    assert result["awards"][0]["unit"] == "so-b"
    assert canonical.digest(result) == canonical.digest(result)
