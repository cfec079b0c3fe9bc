import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quizzes.models.contests import Audience, Round
from quizzes.models.entrants import Entrant
from quizzes.models.pools import Pool

LARGEST_SEQ = 1_000_000


class AttemptQuerySet(models.QuerySet):
    def accepting(self, *, sitting, seq, now):
        """Attempts that may take save ``seq`` of this sitting, arrived at ``now``."""
        return self.filter(
            state=Attempt.State.OPEN,
            sitting=sitting,
            seq__lt=seq,
            accepts_until__gt=now,
        )

    def open(self):
        return self.filter(state=Attempt.State.OPEN)

    def overdue(self, before):
        """Open attempts that stopped accepting at ``before`` or earlier."""
        return self.open().made_here().filter(accepts_until__lte=before)

    def submitted(self):
        return self.filter(state=Attempt.State.SUBMITTED)

    def unscored(self):
        """Closed attempts that no key sheet has scored yet."""
        return self.submitted().made_here().filter(scored_with__isnull=True)

    def made_here(self):
        """Attempts with a paper, not those brought from another platform."""
        return self.filter(origin=Attempt.Origin.PORTAL)

    def of(self, user):
        """The attempts of an account; none for a stranger."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(entrant__person__user=user)


class Attempt(models.Model):
    """
    One try at a paper: all of it is in this row, so that a save is one statement.

    ``paper`` is ``[{"item": version uuid, "options": [option ids]}]`` in the order
    drawn. ``responses`` maps a position (``"1"``...) to letters of the paper's own
    order (``["a"]``), as the client sent them. ``seq`` is the number of the last save,
    ``sitting`` counts starts and resumes: only the newest sitting may write.
    ``score`` is in thousandths of a point; ``scored_with`` is the key sheet's version.
    ``audience`` and ``unit`` are those at the start and never follow the entrant.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Đang làm")
        SUBMITTED = "submitted", _("Đã nộp")

    class ClosedBy(models.TextChoices):
        PERSON = "person", _("Người dự thi nộp")
        TIME = "time", _("Hết giờ")
        STAFF = "staff", _("Ban tổ chức đóng")

    class Origin(models.TextChoices):
        PORTAL = "portal", _("Làm trên cổng")
        IMPORTED = "imported", _("Nhập từ nơi khác")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entrant = models.ForeignKey(
        Entrant,
        models.PROTECT,
        related_name="attempts",
        verbose_name=_("người dự thi"),
    )
    round = models.ForeignKey(
        Round,
        models.PROTECT,
        related_name="attempts",
        verbose_name=_("vòng thi"),
    )
    audience = models.ForeignKey(
        Audience,
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
    pool = models.ForeignKey(
        Pool,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attempts",
        verbose_name=_("đề đã niêm phong"),
    )
    number = models.PositiveIntegerField(_("lượt"))
    day = models.DateField(_("ngày thi"))
    origin = models.CharField(
        _("nguồn"), max_length=10, choices=Origin, default=Origin.PORTAL
    )
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=State, default=State.OPEN
    )
    closed_by = models.CharField(
        _("đóng bởi"), max_length=10, choices=ClosedBy, blank=True
    )
    seed = models.CharField(max_length=64, blank=True)
    paper = models.JSONField(_("đề"), null=True, blank=True)
    item_count = models.PositiveSmallIntegerField(_("số câu"))
    responses = models.JSONField(_("câu trả lời"), default=dict, blank=True)
    prediction = models.PositiveIntegerField(_("dự đoán"), null=True, blank=True)
    seq = models.PositiveIntegerField(default=0)
    sitting = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField(_("bắt đầu"))
    deadline = models.DateTimeField(_("hạn nộp"))
    accepts_until = models.DateTimeField(_("nhận bài đến"))
    saved_at = models.DateTimeField(_("lưu lần cuối"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("nộp lúc"), null=True, blank=True)
    paused_ms = models.PositiveIntegerField(_("thời gian gián đoạn (ms)"), default=0)
    duration_ms = models.BigIntegerField(
        _("thời gian làm bài (ms)"), null=True, blank=True
    )
    score = models.BigIntegerField(_("điểm (phần nghìn)"), null=True, blank=True)
    correct_count = models.PositiveSmallIntegerField(
        _("số câu đúng"), null=True, blank=True
    )
    scored_with = models.PositiveIntegerField(
        _("chấm theo bảng đáp án"), null=True, blank=True
    )

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("bài thi")
        verbose_name_plural = pgettext_lazy("plural", "bài thi")
        ordering = ["-started_at", "-id"]
        indexes = [
            models.Index(
                fields=["accepts_until"],
                condition=Q(state="open"),
                name="attempt_to_seal",
            ),
            models.Index(
                fields=["id"],
                condition=Q(
                    state="submitted", scored_with__isnull=True, origin="portal"
                ),
                name="attempt_to_score",
            ),
            models.Index(fields=["round", "audience"], name="attempt_of_round"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["entrant", "round", "number"], name="attempt_number_once"
            ),
            models.UniqueConstraint(
                fields=["entrant", "round"],
                condition=Q(state="open"),
                name="attempt_open_once",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="attempt_number_from_1"
            ),
            models.CheckConstraint(
                condition=Q(seq__lte=LARGEST_SEQ), name="attempt_seq_in_range"
            ),
            models.CheckConstraint(
                condition=Q(accepts_until__gte=F("deadline"))
                & Q(deadline__gte=F("started_at")),
                name="attempt_times_in_order",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="open",
                    submitted_at__isnull=True,
                    closed_by="",
                    duration_ms__isnull=True,
                    scored_with__isnull=True,
                )
                | (
                    Q(state="submitted", submitted_at__isnull=False)
                    & Q(duration_ms__gte=0)
                    & ~Q(closed_by="")
                ),
                name="attempt_closed_as_a_whole",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True)
                | (
                    Q(submitted_at__lte=F("deadline"))
                    & Q(submitted_at__gte=F("started_at"))
                ),
                name="attempt_submitted_in_its_time",
            ),
            models.CheckConstraint(
                condition=Q(origin="portal", paper__isnull=False, pool__isnull=False)
                | Q(origin="imported", paper__isnull=True, pool__isnull=True),
                name="attempt_has_a_paper_if_made_here",
            ),
            models.CheckConstraint(
                condition=Q(scored_with__isnull=True)
                | Q(score__isnull=False, correct_count__isnull=False),
                name="attempt_scored_as_a_whole",
            ),
        ]

    def __str__(self):
        return f"{self.entrant}, {self.round}, {self.number}"
