"""May this entrant start an attempt of this round now? Window, entry, limits."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _

from contest.lib.moments import to_ms
from contest.lib.refusals import Refused
from quizzes.models import Contest, Correction, Pool
from quizzes.rules import limits as limit_rules
from quizzes.services.allowances import Granted, granted_to, window_of
from quizzes.services.pools import sealed_with, words_with

PER = {
    "day": _("một ngày"),
    "round": _("một vòng"),
    "contest": _("cả hội thi"),
}


class NotOpen(Refused):
    code = "not_open"
    sentence = _("%(why)s")


class NotEligible(Refused):
    code = "not_eligible"
    sentence = _("Bạn không đủ điều kiện dự thi. Vui lòng liên hệ ban tổ chức.")


class LimitReached(Refused):
    code = "limit"
    sentence = _("Bạn đã dùng hết %(n)s lượt thi được phép trong %(per)s.")


class BeingSealed(Refused):
    code = "closing"
    sentence = _(
        "Bài thi trước vừa hết giờ và đang được chốt. Vui lòng thử lại sau ít giây."
    )


NOT_PUBLIC = _("Hội thi chưa mở cho người dự thi.")
NOT_YET = _("Vòng thi chưa mở.")
OVER = _("Vòng thi đã đóng.")
NO_PAPER = _("Vòng thi chưa có đề cho đối tượng của bạn.")


@dataclass(frozen=True)
class Admission:
    """What an admitted attempt is made from."""

    pool: Pool
    sealed: dict[str, Any]
    granted: Granted


def admit(entrant, round, history, now):
    """
    Return the ``Admission`` of an entrant whose row the caller holds.

    ``history`` are all attempts of the entrant. Raise ``NotOpen``, ``NotEligible``,
    ``LimitReached``, ``BeingSealed``.
    """
    granted = granted_to(entrant, round, unit_id=entrant.unit_id)
    _check_window(round, granted, now)
    pools = Pool.objects.filter(round=round, audience=entrant.audience_id)
    pool = pools.only("hash").first()
    if pool is None:
        raise NotOpen(why=NO_PAPER)
    _check_entry(entrant, now)
    sealed = sealed_with(pool.pk, pool.hash)
    used = used_of(history, round, now)
    reached = limit_rules.reached(
        sealed["attempt_limits"], used=used, extra=granted.extra_attempts
    )
    if reached is not None:
        raise LimitReached(n=reached.n, per=PER[reached.per])
    if any(a.round_id == round.pk and a.state == "open" for a in history):
        raise BeingSealed
    return Admission(pool, sealed, granted)


def used_of(history, round, now):
    """Count an entrant's attempts per period; a day is the portal's own."""
    today = now.astimezone(get_default_timezone()).date()
    return {
        "day": sum(a.day == today for a in history),
        "round": sum(a.round_id == round.pk for a in history),
        "contest": len(history),
    }


def items_met(history):
    """Return codes of the items that these attempts' papers asked."""
    papers = [a for a in history if a.paper is not None]
    if not papers:
        return set()
    hashes = dict(
        Pool.objects.filter(pk__in={a.pool_id for a in papers}).values_list(
            "pk", "hash"
        )
    )
    return {
        words_with(a.pool_id, hashes[a.pool_id])[drawn["item"]]["item"]
        for a in papers
        for drawn in a.paper
    }


def _check_window(round, granted, now):
    if round.contest.state != Contest.State.PUBLIC:
        raise NotOpen(why=NOT_PUBLIC)
    window = window_of(round, granted)
    if not window.is_open(to_ms(now)):
        raise NotOpen(why=NOT_YET if to_ms(now) < window.opens_at else OVER)


def _check_entry(entrant, now):
    """Refuse whom an approved correction found not eligible or entered twice."""
    kinds = [Correction.Kind.ELIGIBILITY, Correction.Kind.SAME_PERSON]
    if Correction.objects.filter(
        Q(approved_at__lte=now), entrant=entrant, kind__in=kinds
    ).exists():
        raise NotEligible
