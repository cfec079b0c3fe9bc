"""Canonical JSON and its hash: what a seal on a pool or a receipt is made of."""

import hashlib
import json
from typing import Any

# Crockford's alphabet: no I, L, O, U, so a code can be read out over the telephone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8


def canonical(value: Any) -> bytes:
    """UTF-8, keys sorted, no blanks; floats and NaN have no place in sealed data."""
    return json.dumps(
        value,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    ).encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical bytes, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def short_code(hexdigest: str) -> str:
    """Eight letters and digits of a hash, ``7KQ4-M2XD``: the code of a receipt."""
    number = int(hexdigest, 16)
    letters = [ALPHABET[number >> (5 * n) & 31] for n in range(CODE_LENGTH)]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])
