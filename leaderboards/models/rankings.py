from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Scope(models.TextChoices):
    ROUND = "round", _("Từng vòng")
    CONTEST = "contest", _("Cả hội thi")


class Ranking(models.Model):
    """
    The rule of one list of people; a contest has many.

    ``rule`` is the whole rule as data, in the codes of ``leaderboards.rules``; it is
    validated there and nowhere else.
    """

    contest = models.ForeignKey(
        "quizzes.Contest",
        models.CASCADE,
        related_name="rankings",
        verbose_name=_("hội thi"),
    )
    code = models.SlugField(_("mã"), max_length=40)
    title = models.CharField(_("tên bảng xếp hạng"), max_length=200)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=1)
    scope = models.CharField(_("phạm vi"), max_length=10, choices=Scope)
    rule = models.JSONField(_("quy tắc"))

    class Meta:
        verbose_name = _("bảng xếp hạng cá nhân")
        verbose_name_plural = pgettext_lazy("plural", "bảng xếp hạng cá nhân")
        ordering = ["contest", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "code"], name="ranking_code_once_per_contest"
            ),
        ]

    def __str__(self):
        return self.title
