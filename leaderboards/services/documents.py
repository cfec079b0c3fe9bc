"""
Certificates: issued for published awards, revoked with a reason, verified by anybody.

A serial tells nothing and cannot be guessed. A certificate whose award was replaced by
a later publication, or which was revoked, keeps answering and says so.
"""

import secrets
from dataclasses import dataclass

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from contest.lib import audit
from contest.lib.refusals import Refused
from leaderboards.models import Award, Certificate
from leaderboards.rules import serials
from quizzes.models import Contest


class NotPublished(Refused):
    code = "not_published"
    sentence = _("Chỉ cấp giấy chứng nhận cho giải đã công bố.")


class ReasonNeeded(Refused):
    code = "reason_needed"
    sentence = _("Cần ghi lý do thu hồi.")


class AlreadyRevoked(Refused):
    code = "already_revoked"
    sentence = _("Giấy chứng nhận này đã được thu hồi.")


class CertificateState(models.TextChoices):
    VALID = "valid", _("Có hiệu lực")
    REVOKED = "revoked", _("Đã thu hồi")
    SUPERSEDED = "superseded", _("Đã thay bằng kết quả công bố sau")


@dataclass(frozen=True)
class Verification:
    """What a serial stands for: the certificate, its award and whether it holds."""

    certificate: Certificate
    award: Award
    state: CertificateState

    @property
    def is_valid(self):
        return self.state == CertificateState.VALID


@transaction.atomic
def issue(awards, *, by, now):
    """
    Give each award of the queryset a certificate; return those that are new.

    An award that has one keeps it. Raise ``NotPublished`` if any award is of a tally
    that is not the published one; then none is issued. Takes the awards' rows.
    """
    ids = awards.order_by().values("pk")
    locked = Award.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    awards = Award.objects.filter(pk__in=[award.pk for award in locked]).order_by("pk")
    if awards.exclude(tally__publication__isnull=False).exists():
        raise NotPublished
    new = Certificate.objects.bulk_create(
        Certificate(serial=new_serial(), award=award, issued_at=now)
        for award in awards.filter(certificate__isnull=True)
    )
    for certificate in new:
        change = {"serial": certificate.serial}
        audit.record("documents.issue", certificate.award, by=by, now=now, after=change)
    return new


def revoke(certificate, *, reason, by, now):
    """
    Take a certificate back for a reason; its serial goes on answering.

    Raise ``ReasonNeeded`` or ``AlreadyRevoked``.
    """
    if not reason.strip():
        raise ReasonNeeded
    revoked = Certificate.objects.filter(pk=certificate.pk, revoked_at__isnull=True)
    with transaction.atomic():
        if not revoked.update(revoked_at=now, revoked_reason=reason):
            raise AlreadyRevoked
        change = {"serial": certificate.serial}
        audit.record(
            "documents.revoke",
            certificate.award,
            by=by,
            now=now,
            reason=reason,
            before=change,
        )


def verify(text):
    """
    Return the ``Verification`` of a serial as somebody typed it, or None.

    None also for a contest that the public may not see.
    """
    serial = serials.read(text)
    if serial is None:
        return None
    certificate = (
        Certificate.objects.filter(
            serial=serial, award__tally__contest__in=Contest.objects.visible()
        )
        .select_related(
            "award__tally__contest",
            "award__tally__round",
            "award__tally__publication",
            "award__audience",
            "award__bloc",
            "award__entrant__unit",
            "award__contest_unit__unit",
        )
        .first()
    )
    return certificate and Verification(
        certificate, certificate.award, state_of(certificate)
    )


def state_of(certificate):
    if certificate.revoked_at is not None:
        return CertificateState.REVOKED
    if not hasattr(certificate.award.tally, "publication"):
        return CertificateState.SUPERSEDED
    return CertificateState.VALID


def new_serial():
    return serials.serial(secrets.randbits(serials.RANDOM_BITS))
