import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class TallyQuerySet(models.QuerySet):
    def of(self, contest, round=None):
        """The tallies of one round, or of the contest as a whole, newest first."""
        return self.filter(contest=contest, round=round).order_by("-number")

    def complete(self):
        """Tallies whose rows are all there."""
        return self.exclude(state=Tally.State.COMPUTING)

    def takeable(self, before):
        """Tallies that wait for a worker, or were left by one that took them before."""
        untaken = Q(computed_at__isnull=True) | Q(computed_at__lt=before)
        return self.filter(untaken, state=Tally.State.COMPUTING)


class Tally(models.Model):
    """
    One numbered computation of standings, unit results and awards.

    A pure function of one canonical, compressed input file named by ``inputs_hash``.
    ``round`` empty: the contest as a whole; it stands on the tallies of its rounds.
    ``truths`` maps ``round/audience`` to what the prediction asked for. ``hash`` is
    over the canonical results. Rows become visible when the state leaves computing;
    while it computes, ``computed_at`` says since when. The rows of a tally that was
    never published (``published_at``) may be removed once a newer one is there.
    """

    class State(models.TextChoices):
        COMPUTING = "computing", _("Đang tính")
        PROVISIONAL = "provisional", _("Tạm tính")
        FROZEN = "frozen", _("Đã chốt")
        APPROVED = "approved", _("Đã duyệt")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contest = models.ForeignKey(
        "quizzes.Contest",
        models.PROTECT,
        related_name="tallies",
        verbose_name=_("hội thi"),
    )
    round = models.ForeignKey(
        "quizzes.Round",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tallies",
        verbose_name=_("vòng thi"),
    )
    number = models.PositiveIntegerField(_("lần tính"))
    state = models.CharField(
        _("trạng thái"), max_length=12, choices=State, default=State.COMPUTING
    )
    is_outdated = models.BooleanField(_("đã cũ"), default=False)
    cut_off = models.DateTimeField(_("số liệu đến"))
    inputs_hash = models.CharField(_("mã băm đầu vào"), max_length=64, blank=True)
    hash = models.CharField(_("mã băm kết quả"), max_length=64, blank=True)
    truths = models.JSONField(_("đáp số dự đoán"), default=dict, blank=True)
    summary = models.JSONField(_("số liệu chung"), default=dict, blank=True)
    stands_on = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="carries",
        verbose_name=_("căn cứ vào"),
    )
    computed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người tính"),
    )
    computed_at = models.DateTimeField(_("tính lúc"), null=True, blank=True)
    frozen_at = models.DateTimeField(_("chốt lúc"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người duyệt"),
    )
    approved_at = models.DateTimeField(_("duyệt lúc"), null=True, blank=True)
    published_at = models.DateTimeField(_("công bố lần đầu lúc"), null=True, blank=True)
    decision_number = models.CharField(_("số quyết định"), max_length=80, blank=True)
    decided_on = models.DateField(_("ngày quyết định"), null=True, blank=True)

    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần tính kết quả")
        verbose_name_plural = _("các lần tính kết quả")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "number"], name="tally_number_once_per_round"
            ),
            models.UniqueConstraint(
                fields=["contest", "number"],
                condition=Q(round__isnull=True),
                name="tally_number_once_per_contest",
            ),
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(state="computing"),
                name="tally_computing_once_per_round",
            ),
            models.UniqueConstraint(
                fields=["contest"],
                condition=Q(state="computing", round__isnull=True),
                name="tally_computing_once_per_contest",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="tally_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(computed_by__isnull=True)
                | ~Q(approved_by=F("computed_by")),
                name="tally_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="computing") | ~Q(hash=""), name="tally_has_a_hash"
            ),
        ]

    def __str__(self):
        return f"{self.round or self.contest}, {self.number}"


class Publication(models.Model):
    """
    The one pointer that makes a tally the published one of its round or contest.

    Publishing again (after an appeal) moves the pointer; the audit trail keeps where
    it stood.
    """

    contest = models.ForeignKey(
        "quizzes.Contest",
        models.PROTECT,
        related_name="publications",
        verbose_name=_("hội thi"),
    )
    round = models.OneToOneField(
        "quizzes.Round",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="publication",
        verbose_name=_("vòng thi"),
    )
    tally = models.OneToOneField(
        Tally,
        models.PROTECT,
        related_name="publication",
        verbose_name=_("lần tính kết quả"),
    )
    published_at = models.DateTimeField(_("công bố lúc"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("người công bố"),
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("người duyệt"),
    )

    class Meta:
        verbose_name = _("lần công bố")
        verbose_name_plural = _("các lần công bố")
        constraints = [
            models.UniqueConstraint(
                fields=["contest"],
                condition=Q(round__isnull=True),
                name="publication_once_per_contest",
            ),
            models.CheckConstraint(
                condition=~Q(published_by=F("approved_by")),
                name="publication_by_two_persons",
            ),
        ]

    def __str__(self):
        return str(self.tally)
