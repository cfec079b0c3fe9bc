"""
Allowances: more minutes, a later close or more attempts, for one, a unit, or all.

Read when an attempt starts; granting one also moves the attempts that are open, all in
one statement, and never to an earlier moment. A grant takes the rows of its rounds and
a start holds them (``hold_round``), so that an attempt which starts at the same time
either reads the allowance or is moved by it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from contest.lib import audit
from contest.lib.moments import from_ms, to_ms
from contest.lib.refusals import Refused
from quizzes.models import Allowance, Attempt, Contest, Round
from quizzes.rules import timing
from quizzes.services.bulk import update_rows
from quizzes.services.pools import sealed_of


class EmptyAllowance(Refused):
    code = "empty_allowance"
    sentence = _("Gia hạn phải cho thêm phút, giờ đóng muộn, lượt thi hoặc bù giờ.")


class ReasonNeeded(Refused):
    code = "reason_needed"
    sentence = _("Cần ghi lý do.")


class ForeignAllowance(Refused):
    code = "other_contest"
    sentence = _("Vòng thi hoặc người dự thi không thuộc hội thi này.")


@dataclass(frozen=True)
class Granted:
    """What an entrant's allowances of a round add up to."""

    extra_minutes: int = 0
    closes_at: datetime | None = None
    extra_attempts: int = 0


@transaction.atomic
def grant(
    contest,
    *,
    round=None,
    entrant=None,
    unit=None,
    extra_minutes=0,
    closes_at=None,
    extra_attempts=0,
    paused_ms=0,
    reason,
    document="",
    by,
    now,
):
    """
    Write an allowance and move the open attempts it is for; return the allowance.

    No ``round`` means every round; no ``entrant`` and no ``unit`` means everybody; a
    unit stands for those below it too. ``paused_ms`` (an outage) is taken off the
    duration of the attempts open now. Raise ``EmptyAllowance``, ``ReasonNeeded``,
    ``ForeignAllowance``.
    """
    if not reason.strip():
        raise ReasonNeeded
    if not (extra_minutes or closes_at or extra_attempts or paused_ms):
        raise EmptyAllowance
    if {row.contest_id for row in (round, entrant) if row} - {contest.pk}:
        raise ForeignAllowance
    _take_rounds(contest, round)
    allowance = Allowance.objects.create(
        contest=contest,
        round=round,
        entrant=entrant,
        unit=unit,
        extra_minutes=extra_minutes,
        closes_at=closes_at,
        extra_attempts=extra_attempts,
        paused_ms=paused_ms,
        reason=reason,
        document=document,
        granted_by=by,
        granted_at=now,
    )
    moved = _move_open_attempts(allowance)
    audit.record(
        "allowances.grant", contest, by=by, now=now, reason=reason, after=moved
    )
    return allowance


def hold_round(round):
    """
    Keep grants of this round out until the transaction ends; starts pass each other.

    ``FOR KEY SHARE`` is the lock that a foreign key takes anyway, only at the commit,
    which is too late. Django knows no name for it.
    """
    with connection.cursor() as cursor:
        locks = connection.features.has_select_for_update
        cursor.execute(READ_ROUND_SHARED if locks else READ_ROUND, [round.pk])


READ_ROUND = "SELECT id FROM quizzes_round WHERE id = %s"
READ_ROUND_SHARED = f"{READ_ROUND} FOR KEY SHARE"


def granted_to(entrant, round, *, unit_id):
    """Return what an entrant who takes part for the unit ``unit_id`` may have more."""
    return add_up(allowances_for(round), entrant.pk, unit_id, Lineage())


def allowances_for(round):
    """Return the allowances that may touch attempts of ``round``."""
    return list(
        Allowance.objects.filter(
            Q(round=round) | Q(round=None), contest=round.contest_id
        )
        .only("entrant", "unit", "extra_minutes", "closes_at", "extra_attempts")
        .order_by()
    )


def add_up(allowances, entrant_id, unit_id, lineage):
    """Add up those of ``allowances`` that are for this entrant of this unit."""
    mine = [a for a in allowances if _is_for(a, entrant_id, unit_id, lineage)]
    closes = [a.closes_at for a in mine if a.closes_at is not None]
    return Granted(
        extra_minutes=sum(a.extra_minutes for a in mine),
        closes_at=max(closes, default=None),
        extra_attempts=sum(a.extra_attempts for a in mine),
    )


def window_of(round, granted):
    """Return the entrant's own window as the timing rule reads it."""
    window = timing.Window(to_ms(round.opens_at), to_ms(round.closes_at))
    return window.extended_to(granted.closes_at and to_ms(granted.closes_at))


def limits_of(started_at, round, sealed, granted):
    """Return deadline and end of acceptance of an attempt, as the rule says."""
    return timing.limits(
        to_ms(started_at),
        minutes=sealed["minutes"],
        extra_minutes=granted.extra_minutes,
        window=window_of(round, granted),
        grace_ms=1000 * sealed["grace_seconds"],
        late_starters_run_full=round.contest.late_start == Contest.LateStart.FULL,
    )


class Lineage:
    """The units above each unit, itself included; the tree is read at first need."""

    def __init__(self):
        self.parents = None

    def of(self, unit_id):
        if self.parents is None:
            self.parents = dict(Unit.objects.values_list("pk", "parent"))
        above = []
        while unit_id is not None and unit_id not in above:
            above.append(unit_id)
            unit_id = self.parents[unit_id]
        return above


def _is_for(allowance, entrant_id, unit_id, lineage):
    if allowance.entrant_id is not None:
        return allowance.entrant_id == entrant_id
    if allowance.unit_id is not None:
        return allowance.unit_id in lineage.of(unit_id)
    return True


def _take_rounds(contest, round):
    rounds = Round.objects.filter(contest=contest)
    rounds = rounds.filter(pk=round.pk) if round else rounds
    return list(rounds.select_for_update().order_by("pk").values_list("pk", flat=True))


def _move_open_attempts(allowance):
    """Compute the new limits of the open attempts concerned and write them at once."""
    lineage = Lineage()
    attempts = [
        attempt
        for attempt in _open_attempts(allowance)
        if _is_for(allowance, attempt.entrant_id, attempt.unit_id, lineage)
    ]
    rounds = {attempt.round_id: attempt.round for attempt in attempts}
    granted_in = {pk: allowances_for(round) for pk, round in rounds.items()}
    sealed = {pool: sealed_of(pool) for pool in {a.pool_id for a in attempts}}
    rows = [
        _moved(
            attempt,
            sealed[attempt.pool_id],
            add_up(
                granted_in[attempt.round_id],
                attempt.entrant_id,
                attempt.unit_id,
                lineage,
            ),
            allowance.paused_ms,
        )
        for attempt in attempts
    ]
    columns = ("deadline", "accepts_until", "paused_ms")
    return {"attempts": update_rows(Attempt, columns, rows)}


def _open_attempts(allowance):
    """Take the open attempts that ``allowance`` may be for, in a fixed order."""
    attempts = Attempt.objects.open().made_here()
    attempts = attempts.filter(round__contest=allowance.contest_id)
    if allowance.round_id is not None:
        attempts = attempts.filter(round=allowance.round_id)
    if allowance.entrant_id is not None:
        attempts = attempts.filter(entrant=allowance.entrant_id)
    return (
        attempts.select_related("round__contest")
        .defer("paper", "responses")
        .select_for_update(of=("self",))
        .order_by("pk")
    )


def _moved(attempt, sealed, granted, paused_ms):
    """Return the row's new values; what was promised before is never taken back."""
    limits = limits_of(attempt.started_at, attempt.round, sealed, granted)
    return (
        attempt.pk,
        max(attempt.deadline, from_ms(limits.deadline)),
        max(attempt.accepts_until, from_ms(limits.accepts_until)),
        attempt.paused_ms + paused_ms,
    )
