import json
import unicodedata
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboards.rules import canonical

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from("abcd"), inner),
)


@given(JSON)
def test_the_bytes_are_stable_and_read_back(value):
    data = canonical.dump(value)

    read = json.loads(data)
    assert canonical.dump(read) == data
    assert unicodedata.is_normalized("NFC", data.decode())


def test_the_order_of_keys_and_the_form_of_letters_do_not_matter():
    one = {"b": "Thừa Thiên Huế", "a": [1, (2,)]}
    other = {"a": [1, [2]], "b": unicodedata.normalize("NFD", "Thừa Thiên Huế")}

    assert canonical.dump(one) == canonical.dump(other)


@pytest.mark.parametrize(
    "value",
    [1.5, float("nan"), {1: 2}, {"a": {3}}, b"x", "\ud800", Fraction(1, 2)],
)
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(canonical.NotCanonical):
        canonical.dump([value])


def test_two_keys_that_are_one_once_normalised_are_refused():
    with pytest.raises(canonical.NotCanonical):
        canonical.dump({"\u00e9": 1, "e\u0301": 2})


@pytest.mark.parametrize(
    ("number", "decimals", "rounded"),
    [("5/2", 0, "3"), ("249/100", 1, "5/2"), ("245/100", 1, "5/2"), ("-5/2", 0, "-2")],
)
def test_halves_go_up(number, decimals, rounded):
    assert canonical.half_up(Fraction(number), decimals) == Fraction(rounded)
