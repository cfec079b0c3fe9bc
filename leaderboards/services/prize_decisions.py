"""
What the organiser decides about a prize: who of those tied comes first, or nobody.

A decision is written once, with its reason; the next tally reads the newest one about
a prize of a list. The rows before it stay. What no tally would read is refused.
"""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from contest.lib import audit
from contest.lib.refusals import Refused
from leaderboards.models import PrizeDecision
from leaderboards.models.rankings import Scope
from quizzes.models import Audience, Bloc, ContestUnit, Entrant


class ReasonNeeded(Refused):
    code = "reason_needed"
    sentence = _("Quyết định về giải phải có lý do.")


class OneRuleNeeded(Refused):
    code = "one_rule_needed"
    sentence = _("Chọn đúng một bảng xếp hạng, cá nhân hoặc tập thể, của hội thi này.")


class UnknownList(Refused):
    code = "unknown_list"
    sentence = _(
        "Bảng “%(list)s” không có danh sách cho vòng và nhóm này; xem lại vòng và mã "
        "nhóm."
    )


class UnknownPrize(Refused):
    code = "unknown_prize"
    sentence = _("Bảng “%(list)s” không có giải mang mã “%(prize)s”.")


class NothingDecided(Refused):
    code = "nothing_decided"
    sentence = _(
        "Ghi thứ tự của những người hoặc đơn vị bằng nhau, hoặc chọn không trao giải."
    )


class NotForTheOrganiser(Refused):
    code = "not_for_the_organiser"
    sentence = _(
        "Theo quy tắc của bảng “%(list)s”, ban tổ chức không quyết định thứ tự khi "
        "bằng nhau."
    )


class UnknownContender(Refused):
    code = "unknown_contender"
    sentence = _("Thứ tự có mã không thuộc hội thi này: %(who)s.")


@transaction.atomic
def decide(contest, *, ranking=None, scheme=None, prize, reason, by, now, **details):
    """
    Write a decision about ``prize`` of a ranking or scheme of ``contest``; return it.

    ``details`` are the other columns of ``PrizeDecision``. Raise ``ReasonNeeded``,
    ``OneRuleNeeded``, ``UnknownList``, ``UnknownPrize``, ``NothingDecided``,
    ``NotForTheOrganiser``, ``UnknownContender``.
    """
    if not reason.strip():
        raise ReasonNeeded
    rule = one_rule(contest, ranking, scheme, details.get("round"))
    details["list_round"] = list_round(rule, **details)
    refuse_unknown_list(rule, details.get("group", ""), prize, is_unit=bool(scheme))
    refuse_order(rule, details, is_unit=bool(scheme))
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


def one_rule(contest, ranking, scheme, round):
    """The ranking or the scheme, if there is one of them and all is of ``contest``."""
    rows = [row for row in (ranking, scheme, round) if row is not None]
    is_own = {row.contest_id for row in rows} == {contest.pk}
    if bool(ranking) == bool(scheme) or not is_own:
        raise OneRuleNeeded
    return ranking or scheme


def list_round(rule, *, round=None, list_round=None, **_others):
    """The round of the list that a tally of ``round`` (None: the contest) makes."""
    if rule.scope == Scope.ROUND:
        is_known = round is not None and list_round in (None, round.number)
        found = round and round.number
    elif rule.rule.get("each_round"):
        is_known = round is None and list_round is not None
        is_known = is_known and rule.contest.rounds.filter(number=list_round).exists()
        found = list_round
    else:
        is_known, found = round is None and list_round is None, None
    if not is_known:
        raise UnknownList(list=rule.title)
    return found


def refuse_unknown_list(rule, group, prize, *, is_unit):
    by = rule.rule.get("group_by", "bloc" if is_unit else "audience")
    if group not in groups_of(rule.contest, by):
        raise UnknownList(list=rule.title)
    rows = [*rule.rule.get("prizes", []), *rule.rule.get("special", [])]
    if prize not in [row["code"] for row in rows if row.get(by) in (None, group)]:
        raise UnknownPrize(list=rule.title, prize=prize)


def groups_of(contest, by):
    """The codes of the lists that a rule grouped by ``by`` may have."""
    if by == "all":
        return {""}
    if by == "unit":
        return units_of(contest)
    model = {"audience": Audience, "bloc": Bloc}[by]
    return set(model.objects.filter(contest=contest).values_list("code", flat=True))


def units_of(contest):
    units = ContestUnit.objects.filter(contest=contest)
    return set(units.values_list("unit__code", flat=True))


def refuse_order(rule, details, *, is_unit):
    order = details.get("order")
    if not (order or details.get("leaves_empty")):
        raise NothingDecided
    if not order:
        return
    if rule.rule.get("ties") != "organiser":
        raise NotForTheOrganiser(list=rule.title)
    named = order if isinstance(order, list) else [order]
    codes = {who for who in named if isinstance(who, str)}
    known = units_of(rule.contest) if is_unit else entrants_of(rule.contest, codes)
    for who in named:
        if not isinstance(who, str) or who not in known:
            raise UnknownContender(who=who)


def entrants_of(contest, codes):
    """Those of ``codes`` that are the uuids of entrants, as text."""
    uuids = [code for code in codes if is_uuid(code)]
    found = Entrant.objects.filter(contest=contest, uuid__in=uuids)
    return {str(uuid) for uuid in found.values_list("uuid", flat=True)}


def is_uuid(text):
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
