"""
What the organiser decides about a prize: who of those tied comes first, or nobody.

A decision is written once, with its reason; the next tally reads the newest one about
a prize of a list. The rows before it stay.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from contest.lib import audit
from contest.lib.refusals import Refused
from leaderboards.models import PrizeDecision


class ReasonNeeded(Refused):
    code = "reason_needed"
    sentence = _("Quyết định về giải phải có lý do.")


class OneRuleNeeded(Refused):
    code = "one_rule_needed"
    sentence = _("Chọn đúng một bảng xếp hạng, cá nhân hoặc tập thể, của hội thi này.")


class UnknownPrize(Refused):
    code = "unknown_prize"
    sentence = _("Bảng “%(list)s” không có giải mang mã “%(prize)s”.")


class NothingDecided(Refused):
    code = "nothing_decided"
    sentence = _(
        "Ghi thứ tự của những người hoặc đơn vị bằng nhau, hoặc chọn không trao giải."
    )


@transaction.atomic
def decide(contest, *, ranking=None, scheme=None, prize, reason, by, now, **details):
    """
    Write a decision about ``prize`` of a ranking or scheme of ``contest``; return it.

    ``details`` are the other columns of ``PrizeDecision``. Raise ``ReasonNeeded``,
    ``OneRuleNeeded``, ``UnknownPrize``, ``NothingDecided``.
    """
    if not reason.strip():
        raise ReasonNeeded
    rule = ranking or scheme
    rows = [row for row in (ranking, scheme, details.get("round")) if row is not None]
    if bool(ranking) == bool(scheme) or {row.contest_id for row in rows} != {
        contest.pk
    }:
        raise OneRuleNeeded
    if prize not in [row["code"] for row in rule.rule.get("prizes", [])]:
        raise UnknownPrize(list=rule.title, prize=prize)
    if not (details.get("order") or details.get("leaves_empty")):
        raise NothingDecided
    decision = PrizeDecision.objects.create(
        contest=contest,
        ranking=ranking,
        scheme=scheme,
        prize=prize,
        reason=reason,
        decided_by=by,
        decided_at=now,
        **details,
    )
    after = {"list": rule.code, "prize": prize}
    audit.record(
        "prize_decisions.decide", contest, by=by, now=now, reason=reason, after=after
    )
    return decision
