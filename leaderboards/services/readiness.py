"""
Is a contest ready, and locking a round by two persons.

One person asks for the lock, another agrees; the request stands in the audit trail and
holds for a week. Whoever agrees sees the same problems as whoever asked.
"""

from datetime import timedelta

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from contest.lib import audit
from contest.lib.models import AuditEvent
from contest.lib.refusals import Refused
from leaderboards.problem_wording import words_of
from leaderboards.rules import readiness
from leaderboards.services.contest_document import export_contest
from quizzes.models import Bank, Item
from quizzes.services import pools

REQUEST = "pools.request_lock"
HOLDS_FOR = timedelta(days=7)


class NotReady(Refused):
    code = "not_ready"
    sentence = _("%(round)s chưa khoá được: %(why)s")


class NothingAsked(Refused):
    code = "lock_not_requested"
    sentence = _("Chưa có ai đề nghị khoá %(round)s trong bảy ngày qua.")


def problems_of(contest):
    """The problems and warnings of ``contest`` as it is stored now."""
    banks = Bank.objects.filter(paperspec__round__contest=contest).distinct()
    approved = Item.objects.approved().filter(bank__in=banks)
    stock, items = {bank.code: {} for bank in banks}, {}
    cells = approved.values_list("bank__code", "topic__code", "difficulty")
    for bank, topic, difficulty, count in cells.annotate(count=Count("pk")).order_by():
        stock[bank][topic, difficulty] = count
    for bank, code in approved.values_list("bank__code", "code"):
        items.setdefault(bank, set()).add(code)
    return readiness.problems(
        export_contest(contest),
        stock=stock,
        items=items,
        units=set(Unit.objects.values_list("code", flat=True)),
    )


def refuse_unready(round):
    """Raise ``NotReady`` with the problems that forbid to lock ``round``."""
    contest = round.contest
    numbers = list(contest.rounds.order_by("number").values_list("number", flat=True))
    own = f"rounds[{numbers.index(round.number)}]"
    found = [
        problem
        for problem in problems_of(contest)
        if not problem.is_warning
        and (problem.path.startswith(own) or not problem.path.startswith("rounds["))
    ]
    if found:
        why = " ".join(" ".join(words_of(problem)) for problem in found[:5])
        raise NotReady(round=round, why=why)


def request_lock(round, *, by, now):
    """Ask for the lock of ``round``; raise ``NotReady`` or ``AlreadyLocked``."""
    if round.locked_at is not None:
        raise pools.AlreadyLocked(round=round)
    refuse_unready(round)
    audit.record(REQUEST, round, by=by, now=now)


def open_request(round, *, now):
    """The newest request of the last week for ``round``, None if there is none."""
    asked = AuditEvent.objects.filter(
        action=REQUEST, subject=audit.name_of(round), at__gt=now - HOLDS_FOR
    )
    return asked.select_related("actor").order_by("-at", "-id").first()


def agree_to_lock(round, *, by, now):
    """Lock ``round`` as somebody else asked; raise ``NothingAsked``, ``SamePerson``."""
    asked = open_request(round, now=now)
    if asked is None or asked.actor is None:
        raise NothingAsked(round=round)
    return lock(round, by=asked.actor, approved_by=by, now=now)


def lock(round, *, by, approved_by, now):
    """``pools.lock_round`` of a round that is ready; raise what both refuse."""
    if by.pk == approved_by.pk:
        raise pools.SamePerson
    refuse_unready(round)
    return pools.lock_round(round, by=by, approved_by=approved_by, now=now)
