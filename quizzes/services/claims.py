"""
The attempt token: which attempt, whose, and which sitting of it.

Signed, not stored: a save needs no session and no user row. It names no deadline and
expires with its attempt, whose row knows. A later start or resume makes the sitting in
it old.
"""

import uuid
from dataclasses import dataclass

from django.core import signing

SALT = "quizzes.attempt"


@dataclass(frozen=True)
class Claim:
    """
    Somebody's hold on an attempt.

    ``sitting`` None speaks for the newest sitting: a caller with a session, who named
    none.
    """

    attempt: uuid.UUID
    entrant: int
    sitting: int | None = None


def token_of(attempt):
    """Return the token of an attempt's newest sitting."""
    return sign(Claim(attempt.uuid, attempt.entrant_id, attempt.sitting))


def sign(claim):
    return signing.dumps([claim.attempt.hex, claim.entrant, claim.sitting], salt=SALT)


def read(token):
    """Return the claim in a token; raise ``django.core.signing.BadSignature``."""
    attempt, entrant, sitting = signing.loads(token, salt=SALT)
    return Claim(uuid.UUID(attempt), entrant, sitting)
