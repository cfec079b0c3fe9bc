from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quizzes.models.attempts import Attempt
from quizzes.models.contests import Audience, Contest
from quizzes.models.entrants import Entrant


class CorrectionQuerySet(models.QuerySet):
    def in_force(self, contest, cut_off):
        """Corrections of ``contest`` approved up to ``cut_off``, oldest first."""
        return self.filter(contest=contest, approved_at__lte=cut_off).order_by(
            "approved_at", "id"
        )


class Correction(models.Model):
    """
    A dated, approved record that changes how a tally reads something.

    The row corrected stays as it is. Which target and value a kind needs is a
    constraint: void an attempt; move an entrant's unit or audience; take eligibility
    away; say that two entrants are one person (``same_as`` is the one kept); exclude
    an entrant or a whole unit from winning.
    """

    class Kind(models.TextChoices):
        VOID = "void", _("Huỷ bài thi")
        UNIT = "unit", _("Sửa đơn vị")
        AUDIENCE = "audience", _("Sửa đối tượng")
        ELIGIBILITY = "eligibility", _("Không đủ điều kiện dự thi")
        SAME_PERSON = "same_person", _("Cùng một người")
        EXCLUSION = "exclusion", _("Không xét giải")

    contest = models.ForeignKey(
        Contest,
        models.CASCADE,
        related_name="corrections",
        verbose_name=_("hội thi"),
    )
    kind = models.CharField(_("loại"), max_length=12, choices=Kind)
    attempt = models.ForeignKey(
        Attempt,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("bài thi"),
    )
    entrant = models.ForeignKey(
        Entrant,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
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
    audience = models.ForeignKey(
        Audience,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("đối tượng"),
    )
    same_as = models.ForeignKey(
        Entrant,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("là cùng người với"),
    )
    reason = models.TextField(_("lý do"))
    document = models.CharField(_("văn bản"), max_length=200, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("người đề nghị"),
    )
    proposed_at = models.DateTimeField(_("đề nghị lúc"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người duyệt"),
    )
    approved_at = models.DateTimeField(_("duyệt lúc"), null=True, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("đính chính")
        verbose_name_plural = pgettext_lazy("plural", "đính chính")
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="correction_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | (
                    Q(approved_by__isnull=False, approved_at__isnull=False)
                    & ~Q(approved_by=F("proposed_by"))
                ),
                name="correction_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(kind="void", attempt__isnull=False)
                | Q(kind="unit", entrant__isnull=False, unit__isnull=False)
                | Q(kind="audience", entrant__isnull=False, audience__isnull=False)
                | Q(kind="eligibility", entrant__isnull=False)
                | (
                    Q(kind="same_person", entrant__isnull=False, same_as__isnull=False)
                    & ~Q(entrant=F("same_as"))
                )
                | Q(kind="exclusion", entrant__isnull=False, unit__isnull=True)
                | Q(kind="exclusion", entrant__isnull=True, unit__isnull=False),
                name="correction_has_what_its_kind_needs",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.reason[:60]}"
