from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.people import Person


class Consent(models.Model):
    """
    One agreement to one purpose, as the person saw it (Law 91/2025/QH15, Art. 9).

    A new text needs a new row; withdrawing keeps the row and dates it.
    """

    class Purpose(models.TextChoices):
        TAKE_PART = "take_part", _("Tham gia hội thi")
        PUBLISH_NAME = "publish_name", _("Công bố tên khi đoạt giải")
        NEWS = "news", _("Nhận thông báo về các hội thi")

    person = models.ForeignKey(
        Person,
        models.CASCADE,
        related_name="consents",
        verbose_name=_("người"),
    )
    purpose = models.CharField(_("mục đích"), max_length=20, choices=Purpose)
    text_version = models.CharField(_("phiên bản văn bản"), max_length=20)
    given_at = models.DateTimeField(_("đồng ý lúc"))
    withdrawn_at = models.DateTimeField(_("rút lại lúc"), null=True, blank=True)
    channel = models.CharField(_("kênh"), max_length=20, default="web")

    class Meta:
        verbose_name = _("sự đồng ý")
        verbose_name_plural = pgettext_lazy("plural", "sự đồng ý")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="consent_in_force_once",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True)
                | models.Q(withdrawn_at__gte=models.F("given_at")),
                name="consent_withdrawn_after_given",
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_purpose_display()}"
