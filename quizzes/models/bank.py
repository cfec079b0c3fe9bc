import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Difficulty(models.TextChoices):
    EASY = "easy", _("Dễ")
    MEDIUM = "medium", _("Vừa")
    HARD = "hard", _("Khó")


class Bank(models.Model):
    """A question bank: topics and items, used by any number of contests."""

    code = models.SlugField(_("mã ngân hàng"), max_length=60, unique=True)
    title = models.CharField(_("tên ngân hàng câu hỏi"), max_length=200)

    class Meta:
        verbose_name = _("ngân hàng câu hỏi")
        verbose_name_plural = pgettext_lazy("plural", "ngân hàng câu hỏi")
        ordering = ["title", "id"]

    def __str__(self):
        return self.title


class Topic(models.Model):
    """A subject of a bank, to draw papers by."""

    bank = models.ForeignKey(
        Bank,
        models.CASCADE,
        related_name="topics",
        verbose_name=_("ngân hàng câu hỏi"),
    )
    code = models.SlugField(_("mã chủ đề"), max_length=60)
    name = models.CharField(_("tên chủ đề"), max_length=200)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=1)

    class Meta:
        verbose_name = _("chủ đề")
        verbose_name_plural = pgettext_lazy("plural", "chủ đề")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bank", "code"], name="topic_code_once_per_bank"
            ),
        ]

    def __str__(self):
        return self.name


class ItemQuerySet(models.QuerySet):
    def approved(self):
        """Items that a pool may take: approved, not kept for practice."""
        return self.filter(state=Item.State.APPROVED, is_practice=False)


class Item(models.Model):
    """
    A question of the bank; its words stand in immutable versions.

    ``current`` is the version that the next pool takes. ``not_with`` are items that
    give this one away and must not stand on the same paper.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Đang soạn")
        APPROVED = "approved", _("Đã duyệt")
        RETIRED = "retired", _("Thôi dùng")

    bank = models.ForeignKey(
        Bank,
        models.CASCADE,
        related_name="items",
        verbose_name=_("ngân hàng câu hỏi"),
    )
    topic = models.ForeignKey(
        Topic, models.PROTECT, related_name="items", verbose_name=_("chủ đề")
    )
    code = models.SlugField(_("mã câu"), max_length=60)
    difficulty = models.CharField(_("độ khó"), max_length=10, choices=Difficulty)
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=State, default=State.DRAFT
    )
    is_practice = models.BooleanField(_("dùng để luyện tập"), default=False)
    current = models.OneToOneField(
        "quizzes.ItemVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="current_of",
        verbose_name=_("phiên bản đang dùng"),
    )
    not_with = models.ManyToManyField(
        "self", blank=True, symmetrical=True, verbose_name=_("không cùng đề với")
    )

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("câu hỏi")
        verbose_name_plural = pgettext_lazy("plural", "câu hỏi")
        ordering = ["bank", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["bank", "code"], name="item_code_once_per_bank"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="approved") | models.Q(current__isnull=False),
                name="item_approved_has_a_version",
            ),
        ]

    def __str__(self):
        return self.code


class ItemVersion(models.Model):
    """
    The words of an item, never changed once written.

    ``options`` is ``[{"id": "a", "text": "..."}]``, with ``"pinned": true`` on one
    that keeps its place when options are shuffled. The key is not here.
    """

    class Type(models.TextChoices):
        SINGLE = "single", _("Một đáp án đúng")
        MULTIPLE = "multiple", _("Nhiều đáp án đúng")
        TRUE_FALSE = "true_false", _("Đúng hay sai")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    item = models.ForeignKey(
        Item,
        models.CASCADE,
        related_name="versions",
        verbose_name=_("câu hỏi"),
    )
    number = models.PositiveIntegerField(_("phiên bản"))
    type = models.CharField(_("loại câu"), max_length=12, choices=Type)
    stem = models.TextField(_("câu hỏi"))
    options = models.JSONField(_("phương án"))
    content_hash = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(_("ngày tạo"), auto_now_add=True)

    class Meta:
        verbose_name = _("phiên bản câu hỏi")
        verbose_name_plural = pgettext_lazy("plural", "phiên bản câu hỏi")
        ordering = ["item", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "number"], name="item_version_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="item_version_from_1"
            ),
        ]

    def __str__(self):
        return f"{self.item} v{self.number}"


class ItemKey(models.Model):
    """
    The key of a version, in a table that no participant's path reads.

    ``correct`` lists option ids. ``explanation`` and ``source`` give the answer away,
    so they live here too.
    """

    version = models.OneToOneField(
        ItemVersion,
        models.CASCADE,
        related_name="key",
        primary_key=True,
        verbose_name=_("phiên bản"),
    )
    correct = models.JSONField(_("đáp án đúng"))
    explanation = models.TextField(_("giải thích"), blank=True)
    source = models.CharField(_("căn cứ"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("đáp án")
        verbose_name_plural = pgettext_lazy("plural", "đáp án")

    def __str__(self):
        return str(self.version)
