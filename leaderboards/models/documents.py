from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leaderboards.models.results import Award


class Certificate(models.Model):
    """
    The paper handed over for an award, by its serial number.

    A revoked certificate keeps its row, so that its serial still answers.
    """

    serial = models.CharField(_("số hiệu"), max_length=24, unique=True)
    award = models.OneToOneField(
        Award, models.PROTECT, related_name="certificate", verbose_name=_("giải thưởng")
    )
    issued_at = models.DateTimeField(_("cấp lúc"))
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True)
    revoked_reason = models.TextField(_("lý do thu hồi"), blank=True)

    class Meta:
        verbose_name = _("giấy chứng nhận")
        verbose_name_plural = pgettext_lazy("plural", "giấy chứng nhận")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True)
                | ~models.Q(revoked_reason=""),
                name="certificate_revoked_with_a_reason",
            ),
        ]

    def __str__(self):
        return self.serial
