"""Serial numbers: what is typed from paper, and what no certificate can have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboards.rules.serials import ALPHABET, read, serial

CHANCE = st.integers(0, 2**75 - 1)


@given(CHANCE)
def test_a_serial_is_read_back_however_it_is_typed(chance):
    text = serial(chance)

    assert read(text) == text
    assert read(f" {text.lower().replace('-', ' ')} ") == text
    assert read(text.replace("-", "").replace("0", "o").replace("1", "l")) == text


@given(CHANCE, st.integers(0, 15), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(chance, at, letter):
    bare = serial(chance).replace("-", "")
    wrong = bare[:at] + letter + bare[at + 1 :]

    assert read(wrong) is None or wrong == bare


@pytest.mark.parametrize(
    "text", ["", "0", "0" * 17, "U" * 16, "\0" * 16, "Đ" * 16, "0000-0000-0000-0001"]
)
def test_what_no_certificate_can_have_is_none(text):
    assert read(text) is None


@pytest.mark.parametrize("chance", [-1, 2**75])
def test_chance_has_75_bits(chance):
    with pytest.raises(ValueError, match="75 bits"):
        serial(chance)


def test_different_chance_makes_different_serials():
    assert len({serial(chance) for chance in range(1000)}) == 1000
