from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AuditEvent(models.Model):
    """
    One act that changed an outcome: who, what, when, why, and what it changed.

    Rows are only ever added. ``subject`` names the row acted on as
    ``app.model:uuid-or-code``; ``change`` holds ``{"before": {}, "after": {}}``
    without personal numbers.
    """

    at = models.DateTimeField(_("thời điểm"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người thực hiện"),
    )
    action = models.CharField(_("việc"), max_length=60)
    subject = models.CharField(pgettext_lazy("audit", "đối tượng"), max_length=160)
    reason = models.TextField(_("lý do"), blank=True)
    change = models.JSONField(_("thay đổi"), default=dict, blank=True)

    class Meta:
        verbose_name = _("việc đã ghi")
        verbose_name_plural = _("nhật ký việc đã làm")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["subject"], name="audit_subject")]

    def __str__(self):
        return f"{self.action} {self.subject}"
