"""
Publication: one pointer moves, and everybody sees the result at one instant.

``Round.results_at`` is written here and nowhere else.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from contest.lib import audit
from contest.lib.refusals import Refused
from leaderboards.models import Publication, Tally
from leaderboards.services import tallies
from leaderboards.services.tallies import refuse_superseded
from leaderboards.services.tally_readiness import newest
from quizzes.models import Contest, Round


class NotApproved(Refused):
    code = "not_approved"
    sentence = _("Kết quả chưa được duyệt.")


class SamePublisher(Refused):
    code = "same_person"
    sentence = _("Người công bố phải khác người duyệt công bố.")


class LowerNotPublished(Refused):
    code = "lower_not_published"
    sentence = _("Kết quả %(round)s làm căn cứ chưa được công bố.")


class NothingToPublish(Refused):
    code = "nothing_to_publish"
    sentence = _("Chưa có kết quả nào để công bố.")


def publish_newest(
    contest, round=None, *, by, approved_by, now, decision_number="", decided_on=None
):
    """
    Freeze, approve and publish the newest tally of the round or contest.

    What was done before is not done again. ``approved_by`` approves; raise what
    ``freeze``, ``approve`` and ``publish`` raise, and ``NothingToPublish``.
    """
    if by.pk == approved_by.pk:
        raise SamePublisher
    tally = newest(contest, round)
    if tally is None:
        raise NothingToPublish
    if tally.state == Tally.State.PROVISIONAL:
        tallies.freeze(tally, by=by, now=now)
    if tally.state == Tally.State.FROZEN:
        tallies.approve(
            tally,
            by=approved_by,
            decision_number=decision_number,
            decided_on=decided_on,
            now=now,
        )
    return publish(tally, by=by, approved_by=approved_by, now=now)


def publish(tally, *, by, approved_by, now):
    """
    Make ``tally`` the published one of its round or contest; return the publication.

    Publishing it again changes nothing. Takes the contest's row. Raise
    ``SamePublisher``, ``NotApproved``, ``Outdated``, ``LowerNotPublished``.
    """
    if by.pk == approved_by.pk:
        raise SamePublisher
    with transaction.atomic():
        Contest.objects.select_for_update().get(pk=tally.contest_id)
        tally = Tally.objects.get(pk=tally.pk)
        current = Publication.objects.filter(
            contest=tally.contest_id, round=tally.round_id
        ).first()
        if current and current.tally_id == tally.pk:
            return current
        refuse_unpublishable(tally)
        return point(tally, current, by, approved_by, now)


def refuse_unpublishable(tally):
    if tally.state != Tally.State.APPROVED:
        raise NotApproved
    refuse_superseded(tally)
    for lower in tally.stands_on.select_related("round").order_by("round__number"):
        if not Publication.objects.filter(tally=lower).exists():
            raise LowerNotPublished(round=str(lower.round))


def point(tally, current, by, approved_by, now):
    """Move the pointer and write the moment where lower apps look for it."""
    before = {"tally": current.tally.number} if current else {}
    publication, _created = Publication.objects.update_or_create(
        contest=tally.contest,
        round=tally.round,
        defaults={
            "tally": tally,
            "published_at": now,
            "published_by": by,
            "approved_by": approved_by,
        },
    )
    Tally.objects.filter(pk=tally.pk, published_at__isnull=True).update(
        published_at=now
    )
    if tally.round_id:
        Round.objects.filter(pk=tally.round_id).update(results_at=now)
    else:
        Contest.objects.filter(pk=tally.contest_id).update(results_at=now)
    after = {"tally": tally.number, "hash": tally.hash}
    audit.record(
        "publication.publish", tally, by=by, now=now, before=before, after=after
    )
    return publication
