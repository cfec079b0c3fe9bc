"""
Reproducible randomness from a seed text, independent of Python's own generator.

Python promises the sequence of ``random()`` between versions but not that of
``shuffle`` or ``sample``; a stored seed must give the same paper in ten years. Here
the words are SHA-256 over ``seed:counter``, and a number below ``n`` is drawn by
rejection, so every outcome is equally likely.
"""

import hashlib
import struct
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")

WORD = 2**32
BIG_ENDIAN_WORDS = struct.Struct(">8I")


class RandomStream:
    """An endless stream of numbers that follows from ``seed`` alone."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._counter = 0
        self._words: list[int] = []

    def word(self) -> int:
        """Return the next 32 bits as a number."""
        if not self._words:
            digest = hashlib.sha256(f"{self._seed}:{self._counter}".encode()).digest()
            self._counter += 1
            self._words = list(BIG_ENDIAN_WORDS.unpack(digest))[::-1]
        return self._words.pop()

    def below(self, n: int) -> int:
        """Return a number in ``range(n)``, each as likely as the others."""
        limit = WORD - WORD % n
        word = self.word()
        while word >= limit:
            word = self.word()
        return word % n

    def shuffled(self, values: Iterable[T]) -> list[T]:
        """Return the values in a random order (Fisher and Yates)."""
        result = list(values)
        for last in range(len(result) - 1, 0, -1):
            other = self.below(last + 1)
            result[last], result[other] = result[other], result[last]
        return result
