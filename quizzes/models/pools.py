from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quizzes.models.bank import ItemVersion
from quizzes.models.contests import Audience, Round


class Pool(models.Model):
    """
    The item versions sealed for a round and audience at the lock.

    ``sealed`` is canonical JSON (items with their words, blueprint, settings of the
    paper; never a key); ``hash`` is its SHA-256 in hex. Never changed once written.
    """

    round = models.ForeignKey(
        Round,
        models.PROTECT,
        related_name="pools",
        verbose_name=_("vòng thi"),
    )
    audience = models.ForeignKey(
        Audience,
        models.PROTECT,
        related_name="pools",
        verbose_name=_("đối tượng"),
    )
    sealed = models.JSONField(_("nội dung niêm phong"))
    hash = models.CharField(_("mã băm"), max_length=64)
    locked_at = models.DateTimeField(_("khoá lúc"))
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("người khoá"),
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("người duyệt"),
    )
    versions = models.ManyToManyField(
        ItemVersion,
        through="quizzes.PoolItem",
        related_name="pools",
        verbose_name=_("các phiên bản"),
    )

    class Meta:
        verbose_name = _("đề đã niêm phong")
        verbose_name_plural = pgettext_lazy("plural", "đề đã niêm phong")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "audience"], name="pool_once_per_round_and_audience"
            ),
            models.CheckConstraint(
                condition=~models.Q(locked_by=models.F("approved_by")),
                name="pool_locked_by_two_persons",
            ),
        ]

    def __str__(self):
        return f"{self.round}, {self.audience}"


class PoolItem(models.Model):
    """A version's place in a pool: what decides when its key may be seen."""

    pool = models.ForeignKey(
        Pool,
        models.CASCADE,
        related_name="items",
        verbose_name=_("đề đã niêm phong"),
    )
    version = models.ForeignKey(
        ItemVersion,
        models.PROTECT,
        related_name="pool_items",
        verbose_name=_("phiên bản"),
    )
    exposure_rank = models.PositiveIntegerField(
        _("thứ tự ưu tiên"),
        default=0,
        help_text=_("Câu ít được dùng trong các vòng trước đứng trước."),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pool", "version"], name="pool_item_once"),
        ]

    def __str__(self):
        return str(self.version)


class KeySheet(models.Model):
    """
    The keys of a pool; a corrected key is a new sheet with a reason.

    ``keys`` maps a version's uuid to ``{"correct": [option ids], "explanation",
    "source", "points"}`` (points in thousandths).
    """

    pool = models.ForeignKey(
        Pool,
        models.CASCADE,
        related_name="key_sheets",
        verbose_name=_("đề đã niêm phong"),
    )
    version = models.PositiveIntegerField(_("phiên bản"))
    keys = models.JSONField(_("đáp án"))
    hash = models.CharField(_("mã băm"), max_length=64)
    reason = models.TextField(_("lý do"), blank=True)
    created_at = models.DateTimeField(_("lập lúc"))

    class Meta:
        verbose_name = _("bảng đáp án")
        verbose_name_plural = pgettext_lazy("plural", "bảng đáp án")
        ordering = ["pool", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "version"], name="key_sheet_version_once"
            ),
            models.CheckConstraint(
                condition=models.Q(version=1) | ~models.Q(reason=""),
                name="key_sheet_change_has_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.pool} v{self.version}"
