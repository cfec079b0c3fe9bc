"""
Keys: who may see one and when, and how a wrong one is put right.

An item's key may be seen when every round, of any contest here, whose pool holds any
version of that item is published and has no open window or attempt; and then only as
the contest's own setting says. A key corrected is a new sheet with a reason; the old
sheet stays.
"""

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from contest.lib import audit
from contest.lib.refusals import Refused
from quizzes.models import (
    Allowance,
    Attempt,
    Item,
    ItemVersion,
    KeySheet,
    PaperSpec,
    Pool,
    PoolItem,
    Round,
)
from quizzes.rules.sealing import digest

ACCEPT = ("all", "any", "everyone")


class WrongKey(Refused):
    code = "wrong_key"
    sentence = _("Đáp án mới của câu %(item)s không khớp với các phương án của câu.")


class ReasonNeeded(Refused):
    code = "reason_needed"
    sentence = _("Cần ghi lý do.")


class SameKey(Refused):
    code = "same_key"
    sentence = _("Đáp án mới của câu %(item)s giống đáp án đang dùng.")


def fits(correct, options, item_type):
    """Whether a key names options of the item, one of them unless multiple."""
    return (
        bool(correct)
        and len(set(correct)) == len(correct)
        and set(correct) <= set(options)
        and (item_type == ItemVersion.Type.MULTIPLE or len(correct) == 1)
    )


def withheld_items(item_ids, now):
    """
    Return ids of the items whose key nobody may see at ``now``.

    An item is withheld by each round whose pool holds any version of it, as long as
    the round is not published, its window is open (a later close granted to anybody
    included), or somebody's attempt is.
    """
    return set(
        PoolItem.objects.filter(version__item__in=item_ids)
        .filter(pool__round__in=unfinished_rounds(now))
        .values_list("version__item", flat=True)
    )


def unfinished_rounds(now):
    """Return the rounds that still withhold keys at ``now``."""
    open_attempts = Attempt.objects.open().filter(round=OuterRef("pk"))
    later_close = Allowance.objects.filter(
        Q(round=OuterRef("pk")) | Q(round=None, contest=OuterRef("contest")),
        closes_at__gt=now,
    )
    return Round.objects.filter(
        Q(results_at__isnull=True)
        | Q(results_at__gt=now)
        | Q(closes_at__gt=now)
        | Exists(open_attempts)
        | Exists(later_close)
    )


def visible_keys(attempt, now):
    """
    Return the keys of an attempt's items that its own person may see at ``now``.

    ``{version uuid: {"correct", "explanation", "source", "points"}}`` from the pool's
    newest sheet; empty as long as the contest's setting hides keys. The caller has
    made sure that the attempt is this person's, or that this person may see it.
    """
    if attempt.state != Attempt.State.SUBMITTED or attempt.paper is None:
        return {}
    if not _is_policy_met(attempt, now):
        return {}
    versions = [drawn["item"] for drawn in attempt.paper]
    items = dict(
        ItemVersion.objects.filter(uuid__in=versions).values_list("uuid", "item")
    )
    withheld = withheld_items(items.values(), now)
    allowed = {str(uuid) for uuid, item in items.items() if item not in withheld}
    if not allowed:
        return {}
    sheet = newest_sheet(attempt.pool_id)
    return {version: sheet.keys[version] for version in versions if version in allowed}


def newest_sheet(pool_id):
    return KeySheet.objects.filter(pool=pool_id).order_by("-version")[0]


def newest_versions(pool_ids):
    """Map pools to the number of their newest key sheet, in one query."""
    return dict(
        KeySheet.objects.filter(pool__in=pool_ids)
        .values_list("pool")
        .annotate(newest=Max("version"))
    )


def shown_items(item_ids, now):
    """
    Return ids of the items whose key has been shown: no new pool may take them.

    Shown means that a published round's setting lets entrants see it and nothing
    withholds it at ``now``.
    """
    pools = PaperSpec.objects.filter(_shows_keys(now))
    shown = set(
        PoolItem.objects.filter(version__item__in=item_ids)
        .filter(
            Exists(
                pools.filter(
                    round=OuterRef("pool__round"), audience=OuterRef("pool__audience")
                )
            )
        )
        .values_list("version__item", flat=True)
    )
    return shown - withheld_items(shown, now)


@transaction.atomic
def correct_key(pool, item, *, correct, accept="all", reason, by, now):
    """
    Put the key of one item of ``pool`` right; return the new sheet.

    ``item`` is the version's uuid. ``correct`` lists option ids; ``accept`` is ``all``
    (exactly these), ``any`` (each alone is right too) or ``everyone`` (the item is
    void, every paper gets its points). Attempts become due for scoring again. Takes
    the pool's row. Raise ``ReasonNeeded``, ``WrongKey``, ``SameKey``.
    """
    if not reason.strip():
        raise ReasonNeeded
    pool = Pool.objects.select_for_update().get(pk=pool.pk)
    words = next(i for i in pool.sealed["items"] if i["version"] == str(item))
    _check_correction(words, correct, accept)
    last = newest_sheet(pool.pk)
    before = last.keys[str(item)]
    changed = before | {"correct": sorted(correct), "accept": accept}
    if changed == {"accept": "all"} | before:
        raise SameKey(item=words["item"])
    sheet = last.keys | {str(item): changed}
    new = KeySheet.objects.create(
        pool=pool,
        version=last.version + 1,
        keys=sheet,
        hash=digest(sheet),
        reason=reason,
        created_at=now,
    )
    _record(pool, words, before, changed, by=by, now=now, reason=reason)
    return new


def _check_correction(words, correct, accept):
    options = {option["id"] for option in words["options"]}
    kind = "multiple" if accept == "any" else words["type"]
    if accept not in ACCEPT or not fits(correct, options, kind):
        raise WrongKey(item=words["item"])


def _record(pool, words, before, after, *, by, now, reason):
    audit.record(
        "keys.correct_key",
        Item.objects.get(versions__uuid=words["version"]),
        by=by,
        now=now,
        reason=reason,
        before={"pool": pool.hash, "correct": before["correct"]},
        after={"correct": after["correct"], "accept": after["accept"]},
    )


def _is_policy_met(attempt, now):
    return (
        PaperSpec.objects.filter(round=attempt.round_id, audience=attempt.audience_id)
        .filter(_shows_keys(now))
        .exists()
    )


def _shows_keys(now):
    """The papers whose own setting lets keys be seen at ``now``."""
    show = PaperSpec.Show
    return Q(
        show_keys__in=[show.AT_ONCE, show.AFTER_ROUND], round__results_at__lte=now
    ) | Q(show_keys=show.AFTER_CONTEST, round__contest__results_at__lte=now)
