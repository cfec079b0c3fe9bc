"""
Score submitted attempts: the rows are the queue, the rule is Python, the write is one.

An attempt waits when it has no score, or one made with an older key sheet than its
pool's newest. Workers may meet, run late, twice or never: each takes rows that nobody
holds, and a score is written only over an older one.
"""

from django.db import connection, transaction
from django.db.models import Q

from quizzes.models import Attempt, KeySheet
from quizzes.rules.scoring import read_keys, score_with
from quizzes.services import keys
from quizzes.services.bulk import update_rows
from quizzes.services.pools import sealed_of

COLUMNS_READ = ("pk", "pool", "paper", "responses")
# A score never replaces one that was made with the same or a newer key sheet.
GUARD = "(t.scored_with IS NULL OR t.scored_with < v.scored_with)"


@transaction.atomic
def score_batch(limit):
    """Score up to ``limit`` waiting attempts; return how many: 0 means none waits."""
    waiting = _take(Attempt.objects.unscored(), limit)
    if not waiting:
        waiting = _take(_outdated(), limit)
    sheets = newest_sheets({pool_id for _, pool_id, _, _ in waiting})
    rows = [scored(row, sheets) for row in waiting]
    return update_rows(
        Attempt, ("score", "correct_count", "scored_with"), rows, guard=GUARD
    )


def waiting():
    """Return how many attempts wait for a score."""
    return Attempt.objects.unscored().count() + _outdated().count()


def _take(attempts, limit):
    """
    Hold up to ``limit`` rows that no other worker holds, until the write.

    ``(pk, pool, paper, responses)`` each: a model instance would cost as much as the
    scoring.
    """
    return list(
        attempts.order_by("pk")
        .select_for_update(
            no_key=True,
            skip_locked=connection.features.has_select_for_update_skip_locked,
        )
        .values_list(*COLUMNS_READ)[:limit]
    )


def _outdated():
    """The attempts whose pool has a newer key sheet than they were scored with."""
    corrected = KeySheet.objects.filter(version__gt=1).values_list("pool", flat=True)
    newest = keys.newest_versions(set(corrected))
    older = Q(pk__in=[])
    for pool_id, version in newest.items():
        older |= Q(pool=pool_id, scored_with__lt=version)
    return Attempt.objects.submitted().made_here().filter(older)


def newest_sheets(pool_ids):
    """Map pools to ``(version, keys, method)`` of their newest key sheet."""
    return {
        pool_id: (
            sheet.version,
            read_keys(sheet.keys),
            sealed_of(pool_id)["multiple_scoring"],
        )
        for pool_id in pool_ids
        for sheet in [keys.newest_sheet(pool_id)]
    }


def scored(row, sheets):
    """Return ``(pk, score, correct_count, scored_with)`` of one row taken."""
    pk, pool_id, paper, responses = row
    version, key, method = sheets[pool_id]
    found = score_with(key, paper, responses, method)
    return pk, found.score, found.correct, version
