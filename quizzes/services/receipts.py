"""
Receipts: what a closed attempt holds, in a form to keep and to compare.

A receipt follows from the row alone, so it can be made again at any time and a changed
row betrays itself.
"""

from dataclasses import dataclass
from datetime import datetime

from contest.lib.moments import to_ms
from quizzes.rules import sealing
from quizzes.rules.scoring import answered


@dataclass(frozen=True)
class Receipt:
    """A short code, the whole hash behind it, the recorded end, and how much."""

    code: str
    hash: str
    submitted_at: datetime
    answered: int
    total: int


def receipt_of(attempt):
    """Return the receipt of a closed attempt that has a paper."""
    hash = sealing.digest(
        {
            "attempt": str(attempt.uuid),
            "responses": attempt.responses,
            "prediction": attempt.prediction,
            "submitted_at": to_ms(attempt.submitted_at),
        }
    )
    return Receipt(
        code=sealing.short_code(hash),
        hash=hash,
        submitted_at=attempt.submitted_at,
        answered=answered(attempt.paper, attempt.responses),
        total=attempt.item_count,
    )
