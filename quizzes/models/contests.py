import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LARGEST_PREDICTION = 2_147_483_647


class ContestQuerySet(models.QuerySet):
    def visible(self):
        """Contests that the public may see."""
        return self.exclude(state=Contest.State.DRAFT)


class Contest(models.Model):
    """
    One edition of a contest.

    The three choices that no published rules text states, yet decide results, have no
    default: what happens to a late starter, to an attempt that time closed, and to an
    incomplete paper (domain study, section 1.2).
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Đang soạn")
        PUBLIC = "public", _("Đã công bố")
        ARCHIVED = "archived", _("Lưu trữ")

    class LateStart(models.TextChoices):
        CUT = "cut", _("Hết giờ của vòng thì dừng")
        FULL = "full", _("Được làm đủ thời gian")

    class Names(models.TextChoices):
        FULL = "full", _("Hiện đủ họ tên")
        MASKED = "masked", _("Che bớt tên người không đoạt giải")

    class TruthAfterVoid(models.TextChoices):
        RECOUNT = "recount", _("Đếm lại khi có bài bị huỷ")
        KEEP = "keep", _("Giữ số đã đếm trước khi huỷ bài")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("mã hội thi"), max_length=80, unique=True)
    title = models.CharField(_("tên hội thi"), max_length=250)
    short_title = models.CharField(_("tên gọn"), max_length=80)
    organiser = models.CharField(_("cơ quan tổ chức"), max_length=200)
    rules_document = models.CharField(_("văn bản thể lệ"), max_length=250, blank=True)
    contact = models.CharField(_("đầu mối hỗ trợ"), max_length=250, blank=True)
    edition = models.PositiveSmallIntegerField(_("lần thứ"), default=1)
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=State, default=State.DRAFT
    )
    is_simulated = models.BooleanField(
        _("dữ liệu mô phỏng"),
        default=False,
        help_text=_("Mọi trang của hội thi sẽ ghi rõ là dữ liệu mô phỏng."),
    )
    late_start = models.CharField(
        _("vào thi sát giờ đóng"), max_length=10, choices=LateStart
    )
    timed_out_counts = models.BooleanField(
        _("bài bị khoá vì hết giờ vẫn được tính"),
    )
    incomplete_counts = models.BooleanField(
        _("bài còn bỏ trống câu vẫn được tính"),
    )
    excluded_count_for_unit = models.BooleanField(
        _("người không được xét giải vẫn tính cho đơn vị"), default=True
    )
    truth_after_void = models.CharField(
        _("đáp số dự đoán khi có bài bị huỷ"),
        max_length=10,
        choices=TruthAfterVoid,
        default=TruthAfterVoid.RECOUNT,
    )
    names = models.CharField(
        _("tên trên bảng xếp hạng"), max_length=10, choices=Names, default=Names.MASKED
    )
    exclusions_text = models.JSONField(
        _("những người không được dự thi"), default=list, blank=True
    )
    known_results = models.JSONField(
        _("số liệu đã công bố"), default=dict, blank=True, editable=False
    )
    results_at = models.DateTimeField(_("công bố kết quả chung"), null=True, blank=True)
    created_at = models.DateTimeField(_("ngày tạo"), auto_now_add=True)

    objects = ContestQuerySet.as_manager()

    class Meta:
        verbose_name = _("hội thi")
        verbose_name_plural = pgettext_lazy("plural", "hội thi")
        ordering = ["-created_at", "-id"]

    def __str__(self):
        return self.short_title

    def get_absolute_url(self):
        return reverse("contest", args=[self.slug])


class Audience(models.Model):
    """A track with its own papers, rankings and prizes: officials, citizens."""

    class Entry(models.TextChoices):
        OPEN = "self_registration", _("Tự đăng ký")
        ROSTER = "roster", _("Theo danh sách của đơn vị")

    class UnitKind(models.TextChoices):
        UNIT = "unit", _("Đơn vị công tác")
        COMMUNE = "commune", _("Xã, phường nơi ở")
        NONE = "none", _("Không hỏi")

    contest = models.ForeignKey(
        Contest,
        models.CASCADE,
        related_name="audiences",
        verbose_name=_("hội thi"),
    )
    code = models.SlugField(_("mã"), max_length=40)
    name = models.CharField(_("tên đối tượng"), max_length=120)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=1)
    entry = models.CharField(
        _("cách tham gia"), max_length=20, choices=Entry, default=Entry.OPEN
    )
    unit_kind = models.CharField(
        _("đơn vị hỏi khi đăng ký"),
        max_length=10,
        choices=UnitKind,
        default=UnitKind.UNIT,
    )
    counts_for_unit = models.BooleanField(_("tính cho đơn vị"), default=True)
    min_age = models.PositiveSmallIntegerField(_("tuổi từ"), null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(_("tuổi đến"), null=True, blank=True)
    age_on = models.DateField(_("tính tuổi đến ngày"), null=True, blank=True)
    residence = models.CharField(_("điều kiện cư trú"), max_length=200, blank=True)
    identity_fields = models.JSONField(
        _("thông tin cần khai"), default=list, blank=True
    )

    class Meta:
        verbose_name = _("đối tượng dự thi")
        verbose_name_plural = pgettext_lazy("plural", "đối tượng dự thi")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "code"], name="audience_code_once_per_contest"
            ),
            models.CheckConstraint(
                condition=models.Q(min_age__isnull=True)
                | models.Q(max_age__isnull=True)
                | models.Q(max_age__gte=models.F("min_age")),
                name="audience_ages_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(counts_for_unit=False) | ~models.Q(unit_kind="none"),
                name="audience_counting_for_a_unit_asks_one",
            ),
        ]

    def __str__(self):
        return self.name


class RoundQuerySet(models.QuerySet):
    def visible(self):
        """Rounds of contests that the public may see."""
        return self.exclude(contest__state=Contest.State.DRAFT)


class Round(models.Model):
    """
    A half-open window ``opens_at <= t < closes_at`` of a contest.

    ``results_at`` is written by publishing alone; the state of a round and the
    visibility of its keys read nothing else of the results.
    """

    class State(models.TextChoices):
        UPCOMING = "upcoming", _("Sắp mở")
        OPEN = "open", _("Đang mở")
        CLOSED = "closed", _("Đã đóng")
        PUBLISHED = "published", _("Đã công bố")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contest = models.ForeignKey(
        Contest,
        models.CASCADE,
        related_name="rounds",
        verbose_name=_("hội thi"),
    )
    number = models.PositiveSmallIntegerField(_("số thứ tự"))
    code = models.SlugField(_("mã"), max_length=40)
    title = models.CharField(_("tên vòng"), max_length=120)
    opens_at = models.DateTimeField(_("mở lúc"))
    closes_at = models.DateTimeField(_("đóng lúc"))
    locked_at = models.DateTimeField(_("khoá đề lúc"), null=True, blank=True)
    results_at = models.DateTimeField(_("công bố lúc"), null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("vòng thi")
        verbose_name_plural = pgettext_lazy("plural", "vòng thi")
        ordering = ["contest", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "number"], name="round_number_once_per_contest"
            ),
            models.UniqueConstraint(
                fields=["contest", "code"], name="round_code_once_per_contest"
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="round_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=models.Q(results_at__isnull=True)
                | models.Q(results_at__gte=models.F("closes_at")),
                name="round_results_after_it_closes",
            ),
        ]

    def __str__(self):
        return self.title

    def is_open(self, now):
        """Whether the window holds ``now``; a later close granted is not in it."""
        return self.opens_at <= now < self.closes_at

    def state(self, now):
        """The state that the round's own times give at ``now``."""
        if self.results_at is not None and self.results_at <= now:
            return self.State.PUBLISHED
        if now < self.opens_at:
            return self.State.UPCOMING
        return self.State.OPEN if self.is_open(now) else self.State.CLOSED


class PaperSpec(models.Model):
    """
    How a round's paper is made for one audience, and how it is taken.

    ``blueprint`` is ``[{"topic", "difficulty", "count"}]``; empty means the fixed set
    ``fixed_items`` (item codes of the bank, in order). ``points_per_item`` is in
    thousandths of a point. ``attempt_limits`` is ``[{"n", "per"}]`` with ``per`` one
    of day, round, contest; empty means unlimited. ``prediction_answer`` holds the
    organiser's value where the prediction asks for a free number.
    """

    class MultipleScoring(models.TextChoices):
        ALL_OR_NOTHING = "all_or_nothing", _("Đúng hết mới có điểm")
        PARTIAL = "partial", _("Tính điểm từng phần")

    class Show(models.TextChoices):
        AT_ONCE = "at_once", _("Ngay khi nộp bài lượt cuối")
        AFTER_ROUND = "after_round", _("Khi công bố vòng")
        AFTER_CONTEST = "after_contest", _("Khi công bố chung cuộc")
        NEVER = "never", _("Không hiện")

    class Prediction(models.TextChoices):
        OFF = "off", _("Không có câu dự đoán")
        PERFECT_PEOPLE = "perfect_people", _("Số người trả lời đúng tất cả")
        PEOPLE = "people", _("Số người dự thi")
        ATTEMPTS = "attempts", _("Số lượt thi")
        FREE = "free", _("Một con số khác")

    class PredictionScope(models.TextChoices):
        AUDIENCE = "audience", _("Cùng đối tượng")
        ALL = "all", _("Tất cả đối tượng")

    round = models.ForeignKey(
        Round,
        models.CASCADE,
        related_name="papers",
        verbose_name=_("vòng thi"),
    )
    audience = models.ForeignKey(
        Audience,
        models.CASCADE,
        related_name="papers",
        verbose_name=_("đối tượng"),
    )
    bank = models.ForeignKey(
        "quizzes.Bank", models.PROTECT, verbose_name=_("ngân hàng câu hỏi")
    )
    item_count = models.PositiveSmallIntegerField(
        _("số câu"), validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    minutes = models.PositiveSmallIntegerField(
        _("số phút"), null=True, blank=True, help_text=_("Để trống: không giới hạn.")
    )
    grace_seconds = models.PositiveSmallIntegerField(
        _("số giây chờ bài gửi muộn"), default=15, validators=[MaxValueValidator(300)]
    )
    blueprint = models.JSONField(_("ma trận đề"), default=list, blank=True)
    fixed_items = models.JSONField(_("bộ câu cố định"), default=list, blank=True)
    shuffle_items = models.BooleanField(_("trộn câu"), default=True)
    shuffle_options = models.BooleanField(_("trộn phương án"), default=True)
    points_per_item = models.PositiveIntegerField(
        _("điểm mỗi câu (phần nghìn)"), default=1000, validators=[MinValueValidator(1)]
    )
    multiple_scoring = models.CharField(
        _("chấm câu nhiều đáp án"),
        max_length=20,
        choices=MultipleScoring,
        default=MultipleScoring.ALL_OR_NOTHING,
    )
    show_score = models.CharField(
        _("hiện điểm"), max_length=20, choices=Show, default=Show.AFTER_ROUND
    )
    show_keys = models.CharField(
        _("hiện đáp án"), max_length=20, choices=Show, default=Show.AFTER_CONTEST
    )
    attempt_limits = models.JSONField(_("giới hạn lượt thi"), default=list, blank=True)
    prediction = models.CharField(
        _("câu dự đoán"), max_length=20, choices=Prediction, default=Prediction.OFF
    )
    prediction_scope = models.CharField(
        _("đếm trong"),
        max_length=10,
        choices=PredictionScope,
        default=PredictionScope.AUDIENCE,
    )
    prediction_prompt = models.CharField(
        _("lời hỏi dự đoán"), max_length=300, blank=True
    )
    prediction_required = models.BooleanField(_("bắt buộc dự đoán"), default=False)
    prediction_max = models.PositiveIntegerField(
        _("số dự đoán lớn nhất"),
        default=LARGEST_PREDICTION,
        validators=[MaxValueValidator(LARGEST_PREDICTION)],
    )
    prediction_answer = models.PositiveIntegerField(
        _("đáp số của con số khác"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("đề của vòng")
        verbose_name_plural = pgettext_lazy("plural", "đề của vòng")
        ordering = ["round", "audience__order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "audience"], name="paper_once_per_round_and_audience"
            ),
            models.CheckConstraint(
                condition=models.Q(item_count__range=(1, 60)),
                name="paper_has_1_to_60_items",
            ),
            models.CheckConstraint(
                condition=models.Q(points_per_item__gte=1), name="paper_items_earn"
            ),
        ]

    def __str__(self):
        return f"{self.round}, {self.audience}"

    @property
    def max_score(self):
        """Full marks of a paper, in thousandths of a point."""
        return self.item_count * self.points_per_item
