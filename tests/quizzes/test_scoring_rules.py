import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.scoring import Score, answered, score

PAPER = [
    {"item": "v1", "options": ["c", "a", "b", "d"]},
    {"item": "v2", "options": ["b", "a", "c", "d"]},
    {"item": "v3", "options": ["a", "b"]},
]
KEYS = {
    "v1": {"correct": ["a"], "points": 1000},
    "v2": {"correct": ["b", "c", "d"], "points": 1000},
    "v3": {"correct": ["a"], "points": 2000},
}


@pytest.mark.parametrize(
    ("responses", "expected"),
    [
        ({}, Score(0, 0, 0, 3)),
        ({"1": ["b"], "2": ["a", "c", "d"], "3": ["a"]}, Score(4000, 3, 3, 3)),
        ({"2": ["d", "c", "a"]}, Score(1000, 1, 1, 3)),
        ({"1": ["a"], "2": ["a", "c"]}, Score(0, 0, 2, 3)),
        ({"1": ["b", "a"]}, Score(0, 0, 1, 3)),
        ({"1": []}, Score(0, 0, 0, 3)),
        ({"60": ["a"], "4": ["a"], "1": ["b"]}, Score(1000, 1, 1, 3)),
        ({"3": ["c"]}, Score(0, 0, 0, 3)),
        ({"3": ["a", "c"]}, Score(2000, 1, 1, 3)),
    ],
)
def test_all_or_nothing(responses, expected):
    assert score(PAPER, responses, KEYS) == expected
    assert answered(PAPER, responses) == expected.answered


@pytest.mark.parametrize(
    ("letters", "points", "correct"),
    [
        (["a", "c", "d"], 1000, 1),
        (["a", "c"], 667, 0),
        (["a"], 333, 0),
        (["a", "b"], 0, 0),
        (["a", "b", "c"], 333, 0),
        (["a", "b", "c", "d"], 667, 0),
        (["b"], 0, 0),
    ],
)
def test_partial_gives_and_takes_shares(letters, points, correct):
    found = score(PAPER, {"2": letters}, KEYS, method="partial")

    assert (found.score, found.correct) == (points, correct)


@pytest.mark.parametrize("method", ["all_or_nothing", "partial"])
@pytest.mark.parametrize(
    ("accept", "letters", "points"),
    [
        ("any", ["a"], 1000),
        ("any", ["c"], 1000),
        ("any", ["a", "c", "d"], 1000),
        ("any", ["b"], 0),
        ("everyone", ["b"], 1000),
        ("everyone", [], 1000),
    ],
)
def test_a_corrected_key_accepts_each_option_or_everyone(
    method, accept, letters, points
):
    keys = KEYS | {"v2": KEYS["v2"] | {"accept": accept}}

    assert score(PAPER, {"2": letters}, keys, method=method).score == points


LETTERS = st.lists(st.sampled_from("abcdefghij"), unique=True)
RESPONSES = st.dictionaries(st.sampled_from([str(n) for n in range(1, 61)]), LETTERS)


@given(RESPONSES, st.sampled_from(["all_or_nothing", "partial"]))
def test_a_score_lies_between_nothing_and_the_maximum(responses, method):
    found = score(PAPER, responses, KEYS, method=method)

    assert 0 <= found.score <= 4000
    assert found.correct <= found.answered <= found.total == 3


@given(RESPONSES)
def test_partial_never_gives_less_than_all_or_nothing(responses):
    strict = score(PAPER, responses, KEYS)
    partial = score(PAPER, responses, KEYS, method="partial")

    assert partial.score >= strict.score
    assert partial.correct == strict.correct
