from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quizzes.models.contests import Audience, Contest, Round


class Bloc(models.Model):
    """A contest's set of units that are ranked together."""

    contest = models.ForeignKey(
        Contest,
        models.CASCADE,
        related_name="blocs",
        verbose_name=_("hội thi"),
    )
    code = models.SlugField(_("mã khối"), max_length=40)
    name = models.CharField(_("tên khối"), max_length=120)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=1)

    class Meta:
        verbose_name = _("khối")
        verbose_name_plural = pgettext_lazy("plural", "khối")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "code"], name="bloc_code_once_per_contest"
            ),
        ]

    def __str__(self):
        return self.name


class ContestUnit(models.Model):
    """
    A unit that reports in a contest, in its bloc.

    An attempt of somebody in a lower unit counts for the nearest ancestor found here.
    From ``counts_as_from`` on the unit's attempts count for ``counts_as`` (a merger
    in mid-contest).
    """

    contest = models.ForeignKey(
        Contest,
        models.CASCADE,
        related_name="units",
        verbose_name=_("hội thi"),
    )
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, related_name="+", verbose_name=_("đơn vị")
    )
    bloc = models.ForeignKey(
        Bloc, models.PROTECT, related_name="units", verbose_name=_("khối")
    )
    counts_as = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("tính cho đơn vị"),
    )
    counts_as_from = models.DateTimeField(_("tính từ lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("đơn vị dự thi")
        verbose_name_plural = pgettext_lazy("plural", "đơn vị dự thi")
        ordering = ["bloc__order", "unit__sort_name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "unit"], name="contest_unit_once"
            ),
            models.CheckConstraint(
                condition=Q(counts_as__isnull=True, counts_as_from__isnull=True)
                | Q(counts_as__isnull=False, counts_as_from__isnull=False),
                name="contest_unit_succession_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(counts_as=models.F("id")),
                name="contest_unit_counts_as_another",
            ),
        ]

    def __str__(self):
        return str(self.unit)


class Headcount(models.Model):
    """
    How many people of a unit could take part: the denominator of its rate.

    ``round`` empty means every round without a row of its own; ``audience`` empty
    means all audiences together; ``category`` names a group of posts, or is empty.
    """

    contest_unit = models.ForeignKey(
        ContestUnit,
        models.CASCADE,
        related_name="headcounts",
        verbose_name=_("đơn vị dự thi"),
    )
    round = models.ForeignKey(
        Round,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="headcounts",
        verbose_name=_("vòng thi"),
    )
    audience = models.ForeignKey(
        Audience,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="headcounts",
        verbose_name=_("đối tượng"),
    )
    category = models.CharField(_("nhóm vị trí"), max_length=60, blank=True)
    people = models.PositiveIntegerField(
        _("số người"), validators=[MaxValueValidator(10_000_000)]
    )
    source = models.CharField(_("nguồn số liệu"), max_length=200, blank=True)
    confirmed_by = models.CharField(_("người xác nhận"), max_length=120, blank=True)
    frozen_at = models.DateTimeField(_("chốt lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("số người của đơn vị")
        verbose_name_plural = pgettext_lazy("plural", "số người của đơn vị")
        constraints = [
            models.UniqueConstraint(
                fields=["contest_unit", "round", "audience", "category"],
                name="headcount_once_per_round_and_audience",
            ),
            models.UniqueConstraint(
                fields=["contest_unit", "audience", "category"],
                condition=Q(round__isnull=True),
                name="headcount_once_per_audience",
            ),
            models.UniqueConstraint(
                fields=["contest_unit", "round", "category"],
                condition=Q(audience__isnull=True),
                name="headcount_once_per_round",
            ),
            models.UniqueConstraint(
                fields=["contest_unit", "category"],
                condition=Q(round__isnull=True, audience__isnull=True),
                name="headcount_once",
            ),
        ]

    def __str__(self):
        return f"{self.contest_unit}: {self.people}"
