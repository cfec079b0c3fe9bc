"""Every code that set-up can meet has a sentence and a remedy."""

import ast
from pathlib import Path

import pytest

from leaderboards.problem_wording import PROBLEMS, fault_of, words_of
from leaderboards.rules.problems import problem

RULES = Path(__file__).parents[2] / "leaderboards" / "rules"
SAYERS = {"problem": 1, "warning": 1, "fault": 1, "RuleError": 1}


def codes_said():
    """The literal codes in calls of the functions that name a problem."""
    for path in RULES.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            place = SAYERS.get(name)
            if place is not None and len(node.args) > place:
                code = node.args[place]
                if isinstance(code, ast.Constant):
                    yield code.value


def test_the_scan_finds_codes_of_every_kind():
    assert {"twice", "unknown_key", "no_such_unit"} <= set(codes_said())


@pytest.mark.parametrize("code", sorted(set(codes_said())))
def test_every_code_has_words(code):
    assert code in PROBLEMS


def test_there_are_no_words_for_codes_that_nobody_says():
    assert set(PROBLEMS) - set(codes_said()) == set()


def test_params_fill_the_words_and_lists_are_joined():
    found = problem("a.b", "unknown", value="x", known=["y", "z"])

    assert words_of(found)[0] == "Không có “x”."
    assert "y, z" in words_of(found)[1]
    assert fault_of(found).column == "a.b"
