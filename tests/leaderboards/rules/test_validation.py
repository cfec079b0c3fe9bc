"""A rule that cannot be computed is refused with the place of its first fault."""

import json
import re
from pathlib import Path

import pytest

from leaderboards.rules.reading import RuleError
from leaderboards.rules.validation import validate
from tests.leaderboards.building import prize, ranking, scheme

DOCS = Path(__file__).parents[3] / "docs" / "rules.md"


def check(rankings=(), schemes=()):
    return validate(
        {
            "audiences": ["can-bo"],
            "blocs": ["khoi"],
            "rankings": list(rankings),
            "schemes": list(schemes),
        }
    )


def component(**changes):
    usual = {
        "code": "k",
        "metric": "rate",
        "normaliser": {"code": "percent"},
        "weight": "40",
    }
    return {"components": [usual | changes]}


CRITERIA = [{"code": "score"}]
BAD_RANKINGS = [
    ({"criteria": []}, "criteria", "empty"),
    ({"criteria": [{"code": "luck"}]}, "criteria[0].code", "unknown"),
    ({"criteria": [{"code": "score", "up": 1}]}, "criteria[0].up", "unknown_key"),
    ({"criteria": CRITERIA * 2}, "criteria[1].code", "twice"),
    ({"criteria": [{"code": "lot"}]}, "lot_seed", "missing"),
    ({"criteria": [{"code": "external"}]}, "criteria[0].source", "missing"),
    (
        {"criteria": [{"code": "score", "direction": 1}]},
        "criteria[0].direction",
        "unknown",
    ),
    ({"ties": "lot"}, "lot_seed", "missing"),
    ({"ties": "fight"}, "ties", "unknown"),
    ({"audiences": ["hoc-sinh"]}, "audiences", "unknown"),
    ({"audiences": "can-bo"}, "audiences", "not_a_list_of_texts"),
    ({"group_by": "age"}, "group_by", "unknown"),
    ({"counting": {"policy": "worst"}}, "counting.policy", "unknown"),
    ({"counting": {"policy": "sum", "each": "best"}}, "counting.each", "unknown"),
    ({"perfect_only": "yes"}, "perfect_only", "not_true_or_false"),
    ({"each_round": True}, "each_round", "contest_only"),
    ({"prizes": [prize(count=0)]}, "prizes[0].count", "out_of_range"),
    ({"prizes": [prize(count=1.5)]}, "prizes[0].count", "not_a_whole_number"),
    ({"prizes": [prize(), prize()]}, "prizes[1].code", "twice"),
    ({"prizes": [prize(audience="x")]}, "prizes[0].audience", "unknown"),
    ({"prizes": [prize(bloc="khoi")]}, "prizes[0].bloc", "unknown_key"),
    ({"cap": {"share": "3/2"}}, "cap.share", "out_of_range"),
    ({"cap": {"share": 0.5}}, "cap.share", "not_an_exact_number"),
    ({"cap": {"share": "1/0"}}, "cap.share", "not_an_exact_number"),
    ({"cap": {"share": "9" * 40}}, "cap.share", "not_an_exact_number"),
    (
        {"one_prize": {"per": "contest", "policy": "highest_only"}},
        "one_prize.policy",
        "contest_only",
    ),
    ({"admit": {"ranking": "x", "places": 3}}, "admit.ranking", "unknown"),
    ({"luck": 1}, "luck", "unknown_key"),
    ({"special": [{"among": "all"}]}, "special[0].criteria", "missing"),
]
BAD_SCHEMES = [
    ({"components": []}, "components", "empty"),
    (component(metric="joy"), "components[0].metric", "unknown"),
    (component(weight=40.0), "components[0].weight", "not_an_exact_number"),
    (component(weight="-1"), "components[0].weight", "out_of_range"),
    (component(rounds="best"), "components[0].rounds", "unknown"),
    (component(decimals=10), "components[0].decimals", "out_of_range"),
    (component(metric="attempts"), "components[0].normaliser.code", "not_a_share"),
    (
        component(metric="attempts", normaliser={"code": "share_of_max"}),
        "components[0].normaliser.code",
        "no_maximum",
    ),
    (
        component(normaliser={"code": "rank_points"}),
        "components[0].normaliser.top",
        "either_top_or_points",
    ),
    (
        component(normaliser={"code": "bands", "bands": []}),
        "components[0].normaliser.bands",
        "empty",
    ),
    (
        component(metric="share_above"),
        "components[0].params.share",
        "either_share_or_points",
    ),
    (
        component(metric="external", params={}),
        "components[0].params.source",
        "missing",
    ),
    ({"gates": [{"code": "rate"}]}, "gates[0].value", "missing"),
    ({"gates": [{"code": "rate", "value": 0, "op": "<"}]}, "gates[0].op", "unknown"),
    (
        {
            "gates": [
                {
                    "code": "rate",
                    "value": 0,
                    "bands": [{"below": 9, "value": 0}, {"below": 9, "value": 0}],
                }
            ]
        },
        "gates[0].bands[1].below",
        "not_ascending",
    ),
    ({"blocs": ["x"]}, "blocs", "unknown"),
    ({"tie_chain": [{"component": "x"}]}, "tie_chain[0].component", "unknown"),
    ({"population": {"audiences": ["x"]}}, "population.audiences", "unknown"),
]


@pytest.mark.parametrize(("rule", "where", "code"), BAD_RANKINGS)
def test_a_bad_ranking_is_refused_with_its_place(rule, where, code):
    with pytest.raises(RuleError) as caught:
        check([ranking(**rule)])

    assert caught.value.path == f"rankings[0].rule.{where}"
    assert caught.value.code == code


@pytest.mark.parametrize(("rule", "where", "code"), BAD_SCHEMES)
def test_a_bad_scheme_is_refused_with_its_place(rule, where, code):
    with pytest.raises(RuleError) as caught:
        check(schemes=[scheme(**rule)])

    assert caught.value.path == f"schemes[0].rule.{where}"
    assert caught.value.code == code


@pytest.mark.parametrize("rule", [None, [], "x", 3])
def test_a_rule_that_is_no_object_is_refused(rule):
    with pytest.raises(RuleError) as caught:
        check([ranking() | {"rule": rule}])

    assert (caught.value.path, caught.value.code) == (
        "rankings[0].rule",
        "not_an_object",
    )


def test_codes_are_unique_and_admission_looks_back():
    with pytest.raises(RuleError, match="twice"):
        check([ranking(), ranking()])
    with pytest.raises(RuleError, match="itself"):
        check([ranking(admit={"ranking": "ca-nhan", "places": 3})])
    later = ranking("chung", "contest")
    with pytest.raises(RuleError, match="computed_later"):
        check([ranking(admit={"ranking": "chung", "places": 3}), later])


def test_the_rules_of_the_documentation_are_valid():
    people, units = map(
        json.loads, re.findall(r"```json\n(.*?)```", DOCS.read_text("utf-8"), re.S)
    )
    rules = {
        "audiences": ["can-bo", "cong-dan"],
        "blocs": ["xa-phuong"],
        "rankings": [ranking() | {"rule": people}],
        "schemes": [scheme() | {"rule": units}],
    }

    assert len(validate(rules).schemes[0].components) == 4
