"""
One registry per kind of behaviour: a code names a small class that reads its settings.

A class is registered under its ``code`` and built from a ``Reader``, which it uses to
take its own settings; what nobody takes is a fault.
"""

from typing import Generic, TypeVar

from leaderboards.rules.reading import Reader

Behaviour = TypeVar("Behaviour")


class Registry(Generic[Behaviour]):
    """The classes of one kind, by code."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.classes: dict[str, type[Behaviour]] = {}

    def register(self, cls: type[Behaviour]) -> type[Behaviour]:
        code: str = cls.code  # type: ignore[attr-defined]
        if code in self.classes:
            raise ValueError(f"{self.kind} {code} is registered twice")
        self.classes[code] = cls
        return cls

    def build(self, read: Reader, key: str = "code") -> Behaviour:
        """Build the behaviour that ``key`` names; the class reads its own settings."""
        return self.classes[read.choice(key, self.classes)](read)  # type: ignore[call-arg]

    def codes(self) -> list[str]:
        return list(self.classes)
