import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.shape import Malformed, Save, parse_save, parse_submit


def body(**more):
    return json.dumps({"seq": 1, "responses": {}, "prediction": None} | more).encode()


@pytest.mark.parametrize(
    ("sent", "save"),
    [
        (body(), Save(1, {}, None)),
        (body(seq=1_000_000), Save(1_000_000, {}, None)),
        (body(prediction=0), Save(1, {}, 0)),
        (body(prediction=2_147_483_647), Save(1, {}, 2_147_483_647)),
        (
            body(responses={"1": ["a"], "60": ["j", "a"], "7": []}),
            Save(1, {"1": ["a"], "60": ["j", "a"], "7": []}, None),
        ),
    ],
)
def test_a_good_save_is_read(sent, save):
    assert parse_save(sent) == save
    assert parse_submit(sent) == save


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b"\xff\xfe", "not_json"),
        (b"[" * 8_000, "not_json"),
        (b'{"seq": ' + b"9" * 5_000 + b"}", "not_json"),
        (b'{"seq": 1, "responses": {}, "prediction": NaN}', "not_json"),
        (b'{"seq": 1, "responses": {}, "prediction": -Infinity}', "not_json"),
        (b"null", "fields"),
        (b"[]", "fields"),
        (b'"x"', "fields"),
        (b'{"seq": 1}', "fields"),
        (body(more=1), "fields"),
        (body(**{"\ud800": 1}), "fields"),
        (body(seq=0), "seq"),
        (body(seq=1_000_001), "seq"),
        (body(seq=True), "seq"),
        (body(seq=1.0), "seq"),
        (body(seq="1"), "seq"),
        (body(seq=None), "seq"),
        (body(prediction=-1), "prediction"),
        (body(prediction=2_147_483_648), "prediction"),
        (body(prediction=False), "prediction"),
        (body(prediction=1.5), "prediction"),
        (body(prediction="1"), "prediction"),
        (body(responses=[]), "item"),
        (body(responses=None), "item"),
        (body(responses={"0": []}), "item"),
        (body(responses={"61": []}), "item"),
        (body(responses={"01": []}), "item"),
        (body(responses={"1\0": []}), "item"),
        (body(responses={"\udfff": []}), "item"),
        (body(responses={"1": "a"}), "option"),
        (body(responses={"1": None}), "option"),
        (body(responses={"1": ["k"]}), "option"),
        (body(responses={"1": ["ab"]}), "option"),
        (body(responses={"1": ["a\0"]}), "option"),
        (body(responses={"1": [1]}), "option"),
        (body(responses={"1": [["a"]]}), "option"),
        (body(responses={"1": ["a", "a"]}), "option_twice"),
        (body() + b" " * 8_192, "too_long"),
    ],
)
def test_anything_else_is_malformed(sent, code):
    with pytest.raises(Malformed) as caught:
        parse_save(sent)

    assert caught.value.code == code


@pytest.mark.parametrize("sent", [b"", b" \n", b"{}", b" { } "])
def test_a_submit_may_bring_nothing(sent):
    assert parse_submit(sent) is None


def test_the_fullest_paper_fits_into_a_save():
    full = {str(n): list("abcdefghij") for n in range(1, 61)}

    assert parse_save(body(responses=full)).responses == full


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(ANYTHING | st.fixed_dictionaries(dict.fromkeys(Save.__annotations__, ANYTHING)))
def test_whatever_json_comes_is_a_save_or_malformed(value):
    try:
        found = parse_save(json.dumps(value).encode())
    except Malformed:
        return

    assert vars(found) == value


@given(st.binary())
def test_whatever_bytes_come_are_a_save_or_malformed(sent):
    with pytest.raises(Malformed):
        parse_save(sent)
