"""
Lock a round: seal the items of each audience's papers, and their keys apart.

From the lock on a paper follows from the pool alone; what is edited in the bank or
the settings later changes nothing. The keys stand in a table of their own, which no
participant's path reads. Two persons lock: one does, another approves.
"""

from functools import lru_cache

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from contest.lib import audit
from contest.lib.refusals import Refused
from quizzes.models import Attempt, Item, KeySheet, Pool, PoolItem, Round
from quizzes.rules import drawing
from quizzes.rules.sealing import digest
from quizzes.services import keys

SETTINGS = (
    "item_count",
    "minutes",
    "grace_seconds",
    "shuffle_items",
    "shuffle_options",
    "points_per_item",
    "multiple_scoring",
    "attempt_limits",
    "prediction",
)


class SamePerson(Refused):
    code = "same_person"
    sentence = _("Người khoá và người duyệt phải là hai người khác nhau.")


class AlreadyLocked(Refused):
    code = "already_locked"
    sentence = _("%(round)s đã được khoá đề.")


class NothingToLock(Refused):
    code = "no_papers"
    sentence = _("%(round)s chưa có cấu hình đề cho đối tượng nào.")


class CannotFill(Refused):
    code = "pool_too_small"
    sentence = _(
        "Đối tượng %(audience)s: ma trận đề cần %(needed)s câu (chủ đề %(topic)s, "
        "độ khó %(difficulty)s) nhưng ngân hàng chỉ có %(available)s câu dùng được."
    )


class Exclusive(Refused):
    code = "exclusions"
    sentence = _(
        "Đối tượng %(audience)s: không lập được đề vì các câu còn lại đều loại trừ "
        "lẫn nhau (không cùng đề)."
    )


class WrongCount(Refused):
    code = "item_count"
    sentence = _(
        "Đối tượng %(audience)s: ma trận đề có %(planned)s câu nhưng cấu hình ghi "
        "%(count)s câu."
    )


class UnfitItem(Refused):
    code = "unfit_item"
    sentence = _("Câu %(item)s không đưa vào đề được: %(why)s.")


WHY = {
    "missing": _("không có trong ngân hàng hoặc chưa được duyệt"),
    "twice": _("được ghi hai lần trong bộ câu cố định"),
    "shown": _("đáp án của câu này đã được công bố"),
    "no_key": _("chưa có đáp án"),
    "bad_key": _("đáp án không khớp với các phương án"),
    "options": _("cần từ 2 đến 10 phương án khác nhau"),
}


@transaction.atomic
def lock_round(round, *, by, approved_by, now):
    """
    Seal a pool and key sheet 1 for every audience of ``round``; return the pools.

    Takes the round's row. Raise a ``Refused`` when the two persons are one, the round
    is locked, or an audience's paper cannot be drawn from its bank.
    """
    if by.pk == approved_by.pk:
        raise SamePerson
    round = Round.objects.select_for_update().get(pk=round.pk)
    if round.locked_at is not None:
        raise AlreadyLocked(round=round)
    papers = list(round.papers.select_related("audience", "bank"))
    if not papers:
        raise NothingToLock(round=round)
    hands = {"locked_by": by, "approved_by": approved_by, "locked_at": now}
    pools = [_seal(paper, hands, now) for paper in papers]
    Round.objects.filter(pk=round.pk).update(locked_at=now)
    hashes = {pool.audience.code: pool.hash for pool in pools}
    audit.record("pools.lock_round", round, by=by, now=now, after=hashes)
    return pools


def sealed_content(paper, items):
    """
    Return the JSON to seal: the items' words, blueprint and settings, never a key.

    ``items`` come with ``current`` and ``topic``; their order is the pool's.
    """
    codes = {item.code for item in items}
    return {
        "items": [_words(item, codes) for item in items],
        "blueprint": paper.blueprint,
        "fixed": not paper.blueprint,
    } | {name: getattr(paper, name) for name in SETTINGS}


def sealed_of(pool_id):
    """
    Return a pool's sealed content.

    Holds no key: keys are read from their table each time. The result is shared; do
    not change it.
    """
    return sealed_with(pool_id, _hash_of(pool_id))


def sealed_for(attempt):
    """Return the content that an attempt's paper was drawn from; see ``sealed_of``."""
    return sealed_with(attempt.pool_id, _pool_of(attempt).hash)


def words_for(attempt):
    """Map versions to sealed items of the attempt's pool; shared, do not change it."""
    return words_with(attempt.pool_id, _pool_of(attempt).hash)


@lru_cache(maxsize=64)
def sealed_with(pool_id, hash):
    """Return the content sealed under ``hash``, read once and kept in this process."""
    return Pool.objects.values_list("sealed", flat=True).get(pk=pool_id, hash=hash)


@lru_cache(maxsize=64)
def words_with(pool_id, hash):
    """Map versions to the items sealed under ``hash``, likewise kept."""
    return {item["version"]: item for item in sealed_with(pool_id, hash)["items"]}


def _pool_of(attempt):
    """Return the attempt's pool, read once for this instance and without its bulk."""
    if not Attempt.pool.is_cached(attempt):
        attempt.pool = Pool.objects.defer("sealed").get(pk=attempt.pool_id)
    return attempt.pool


def _hash_of(pool_id):
    return Pool.objects.values_list("hash", flat=True).get(pk=pool_id)


def _seal(paper, hands, now):
    items = _items_for(paper, now)
    for item in items:
        _check(item)
    sealed = sealed_content(paper, items)
    _prove(paper, sealed)
    sheet = {str(item.current.uuid): _key(item, paper) for item in items}
    pool = Pool.objects.create(
        round_id=paper.round_id,
        audience=paper.audience,
        sealed=sealed,
        hash=digest(sealed),
        **hands,
    )
    ranks = _exposure_ranks(items)
    PoolItem.objects.bulk_create(
        PoolItem(pool=pool, version=item.current, exposure_rank=ranks[item.pk])
        for item in items
    )
    KeySheet.objects.create(
        pool=pool, version=1, keys=sheet, hash=digest(sheet), created_at=now
    )
    return pool


def _items_for(paper, now):
    """Return what the pool takes: the fixed set, or all that the blueprint can use."""
    items = list(
        paper.bank.items.approved()
        .select_related("current__key", "topic")
        .prefetch_related("not_with")
        .order_by("code")
    )
    shown = keys.shown_items([item.pk for item in items], now)
    if not paper.blueprint:
        return _fixed(paper, {item.code: item for item in items}, shown)
    return [item for item in items if item.pk not in shown and _is_usable(item, paper)]


def _fixed(paper, items, shown):
    chosen, codes = [], list(paper.fixed_items)
    for code in codes:
        if code not in items:
            raise UnfitItem(item=code, why=WHY["missing"])
        if items[code].pk in shown:
            raise UnfitItem(item=code, why=WHY["shown"])
        if codes.count(code) > 1:
            raise UnfitItem(item=code, why=WHY["twice"])
        chosen.append(items[code])
    return chosen


def _is_usable(item, paper):
    return any(
        line.get("topic") in (None, "", item.topic.code)
        and line.get("difficulty") in (None, "", item.difficulty)
        for line in paper.blueprint
    )


def _check(item):
    """Raise ``UnfitItem`` unless the item can be answered and scored."""
    options = [option["id"] for option in item.current.options]
    if not 2 <= len(options) <= 10 or len(set(options)) < len(options):
        raise UnfitItem(item=item.code, why=WHY["options"])
    key = getattr(item.current, "key", None)
    if key is None:
        raise UnfitItem(item=item.code, why=WHY["no_key"])
    if not keys.fits(key.correct, options, item.current.type):
        raise UnfitItem(item=item.code, why=WHY["bad_key"])


def _prove(paper, sealed):
    """Raise a ``Refused`` unless every entrant can be given a paper."""
    planned = (
        len(sealed["items"])
        if sealed["fixed"]
        else sum(line["count"] for line in paper.blueprint)
    )
    audience = paper.audience.name
    if planned != paper.item_count:
        raise WrongCount(audience=audience, planned=planned, count=paper.item_count)
    try:
        drawing.prove(sealed)
    except drawing.CannotDraw as error:
        refusal = CannotFill if error.code == "pool_too_small" else Exclusive
        raise refusal(audience=audience, **error.params) from error


def _words(item, codes):
    """Return one sealed item; ``not_with`` names only items of the same pool."""
    version = item.current
    return {
        "version": str(version.uuid),
        "item": item.code,
        "topic": item.topic.code,
        "difficulty": item.difficulty,
        "type": version.type,
        "stem": version.stem,
        "options": version.options,
        "not_with": sorted({other.code for other in item.not_with.all()} & codes),
    }


def _key(item, paper):
    key = item.current.key
    return {
        "correct": sorted(key.correct),
        "explanation": key.explanation,
        "source": key.source,
        "points": paper.points_per_item,
    }


def _exposure_ranks(items):
    """Map item ids to ranks from 1: those that stood in fewer earlier pools first."""
    uses = dict(
        Item.objects.filter(pk__in=[item.pk for item in items])
        .annotate(uses=Count("versions__pool_items"))
        .values_list("pk", "uses")
    )
    order = sorted(items, key=lambda item: (uses[item.pk], item.code))
    return {item.pk: rank for rank, item in enumerate(order, start=1)}
