from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quizzes.models.contests import Contest


class Role(models.Model):
    """What an account may do in one contest, beside taking part."""

    class Kind(models.TextChoices):
        ORGANISER = "organiser", _("Ban tổ chức")
        PUBLISHER = "publisher", _("Người duyệt công bố")
        AUDITOR = "auditor", _("Người giám sát")
        LEADER = "leader", _("Lãnh đạo")
        LIAISON = "liaison", _("Đầu mối đơn vị")
        AUTHOR = "author", _("Người soạn câu hỏi")
        REVIEWER = "reviewer", _("Người thẩm định câu hỏi")

    contest = models.ForeignKey(
        Contest,
        models.CASCADE,
        related_name="roles",
        verbose_name=_("hội thi"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="contest_roles",
        verbose_name=_("tài khoản"),
    )
    kind = models.CharField(_("vai trò"), max_length=12, choices=Kind)
    unit = models.ForeignKey(
        "accounts.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("đơn vị phụ trách"),
    )

    class Meta:
        verbose_name = _("vai trò trong hội thi")
        verbose_name_plural = pgettext_lazy("plural", "vai trò trong hội thi")
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "user", "kind", "unit"], name="role_once_per_unit"
            ),
            models.UniqueConstraint(
                fields=["contest", "user", "kind"],
                condition=models.Q(unit__isnull=True),
                name="role_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="liaison") | models.Q(unit__isnull=False),
                name="role_liaison_has_a_unit",
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_kind_display()}"
