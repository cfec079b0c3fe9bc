"""Reasons are codes with parameters; ``leaderboards.wording`` makes the sentences."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Reason:
    """
    Why something is as it is: ``Reason("skipped", {"entrant": uuid, "place": 1})``.

    Parameters are JSON values: integers, texts, lists and objects of them.
    """

    code: str
    params: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "params": self.params}
