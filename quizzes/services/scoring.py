"""
Score submitted attempts: the rows are the queue, the rule is Python, the write is one.

An attempt waits when it has no score, or one made with an older key sheet than its
pool's newest. Workers may meet, run late, twice or never: each takes rows that nobody
holds, and a score is written only over an older one.
"""

from django.db import connection, transaction
from django.db.models import Q

from quizzes.models import Attempt, KeySheet
from quizzes.rules.scoring import score
from quizzes.services import keys
from quizzes.services.bulk import update_rows
from quizzes.services.pools import sealed_of

# A score never replaces one that was made with the same or a newer key sheet.
GUARD = "(t.scored_with IS NULL OR t.scored_with < v.scored_with)"


@transaction.atomic
def score_batch(limit):
    """Score up to ``limit`` waiting attempts; return how many: 0 means none waits."""
    attempts = _take(Attempt.objects.unscored(), limit)
    if not attempts:
        attempts = _take(_outdated(), limit)
    sheets = _newest_sheets({attempt.pool_id for attempt in attempts})
    rows = [_scored(attempt, sheets[attempt.pool_id]) for attempt in attempts]
    return update_rows(
        Attempt, ("score", "correct_count", "scored_with"), rows, guard=GUARD
    )


def waiting():
    """Return how many attempts wait for a score."""
    return Attempt.objects.unscored().count() + _outdated().count()


def _take(attempts, limit):
    """Hold up to ``limit`` rows that no other worker holds, until the write."""
    return list(
        attempts.only("pool", "paper", "responses")
        .order_by("pk")
        .select_for_update(
            no_key=True,
            skip_locked=connection.features.has_select_for_update_skip_locked,
        )[:limit]
    )


def _outdated():
    """The attempts whose pool has a newer key sheet than they were scored with."""
    corrected = KeySheet.objects.filter(version__gt=1).values_list("pool", flat=True)
    newest = keys.newest_versions(set(corrected))
    older = Q(pk__in=[])
    for pool_id, version in newest.items():
        older |= Q(pool=pool_id, scored_with__lt=version)
    return Attempt.objects.submitted().made_here().filter(older)


def _newest_sheets(pool_ids):
    """Map pools to ``(version, keys, method)`` of their newest key sheet."""
    return {
        pool_id: (
            sheet.version,
            sheet.keys,
            sealed_of(pool_id)["multiple_scoring"],
        )
        for pool_id in pool_ids
        for sheet in [keys.newest_sheet(pool_id)]
    }


def _scored(attempt, sheet):
    version, key, method = sheet
    found = score(attempt.paper, attempt.responses, key, method=method)
    return attempt.pk, found.score, found.correct, version
