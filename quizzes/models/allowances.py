from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quizzes.models.contests import Contest, Round
from quizzes.models.entrants import Entrant


class Allowance(models.Model):
    """
    More time, a later close or more attempts, for one entrant, one unit or all.

    Read when an attempt starts; granting one moves the attempts already open.
    ``round`` empty means every round. Added up where several fit.
    """

    contest = models.ForeignKey(
        Contest,
        models.CASCADE,
        related_name="allowances",
        verbose_name=_("hội thi"),
    )
    round = models.ForeignKey(
        Round,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="allowances",
        verbose_name=_("vòng thi"),
    )
    entrant = models.ForeignKey(
        Entrant,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="allowances",
        verbose_name=_("người dự thi"),
    )
    unit = models.ForeignKey(
        "accounts.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("đơn vị"),
    )
    extra_minutes = models.PositiveSmallIntegerField(
        _("thêm phút"), default=0, validators=[MaxValueValidator(1440)]
    )
    closes_at = models.DateTimeField(_("đóng muộn đến"), null=True, blank=True)
    extra_attempts = models.PositiveSmallIntegerField(
        _("thêm lượt"), default=0, validators=[MaxValueValidator(50)]
    )
    paused_ms = models.PositiveIntegerField(
        _("thời gian gián đoạn (ms)"),
        default=0,
        help_text=_("Không tính vào thời gian làm bài của các bài đang mở."),
    )
    reason = models.TextField(_("lý do"))
    document = models.CharField(_("văn bản"), max_length=200, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("người cho"),
    )
    granted_at = models.DateTimeField(_("cho lúc"))

    class Meta:
        verbose_name = _("gia hạn")
        verbose_name_plural = pgettext_lazy("plural", "gia hạn")
        ordering = ["-granted_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(entrant__isnull=True) | models.Q(unit__isnull=True),
                name="allowance_for_entrant_or_unit",
            ),
            models.CheckConstraint(
                condition=models.Q(extra_minutes__gt=0)
                | models.Q(closes_at__isnull=False)
                | models.Q(extra_attempts__gt=0)
                | models.Q(paused_ms__gt=0),
                name="allowance_gives_something",
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="allowance_has_a_reason"
            ),
        ]

    def __str__(self):
        return self.reason[:60]
