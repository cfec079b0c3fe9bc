"""
Corrections: one person proposes with a reason, another approves.

The row corrected stays as it is; a tally reads the corrections that are in force at
its cut-off.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from contest.lib import audit
from contest.lib.refusals import Refused
from quizzes.models import Correction

# What each kind names beside its reason: the row concerned, and the value it gets.
NEEDS = {
    Correction.Kind.VOID: [{"attempt"}],
    Correction.Kind.UNIT: [{"entrant", "unit"}],
    Correction.Kind.AUDIENCE: [{"entrant", "audience"}],
    Correction.Kind.ELIGIBILITY: [{"entrant"}],
    Correction.Kind.SAME_PERSON: [{"entrant", "same_as"}],
    Correction.Kind.EXCLUSION: [{"entrant"}, {"unit"}],
}


class ReasonNeeded(Refused):
    code = "reason_needed"
    sentence = _("Cần ghi lý do.")


class WrongTarget(Refused):
    code = "wrong_target"
    sentence = _("Đính chính “%(kind)s” không đi với những thông tin đã chọn.")


class OtherContest(Refused):
    code = "other_contest"
    sentence = _("Đối tượng của đính chính không thuộc hội thi này.")


class SamePerson(Refused):
    code = "same_person"
    sentence = _("Người duyệt phải khác người đề nghị.")


class AlreadyApproved(Refused):
    code = "already_approved"
    sentence = _("Đính chính này đã được duyệt.")


def propose(contest, kind, *, reason, document="", by, now, **targets):
    """
    Write a correction that is not in force yet; return it.

    ``targets`` are rows under the names that ``NEEDS`` lists for ``kind``. Raise
    ``ReasonNeeded``, ``WrongTarget``, ``OtherContest``.
    """
    if not reason.strip():
        raise ReasonNeeded
    given = {name: row for name, row in targets.items() if row is not None}
    if set(given) not in NEEDS[kind] or given.get("entrant") == given.get("same_as", 0):
        raise WrongTarget(kind=Correction.Kind(kind).label)
    if any(_contest_of(row) not in (None, contest.pk) for row in given.values()):
        raise OtherContest
    return Correction.objects.create(
        contest=contest,
        kind=kind,
        reason=reason,
        document=document,
        proposed_by=by,
        proposed_at=now,
        **given,
    )


@transaction.atomic
def approve(correction, *, by, now):
    """
    Put a correction in force from ``now`` on; return it.

    Raise ``SamePerson`` or ``AlreadyApproved``.
    """
    if by.pk == correction.proposed_by_id:
        raise SamePerson
    waiting = Correction.objects.filter(pk=correction.pk, approved_at=None)
    if not waiting.update(approved_by=by, approved_at=now):
        raise AlreadyApproved
    correction.approved_by, correction.approved_at = by, now
    audit.record(
        "corrections.approve",
        correction,
        by=by,
        now=now,
        reason=correction.reason,
        after={"kind": correction.kind},
    )
    return correction


def _contest_of(row):
    """The contest of an attempt, entrant or audience; None for a unit."""
    if hasattr(row, "entrant_id"):
        return row.entrant.contest_id
    return getattr(row, "contest_id", None)
