"""
Serial numbers of certificates: fifteen characters of chance and one that checks them.

Crockford's alphabet has no I, L, O or U, so that a number read from paper is typed as
it was meant. 75 random bits cannot be guessed; the sixteenth character (Luhn's
algorithm, base 32) catches any one wrong character and most swapped neighbours before
anything is looked up.
"""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BASE = len(ALPHABET)
LENGTH = 16
RANDOM_BITS = 5 * (LENGTH - 1)
SAME = str.maketrans("OIL", "011", " -")


def serial(chance: int) -> str:
    """The serial made of ``chance``, 0 <= chance < 2 ** 75: ``7K3M-Q9XW-2F4R-HB8T``."""
    if not 0 <= chance < 2**RANDOM_BITS:
        raise ValueError("chance has 75 bits")
    digits = [(chance >> shift) & 31 for shift in range(RANDOM_BITS - 5, -1, -5)]
    text = "".join(ALPHABET[digit] for digit in [*digits, check_digit(digits)])
    return "-".join(text[at : at + 4] for at in range(0, LENGTH, 4))


def check_digit(digits: list[int]) -> int:
    """The digit that makes the weighted sum of all digits a multiple of 32."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        product = digit * 2 if place % 2 == 0 else digit
        total += product // BASE + product % BASE
    return -total % BASE


def read(text: str) -> str | None:
    """
    The serial that ``text`` means, as ``serial`` writes it, or None.

    Case, blanks and dashes are free; O reads as 0, I and L as 1. None for anything that
    no certificate can have: wrong length, strange characters, a failed check.
    """
    bare = text.upper().translate(SAME)
    if len(bare) != LENGTH or not set(bare) <= set(ALPHABET):
        return None
    digits = [ALPHABET.index(letter) for letter in bare]
    if check_digit(digits[:-1]) != digits[-1]:
        return None
    return "-".join(bare[at : at + 4] for at in range(0, LENGTH, 4))
