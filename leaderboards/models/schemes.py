from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leaderboards.models.rankings import Scope


class Scheme(models.Model):
    """
    The rule of one collective list; a contest has many.

    ``rule`` is the whole rule as data, in the codes of ``leaderboards.rules``.
    """

    contest = models.ForeignKey(
        "quizzes.Contest",
        models.CASCADE,
        related_name="schemes",
        verbose_name=_("hội thi"),
    )
    code = models.SlugField(_("mã"), max_length=40)
    title = models.CharField(_("tên bảng xếp hạng"), max_length=200)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=1)
    scope = models.CharField(_("phạm vi"), max_length=10, choices=Scope)
    rule = models.JSONField(_("quy tắc"))

    class Meta:
        verbose_name = _("bảng xếp hạng tập thể")
        verbose_name_plural = pgettext_lazy("plural", "bảng xếp hạng tập thể")
        ordering = ["contest", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "code"], name="scheme_code_once_per_contest"
            ),
        ]

    def __str__(self):
        return self.title


class ExternalPoint(models.Model):
    """
    Points given outside the quiz: a jury's, an essay's; typed in with the minutes.

    ``code`` names what is judged; schemes and rankings refer to it. ``points`` is in
    thousandths.
    """

    contest = models.ForeignKey(
        "quizzes.Contest",
        models.CASCADE,
        related_name="external_points",
        verbose_name=_("hội thi"),
    )
    code = models.SlugField(_("mã nội dung chấm"), max_length=40)
    contest_unit = models.ForeignKey(
        "quizzes.ContestUnit",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("đơn vị dự thi"),
    )
    entrant = models.ForeignKey(
        "quizzes.Entrant",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người dự thi"),
    )
    points = models.BigIntegerField(_("điểm (phần nghìn)"))
    document = models.CharField(_("biên bản"), max_length=200)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("người nhập"),
    )
    entered_at = models.DateTimeField(_("nhập lúc"))

    class Meta:
        verbose_name = _("điểm chấm ngoài")
        verbose_name_plural = pgettext_lazy("plural", "điểm chấm ngoài")
        constraints = [
            models.UniqueConstraint(
                fields=["code", "contest_unit"], name="external_point_once_per_unit"
            ),
            models.UniqueConstraint(
                fields=["code", "entrant"], name="external_point_once_per_entrant"
            ),
            models.CheckConstraint(
                condition=Q(contest_unit__isnull=True, entrant__isnull=False)
                | Q(contest_unit__isnull=False, entrant__isnull=True),
                name="external_point_for_one",
            ),
        ]

    def __str__(self):
        return f"{self.code}: {self.points}"
