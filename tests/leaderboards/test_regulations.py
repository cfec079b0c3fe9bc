import copy
import json
from pathlib import Path

import pytest
from django.utils import translation

from leaderboards.formats.contest_schema import complete
from leaderboards.formats.contest_v1 import upgrade
from leaderboards.regulations import sections, sections_of, words
from leaderboards.rules.counting import counting
from leaderboards.rules.criteria import criteria
from leaderboards.rules.gates import gates
from leaderboards.rules.metrics import metrics
from leaderboards.rules.normalisers import normalisers
from leaderboards.rules.prizes import ties
from tests.factories import (
    make_audience,
    make_bloc,
    make_contest,
    make_contest_unit,
    make_paper,
    make_ranking,
    make_round,
)

HUE = Path(__file__).parents[2] / "data" / "hue"


@pytest.fixture(scope="module")
def hue():
    document = json.loads((HUE / "contest.json").read_text(encoding="utf-8"))
    upgraded, _, _ = upgrade(document, lambda name: (HUE / name).read_bytes())
    return complete(upgraded)


def text_of(document):
    return json.dumps(
        [section.as_dict() for section in sections_of(document)], ensure_ascii=False
    )


def changed(document, path, value):
    """A copy of ``document`` with ``value`` at ``path`` (keys and places)."""
    document = copy.deepcopy(document)
    inner = document
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = value
    return document


RANKING = ("rankings", 0, "rule")
SCHEME = ("schemes", 0, "rule")
PAPER = ("rounds", 0, "papers", 0)
SCORE = {"code": "score"}
SETTINGS = [
    (("title",), "Hội thi khác"),
    (("organiser",), "Sở Nội vụ"),
    (("rules_document",), ""),
    (("contact",), "0234 000 000"),
    (("is_simulated",), True),
    (("late_start",), "full"),
    (("timed_out_counts",), False),
    (("incomplete_counts",), False),
    (("excluded_count_for_unit",), False),
    (("truth_after_void",), "keep"),
    (("names",), "full"),
    (("exclusions_text",), ["Tổ thư ký"]),
    (("audiences", 0, "name"), "Cán bộ"),
    (("audiences", 0, "entry"), "self_registration"),
    (("audiences", 0, "unit_kind"), "commune"),
    (("audiences", 0, "counts_for_unit"), False),
    (("audiences", 0, "min_age"), 15),
    (("audiences", 0, "max_age"), 70),
    (("audiences", 0, "age_on"), "2025-09-29"),
    (("audiences", 0, "residence"), "Tại Huế"),
    (("rounds", 0, "title"), "Vòng đầu"),
    (("rounds", 0, "opens_at"), "2025-09-29T07:00:00+07:00"),
    (("rounds", 0, "closes_at"), "2025-10-05T23:30:00+07:00"),
    ((*PAPER, "items"), 16),
    ((*PAPER, "minutes"), None),
    ((*PAPER, "grace_seconds"), 0),
    ((*PAPER, "blueprint", 0, "count"), 2),
    ((*PAPER, "blueprint", 0, "difficulty"), "hard"),
    ((*PAPER, "blueprint", 0, "topic"), None),
    ((*PAPER, "fixed_items"), ["CCHC-101"]),
    ((*PAPER, "shuffle_items"), False),
    ((*PAPER, "shuffle_options"), False),
    ((*PAPER, "points_per_item"), 500),
    ((*PAPER, "multiple_scoring"), "partial"),
    ((*PAPER, "show_score"), "never"),
    ((*PAPER, "show_keys"), "after_round"),
    ((*PAPER, "attempts"), [{"n": 7, "per": "day"}]),
    ((*PAPER, "attempts"), []),
    ((*PAPER, "prediction"), None),
    ((*PAPER, "prediction", "asks"), "people"),
    ((*PAPER, "prediction", "scope"), "all"),
    ((*PAPER, "prediction", "prompt"), "Bao nhiêu?"),
    ((*PAPER, "prediction", "required"), False),
    ((*PAPER, "prediction", "max"), 5),
    (("rankings", 0, "title"), "Giải tuần"),
    (("rankings", 0, "scope"), "contest"),
    ((*RANKING, "audiences"), ["can-bo"]),
    ((*RANKING, "group_by"), "bloc"),
    ((*RANKING, "counting"), {"policy": "last"}),
    ((*RANKING, "perfect_only"), True),
    ((*RANKING, "prediction"), {"order": "perfect_only"}),
    ((*RANKING, "prediction"), {"distance": "over_loses"}),
    ((*RANKING, "criteria"), [SCORE]),
    ((*RANKING, "criteria", 0, "direction"), "asc"),
    ((*RANKING, "criteria", 2, "unit"), "s"),
    ((*RANKING, "ties"), "extend"),
    ((*RANKING, "ties"), "organiser"),
    ((*RANKING, "prizes"), []),
    ((*RANKING, "prizes", 0, "title"), "Giải Đặc biệt"),
    ((*RANKING, "prizes", 0, "count"), 2),
    ((*RANKING, "prizes", 0, "value"), 1),
    ((*RANKING, "prizes", 0, "audience"), "cong-dan-khac"),
    ((*RANKING, "prizes", 0, "at_least"), 12000),
    ((*RANKING, "cap"), {"share": "1/2"}),
    ((*RANKING, "one_prize"), {"per": "contest", "policy": "earlier_stands"}),
    ((*RANKING, "one_prize"), {"per": "round", "policy": "earlier_stands"}),
    ((*RANKING, "special"), [{"code": "x", "title": "Trẻ nhất", "count": 1,
                              "criteria": [{"code": "age"}], "among": "winners"}]),
    (("schemes", 0, "title"), "Giải đơn vị"),
    (("schemes", 0, "scope"), "round"),
    ((*SCHEME, "blocs"), ["xa-phuong"]),
    ((*SCHEME, "group_by"), "all"),
    ((*SCHEME, "population"), {"citizens_by_commune": True}),
    ((*SCHEME, "population"), {"audiences": ["cong-dan"]}),
    ((*SCHEME, "population"), {"categories": ["một cửa"]}),
    ((*SCHEME, "attempts"), "counting"),
    ((*SCHEME, "rounds"), "distinct"),
    ((*SCHEME, "decimals"), 2),
    ((*SCHEME, "gates"), []),
    ((*SCHEME, "gates", 0, "value"), "1/3"),
    ((*SCHEME, "gates", 0, "op"), ">"),
    ((*SCHEME, "gates", 0, "minimum"), 20),
    ((*SCHEME, "gates", 0, "bands"), [{"below": 50, "value": "3/10", "minimum": 9}]),
    ((*SCHEME, "components", 0, "title"), "Tham gia"),
    ((*SCHEME, "components", 0, "metric"), "participants"),
    ((*SCHEME, "components", 0, "normaliser"), {"code": "linear_to_best"}),
    ((*SCHEME, "components", 0, "weight"), "41/3"),
    ((*SCHEME, "components", 0, "rounds"), "all_rounds"),
    ((*SCHEME, "components", 0, "attempts"), "counting"),
    ((*SCHEME, "components", 0, "decimals"), 1),
    ((*SCHEME, "components", 0, "population"), {"audiences": ["cong-dan"]}),
    ((*SCHEME, "tie_chain"), []),
    ((*SCHEME, "tie_chain", 0, "direction"), "asc"),
    ((*SCHEME, "tie_chain", 0), {"metric": "attempts"}),
    ((*SCHEME, "ties"), "extend"),
    ((*SCHEME, "prizes", 0, "count"), 3),
    ((*SCHEME, "prizes", 0, "at_least"), 80),
    ((*SCHEME, "one_prize"), {"per": "contest", "policy": "highest_only"}),
]  # fmt: skip
NEEDS_PERCENT_OFF = {("schemes", 0, "rule", "components", 0, "metric")}


@pytest.mark.parametrize(("path", "value"), SETTINGS)
def test_another_setting_is_another_text(hue, path, value):
    base = hue
    if path in NEEDS_PERCENT_OFF:
        raw = {"code": "raw"}
        base = changed(hue, (*path[:-1], "normaliser"), raw)
    if path[-1] == "group_by":
        base = changed(hue, (*path[:-1], "prizes"), [])
    if value == "cong-dan-khac":
        base = changed(
            hue, (*RANKING, "prizes"), hue["rankings"][0]["rule"]["prizes"][:1]
        )
        value = "cong-dan"

    assert text_of(changed(base, path, value)) != text_of(base)


def test_every_setting_of_the_schema_is_in_the_text_or_known_not_to_be(hue):
    silent = {
        "schema_version",
        "slug",
        "short_title",
        "state",
        "known_results",
        "banks",
        "blocs",
        "edition",
        "audiences",
        "rounds",
        "rankings",
        "schemes",
    }
    told = {path[0] for path, _ in SETTINGS}

    assert set(hue) <= silent | told
    assert set(hue["rounds"][0]["papers"][0]) <= {"audience", "bank"} | {
        path[4] for path, _ in SETTINGS if path[:4] == PAPER
    }


def test_midnight_is_24_hours_of_the_day_before(hue):
    text = text_of(hue)

    assert (
        "từ 0 giờ thứ Hai\N{NO-BREAK SPACE}29/9/2025 "
        "đến 24 giờ Chủ nhật\N{NO-BREAK SPACE}05/10/2025"
    ) in text


def test_the_chain_is_an_ordered_list_in_its_order(hue):
    ranking = next(s for s in sections_of(hue) if s.code == "ranking-ca-nhan")
    [chain] = [block for block in ranking.blocks if block.is_ordered]

    assert [item.split(" (")[0].rstrip(".") for item in chain.items] == [
        "Điểm cao hơn",
        "Dự đoán gần với kết quả thực tế hơn",
        "Nộp bài sớm hơn",
    ]


def test_seventeen_collective_prizes_stand_in_the_table(hue):
    scheme = next(s for s in sections_of(hue) if s.code == "scheme-tap-the")
    prizes = scheme.blocks[-2]

    assert sum(int(row[2]) for row in prizes.rows) == 17


def test_the_text_holds_no_markup(hue):
    assert "<" not in text_of(hue)


def test_the_text_can_be_asked_for_in_english(hue):
    with translation.override("en"):
        assert "Mon\N{NO-BREAK SPACE}29" in text_of(hue)


@pytest.mark.parametrize(
    ("registry", "table"),
    [
        (criteria, words.CRITERIA),
        (counting, words.COUNTING),
        (ties, words.TIES),
        (ties, words.UNIT_TIES),
        (metrics, words.METRICS),
        (normalisers, words.NORMALISERS),
        (gates, words.GATES),
    ],
)
def test_every_registered_behaviour_has_words(registry, table):
    assert set(registry.codes()) == set(table)


def test_every_criterion_speaks_in_both_directions():
    assert all(set(way) == {"asc", "desc"} for way in words.CRITERIA.values())


@pytest.mark.parametrize("code", criteria.codes())
def test_every_criterion_reads_in_a_chain(hue, code):
    extra = {"external": {"source": "bai-viet"}}.get(code, {})
    document = changed(hue, (*RANKING, "criteria"), [{"code": code, **extra}])
    document["rankings"][0]["rule"]["lot_seed"] = "1234"

    said = str(words.CRITERIA[code][criteria.classes[code].usual]).split("%")[0]
    assert said[1:] in text_of(document)


PARAMS = {
    "share_above": {"share": "4/5"},
    "prize_points": {"points": {"nhat": "3"}},
    "external": {"source": "sang-kien", "max": "100"},
}


@pytest.mark.parametrize("code", metrics.codes())
def test_every_metric_reads_in_a_component(hue, code):
    component = {
        "code": "x",
        "title": "X",
        "metric": code,
        "params": PARAMS.get(code, {}),
        "normaliser": {"code": "raw"},
        "weight": "7",
    }
    document = changed(hue, (*SCHEME, "components"), [component])
    document["schemes"][0]["rule"]["tie_chain"] = []

    assert str(words.METRICS[code]).split("%")[0] in text_of(document)


@pytest.mark.parametrize(
    ("normaliser", "said"),
    [
        ({"code": "rank_points", "top": 3}, "3, 2, 1"),
        ({"code": "bands", "bands": [{"from": "9/10", "points": "10"}]}, "từ 0,9: 10"),
        ({"code": "share_of_max"}, "mức cao nhất"),
        ({"code": "linear_to_best"}, "đơn vị cao nhất"),
    ],
)
def test_every_normaliser_says_its_settings(hue, normaliser, said):
    document = changed(hue, (*SCHEME, "components", 0, "normaliser"), normaliser)

    assert said in text_of(document)


@pytest.mark.parametrize(
    ("gate", "said"),
    [
        ({"code": "compulsory", "category": "lãnh đạo", "value": "1"}, "lãnh đạo"),
        ({"code": "individual_prizes", "value": 1}, "Số giải cá nhân đạt từ 1"),
        ({"code": "external", "source": "sang-kien", "value": "5"}, "sang-kien"),
        ({"code": "metric", "metric": "perfect_share", "value": "1/4"}, "25"),
    ],
)
def test_every_gate_says_its_settings(hue, gate, said):
    assert said in text_of(changed(hue, (*SCHEME, "gates"), [gate]))


@pytest.mark.parametrize("policy", counting.codes())
def test_every_counting_policy_reads(hue, policy):
    document = changed(hue, (*RANKING, "counting"), {"policy": policy})

    assert str(words.COUNTING[policy]).split("%")[0] in text_of(document)


@pytest.mark.parametrize("policy", ties.codes())
def test_every_tie_policy_reads_for_people_and_units(hue, policy):
    document = changed(hue, (*RANKING, "ties"), policy)
    document["schemes"][0]["rule"]["ties"] = policy
    for kind in ("rankings", "schemes"):
        document[kind][0]["rule"]["lot_seed"] = "1234"

    text = text_of(document)

    assert str(words.TIES[policy] % {"seed": "1234"}) in text
    assert str(words.UNIT_TIES[policy] % {"seed": "1234"}) in text


@pytest.mark.django_db
def test_a_stored_contest_is_read_in_few_queries(django_assert_max_num_queries):
    contest = make_contest()
    audience = make_audience(contest)
    for number in (1, 2):
        make_paper(make_round(contest, number), audience)
    make_contest_unit(make_bloc(contest), people=5)
    make_ranking(contest, rule={"criteria": [{"code": "score"}]})

    with django_assert_max_num_queries(9):
        told = sections(contest)

    assert [section.code for section in told][:3] == [
        "general",
        "audiences",
        "calendar",
    ]
