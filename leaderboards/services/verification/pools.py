"""Pools and keys: sealed, unchanged, apart, and no key shown before its time."""

from leaderboards.services.verification.findings import Finding
from quizzes.models import KeySheet, PaperSpec, Pool, PoolItem
from quizzes.rules.sealing import digest

KEY_WORDS = {"correct", "key", "keys", "explanation", "source", "is_correct"}


def seals(contest, now):
    """Opened rounds without a seal; seals and key sheets that no longer fit."""
    for round in contest.rounds.filter(opens_at__lte=now, locked_at=None):
        yield Finding("not_locked", {"round": str(round)})
    for pool in _pools(contest):
        if digest(pool.sealed) != pool.hash:
            yield Finding("pool_changed", _named(pool))
        if _holds_a_key(pool.sealed):
            yield Finding("key_in_pool", _named(pool))
    sheets = KeySheet.objects.filter(pool__round__contest=contest)
    for sheet in sheets.select_related("pool__round", "pool__audience"):
        if digest(sheet.keys) != sheet.hash:
            yield Finding("key_sheet_changed", _named(sheet.pool))


def shown_keys(contest, now):
    """Items of unpublished rounds whose key entrants of another round could see."""
    for pool in _pools(contest):
        if pool.round.results_at and pool.round.results_at <= now:
            continue
        items = PoolItem.objects.filter(pool=pool).values("version__item")
        count = (
            PoolItem.objects.filter(version__item__in=items, pool__in=_shown(pool, now))
            .values("version__item")
            .distinct()
            .count()
        )
        if count:
            yield Finding("key_was_shown", _named(pool) | {"count": count})


def publications(contest, now):
    """Rounds that say they are published while nothing points to their results."""
    rounds = contest.rounds.filter(results_at__isnull=False, publication__isnull=True)
    for round in rounds:
        yield Finding("published_too_early", {"round": str(round)})


def _shown(pool, now):
    """Ids of pools whose keys were shown before this pool was locked."""
    show = PaperSpec.Show
    ids = []
    others = Pool.objects.exclude(pk=pool.pk).select_related("round__contest")
    for other in others:
        paper = other.round.papers.filter(audience=other.audience_id).first()
        after_round = {show.AT_ONCE, show.AFTER_ROUND}
        if paper is None or paper.show_keys not in {*after_round, show.AFTER_CONTEST}:
            continue
        moment = other.round.results_at
        if moment and paper.show_keys == show.AFTER_CONTEST:
            moment = other.round.contest.results_at
        if moment and moment <= min(now, pool.locked_at):
            ids.append(other.pk)
    return ids


def _pools(contest):
    return Pool.objects.filter(round__contest=contest).select_related(
        "round", "audience"
    )


def _named(pool):
    return {"round": str(pool.round), "audience": str(pool.audience)}


def _holds_a_key(sealed):
    return any(KEY_WORDS & item.keys() for item in sealed["items"])


CHECKS = (seals, shown_keys, publications)
