"""
Tallies: asked for, computed, frozen, approved by a second person.

Rows are the queue: a tally that is computing and not taken waits for a worker. Work is
taken by one conditional update; rows are staged in small transactions and become
visible when the state changes, in one. Running it twice, or in two workers, gives one
tally.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils.translation import gettext_lazy as _

from contest.lib import audit
from contest.lib.refusals import Refused
from leaderboards.models import Award, Standing, Tally, UnitResult
from leaderboards.rules import canonical
from leaderboards.rules.reading import RuleError
from leaderboards.rules.tally import compute as compute_results
from leaderboards.services import tally_files, tally_inputs, tally_rows
from leaderboards.services.tally_readiness import newest, refuse_unready
from leaderboards.services.tally_summary import summary_of, truths_of
from quizzes.models import Contest

ABANDONED_AFTER = timedelta(minutes=15)


class Computing(Refused):
    code = "computing"
    sentence = _("Kết quả này đang được tính ở nơi khác; chờ ít phút rồi xem lại.")


class BadRule(Refused):
    code = "bad_rule"
    sentence = _("Quy tắc không tính được: %(path)s (%(fault)s).")


class WrongState(Refused):
    code = "wrong_state"
    sentence = _("Lần tính này đang ở trạng thái %(state)s nên không làm được việc đó.")


class Outdated(Refused):
    code = "outdated"
    sentence = _("Đã có số liệu mới hơn; hãy tính lại trước.")


class SamePerson(Refused):
    code = "same_person"
    sentence = _("Người duyệt phải khác người tính.")


class DecisionNeeded(Refused):
    code = "decision_needed"
    sentence = _("Cần ghi cả số và ngày của quyết định công nhận kết quả.")


def compute(contest, round=None, *, now, by=None):
    """
    Compute the tally of ``round`` (of the contest if None) and return it.

    Unchanged rows give the tally that is there already. Raise what ``refuse_unready``
    raises, ``BadRule``, and ``Computing`` while another worker is at it.
    """
    return fulfil(request(contest, round, now=now, by=by), now=now)


def request(contest, round=None, *, now, by=None):
    """
    Leave a tally to be computed and return it; a waiting one is returned as it is.

    Takes the contest's row. Raise what ``refuse_unready`` raises.
    """
    refuse_unready(contest, round, now=now)
    with transaction.atomic():
        Contest.objects.select_for_update().get(pk=contest.pk)
        tallies = Tally.objects.of(contest, round)
        waiting = tallies.filter(state=Tally.State.COMPUTING).first()
        if waiting:
            return waiting
        last = tallies.aggregate(last=Max("number"))["last"] or 0
        return Tally.objects.create(
            contest=contest,
            round=round,
            number=last + 1,
            cut_off=now,
            computed_by=by,
        )


def compute_requested(*, now):
    """Compute one waiting tally; return it, or None if none waits."""
    for tally in Tally.objects.takeable(now - ABANDONED_AFTER).order_by("pk")[:10]:
        try:
            return fulfil(tally, now=now)
        except Computing:
            continue
        except Refused:
            return tally
    return None


def fulfil(tally, *, now):
    """
    Compute a waiting ``tally``; return it, or the equal one that was there before.

    A refusal removes the waiting tally.
    """
    take(tally, now)
    try:
        with tally_inputs.one_moment():
            lower = refuse_unready(tally.contest, tally.round, now=now)
            gathered = tally_inputs.gather(tally.contest, tally.round, lower, now=now)
        digest = tally_files.store(gathered.inputs)
        same = equal_tally(tally, digest)
        if same:
            abandon(tally, now)
            return same
        result = compute_results(gathered.inputs)
    except RuleError as error:
        abandon(tally, now)
        raise BadRule(path=error.path, fault=error.code) from error
    except Refused:
        abandon(tally, now)
        raise
    tally_rows.stage(tally, result, gathered.keys)
    show(tally, result, digest, lower, now)
    remove_superseded_rows(tally)
    return tally


def take(tally, now):
    """Claim a waiting tally, or one that a lost worker left; else ``Computing``."""
    takeable = Tally.objects.takeable(now - ABANDONED_AFTER)
    if not takeable.filter(pk=tally.pk).update(computed_at=now, cut_off=now):
        raise Computing
    tally.computed_at = tally.cut_off = now


def equal_tally(tally, digest):
    """The newest complete tally, if it has the same inputs and still holds."""
    latest = newest(tally.contest, tally.round)
    if latest and latest.inputs_hash == digest and not latest.is_outdated:
        return latest
    return None


def abandon(tally, now):
    """Remove a tally that this worker took and that will not be computed."""
    tally_rows.clear(tally)
    Tally.objects.filter(
        pk=tally.pk, state=Tally.State.COMPUTING, computed_at=now
    ).delete()


def show(tally, result, digest, lower, now):
    """
    Make the staged rows visible and mark what stood on older versions, at once.

    Takes the contest's row: a publication comes wholly before, or is refused after. A
    tally below which a newer version appeared meanwhile is outdated from the start.
    """
    tally.inputs_hash = digest
    tally.hash = canonical.digest(result)
    tally.truths = truths_of(result)
    tally.summary = summary_of(result)
    tally.state = Tally.State.PROVISIONAL
    with transaction.atomic():
        Contest.objects.select_for_update().get(pk=tally.contest_id)
        tally.is_outdated = any(is_superseded(one) for one in lower)
        mine = Tally.objects.filter(
            pk=tally.pk, state=Tally.State.COMPUTING, computed_at=now
        )
        shown = mine.update(
            state=tally.state,
            is_outdated=tally.is_outdated,
            inputs_hash=tally.inputs_hash,
            hash=tally.hash,
            truths=tally.truths,
            summary=tally.summary,
        )
        if not shown:
            raise Computing
        tally.stands_on.set(lower)
        mark_outdated(Tally.objects.of(tally.contest, tally.round).exclude(pk=tally.pk))
        after = {"number": tally.number, "hash": tally.hash, "inputs": digest}
        audit.record(
            "tallies.compute", tally, now=now, by=tally.computed_by, after=after
        )


def mark_outdated(superseded):
    """Mark every tally that stands on one of ``superseded``, however far above."""
    below = list(superseded.values_list("pk", flat=True))
    while below:
        above = Tally.objects.filter(stands_on__in=below, is_outdated=False)
        below = list(above.values_list("pk", flat=True).distinct())
        Tally.objects.filter(pk__in=below).update(is_outdated=True)


def remove_superseded_rows(tally):
    """Remove the rows of older tallies that were never published; files stay."""
    older = Tally.objects.of(tally.contest, tally.round).complete()
    older = older.filter(number__lt=tally.number, published_at__isnull=True)
    rows = [
        Exists(model.objects.filter(tally=OuterRef("pk")))
        for model in (Standing, UnitResult, Award)
    ]
    for one in older.filter(rows[0] | rows[1] | rows[2]):
        tally_rows.clear(one)


def freeze(tally, *, by, now):
    """Declare a provisional tally final for approval. ``WrongState``, ``Outdated``."""
    refuse_superseded(tally)
    change(tally, Tally.State.PROVISIONAL, state=Tally.State.FROZEN, frozen_at=now)
    audit.record("tallies.freeze", tally, by=by, now=now, after={"hash": tally.hash})


def approve(tally, *, by, now, decision_number="", decided_on=None):
    """
    Approve a frozen tally, with the decision that recognises it if it is signed.

    Raise ``SamePerson`` if ``by`` computed it, ``DecisionNeeded`` for a number without
    its date or the reverse, ``WrongState``, ``Outdated``.
    """
    refuse_superseded(tally)
    if by.pk == tally.computed_by_id:
        raise SamePerson
    if bool(decision_number.strip()) != bool(decided_on):
        raise DecisionNeeded
    change(
        tally,
        Tally.State.FROZEN,
        state=Tally.State.APPROVED,
        approved_by=by,
        approved_at=now,
        decision_number=decision_number.strip(),
        decided_on=decided_on,
    )
    after = {"hash": tally.hash, "decision": tally.decision_number}
    audit.record("tallies.approve", tally, by=by, now=now, after=after)


def refuse_superseded(tally):
    """Raise ``Outdated`` if a newer version, or a newer one below, is there."""
    if is_superseded(tally):
        raise Outdated


def is_superseded(tally):
    latest = newest(tally.contest, tally.round)
    return latest is None or latest.pk != tally.pk or latest.is_outdated


def change(tally, before, **fields):
    """Change a tally that is in the state ``before``, or raise ``WrongState``."""
    changed = Tally.objects.filter(pk=tally.pk, state=before).update(**fields)
    tally.refresh_from_db()
    if not changed:
        raise WrongState(state=tally.get_state_display())
