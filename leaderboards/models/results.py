import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leaderboards.models.rankings import Ranking
from leaderboards.models.schemes import Scheme
from leaderboards.models.tallies import Tally


class PublishedQuerySet(models.QuerySet):
    def published(self):
        """Rows of the tallies that a publication points to."""
        return self.filter(tally__publication__isnull=False)


class Standing(models.Model):
    """
    A row of a ranking in a tally.

    ``group`` is the audience, bloc or unit code that the ranking is parted by, or
    empty. ``position`` counts rows from 1 in order; ``place`` is shared by equals.
    ``facts`` holds the compared values, ``reason`` the comparison with the row above.
    """

    tally = models.ForeignKey(
        Tally,
        models.CASCADE,
        related_name="standings",
        verbose_name=_("lần tính kết quả"),
    )
    ranking = models.ForeignKey(
        Ranking,
        models.PROTECT,
        related_name="standings",
        verbose_name=_("bảng xếp hạng cá nhân"),
    )
    group = models.CharField(_("nhóm"), max_length=60, blank=True)
    position = models.PositiveIntegerField()
    place = models.PositiveIntegerField(_("hạng"))
    entrant = models.ForeignKey(
        "quizzes.Entrant",
        models.PROTECT,
        related_name="standings",
        verbose_name=_("người dự thi"),
    )
    attempt = models.ForeignKey(
        "quizzes.Attempt",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="standings",
        verbose_name=_("bài thi"),
    )
    audience = models.ForeignKey(
        "quizzes.Audience",
        models.PROTECT,
        related_name="+",
        verbose_name=_("đối tượng"),
    )
    unit = models.ForeignKey(
        "accounts.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("đơn vị"),
    )
    bloc = models.ForeignKey(
        "quizzes.Bloc",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("khối"),
    )
    facts = models.JSONField(_("số liệu so sánh"))
    reason = models.JSONField(_("lý do"), default=dict, blank=True)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = _("thứ hạng")
        verbose_name_plural = pgettext_lazy("plural", "thứ hạng")
        ordering = ["tally", "ranking", "group", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["tally", "ranking", "group", "position"],
                name="standing_position_once",
            ),
            models.UniqueConstraint(
                fields=["tally", "ranking", "group", "entrant"],
                name="standing_entrant_once",
            ),
        ]

    def __str__(self):
        return f"{self.place}. {self.entrant}"


class UnitResult(models.Model):
    """
    A unit in a scheme in a tally, with every number on the way to its points.

    ``points`` is an exact fraction as text ("1883/20"), empty where the unit has none;
    ``place`` is empty where a gate was not passed.
    """

    tally = models.ForeignKey(
        Tally,
        models.CASCADE,
        related_name="unit_results",
        verbose_name=_("lần tính kết quả"),
    )
    scheme = models.ForeignKey(
        Scheme,
        models.PROTECT,
        related_name="results",
        verbose_name=_("bảng xếp hạng tập thể"),
    )
    bloc = models.ForeignKey(
        "quizzes.Bloc",
        models.PROTECT,
        related_name="+",
        verbose_name=_("khối"),
    )
    contest_unit = models.ForeignKey(
        "quizzes.ContestUnit",
        models.PROTECT,
        related_name="results",
        verbose_name=_("đơn vị dự thi"),
    )
    position = models.PositiveIntegerField()
    place = models.PositiveIntegerField(_("hạng"), null=True, blank=True)
    points = models.CharField(_("điểm"), max_length=80, blank=True)
    facts = models.JSONField(_("số liệu"))
    reason = models.JSONField(_("lý do"), default=dict, blank=True)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = _("kết quả đơn vị")
        verbose_name_plural = pgettext_lazy("plural", "kết quả đơn vị")
        ordering = ["tally", "scheme", "bloc__order", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["tally", "scheme", "bloc", "position"],
                name="unit_result_position_once",
            ),
            models.UniqueConstraint(
                fields=["tally", "scheme", "contest_unit"], name="unit_result_once"
            ),
        ]

    def __str__(self):
        return f"{self.place or '-'}. {self.contest_unit}"


class Award(models.Model):
    """
    Who gets what, and why: an entrant or a unit, never both.

    ``reasons`` is the chain in codes, from the gates to the comparison with the next.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tally = models.ForeignKey(
        Tally,
        models.CASCADE,
        related_name="awards",
        verbose_name=_("lần tính kết quả"),
    )
    ranking = models.ForeignKey(
        Ranking,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="awards",
        verbose_name=_("bảng xếp hạng cá nhân"),
    )
    scheme = models.ForeignKey(
        Scheme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="awards",
        verbose_name=_("bảng xếp hạng tập thể"),
    )
    order = models.PositiveIntegerField()
    prize = models.CharField(_("mã giải"), max_length=40)
    title = models.CharField(_("giải"), max_length=120)
    place = models.PositiveIntegerField(_("hạng"))
    value = models.BigIntegerField(_("tiền thưởng (đồng)"), default=0)
    audience = models.ForeignKey(
        "quizzes.Audience",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("đối tượng"),
    )
    bloc = models.ForeignKey(
        "quizzes.Bloc",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("khối"),
    )
    entrant = models.ForeignKey(
        "quizzes.Entrant",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="awards",
        verbose_name=_("người dự thi"),
    )
    contest_unit = models.ForeignKey(
        "quizzes.ContestUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="awards",
        verbose_name=_("đơn vị dự thi"),
    )
    reasons = models.JSONField(_("lý do"), default=list, blank=True)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = _("giải thưởng")
        verbose_name_plural = pgettext_lazy("plural", "giải thưởng")
        ordering = ["tally", "order"]
        constraints = [
            models.UniqueConstraint(fields=["tally", "order"], name="award_order_once"),
            models.CheckConstraint(
                condition=Q(entrant__isnull=False, contest_unit__isnull=True)
                | Q(entrant__isnull=True, contest_unit__isnull=False),
                name="award_for_one",
            ),
            models.CheckConstraint(
                condition=Q(ranking__isnull=False, scheme__isnull=True)
                | Q(ranking__isnull=True, scheme__isnull=False),
                name="award_by_one_rule",
            ),
        ]

    def __str__(self):
        return f"{self.title}: {self.entrant or self.contest_unit}"
