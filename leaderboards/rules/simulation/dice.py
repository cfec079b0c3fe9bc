"""Chance that follows from a text: uniform, normal, weighted; no other source."""

import math
from collections.abc import Sequence
from typing import TypeVar

from quizzes.rules.random_stream import WORD, RandomStream

T = TypeVar("T")


class Dice:
    """A stream of random values that follows from ``seed`` alone."""

    def __init__(self, seed: str) -> None:
        self.stream = RandomStream(seed)

    def uniform(self) -> float:
        """A number in [0, 1)."""
        return self.stream.word() / WORD

    def chance(self, probability: float) -> bool:
        return self.uniform() < probability

    def normal(self, mean: float = 0.0, deviation: float = 1.0) -> float:
        """A normal value (Box and Muller)."""
        radius = math.sqrt(-2.0 * math.log(1.0 - self.uniform()))
        return mean + deviation * radius * math.cos(2.0 * math.pi * self.uniform())

    def pick(self, values: Sequence[T]) -> T:
        return values[self.stream.below(len(values))]

    def weighted(self, values: Sequence[T], weights: Sequence[float]) -> T:
        """One of ``values``, each as likely as its weight says."""
        left = self.uniform() * sum(weights)
        for value, weight in zip(values, weights, strict=True):
            left -= weight
            if left < 0:
                return value
        return values[-1]
