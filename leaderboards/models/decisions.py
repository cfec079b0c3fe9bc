from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leaderboards.models.rankings import Ranking
from leaderboards.models.schemes import Scheme


class PrizeDecision(models.Model):
    """
    What the organiser decided about one prize of one list, with the reason.

    ``order`` lists those tied on the prize line (entrant uuids or unit codes) from the
    first; ``leaves_empty`` awards the prize to nobody. ``round`` is the tally's round;
    ``list_round`` the round of the list, where a contest's ranking has one per round.
    """

    contest = models.ForeignKey(
        "quizzes.Contest",
        models.CASCADE,
        related_name="prize_decisions",
        verbose_name=_("hội thi"),
    )
    round = models.ForeignKey(
        "quizzes.Round",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("vòng thi"),
    )
    ranking = models.ForeignKey(
        Ranking,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("bảng xếp hạng cá nhân"),
    )
    scheme = models.ForeignKey(
        Scheme,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("bảng xếp hạng tập thể"),
    )
    list_round = models.PositiveSmallIntegerField(
        _("vòng của danh sách"), null=True, blank=True
    )
    group = models.CharField(_("nhóm"), max_length=60, blank=True)
    prize = models.CharField(_("mã giải"), max_length=40)
    order = models.JSONField(_("thứ tự"), default=list, blank=True)
    leaves_empty = models.BooleanField(_("không trao"), default=False)
    reason = models.TextField(_("lý do"))
    document = models.CharField(_("biên bản"), max_length=200, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("người quyết định"),
    )
    decided_at = models.DateTimeField(_("quyết định lúc"))

    class Meta:
        verbose_name = _("quyết định về giải")
        verbose_name_plural = pgettext_lazy("plural", "quyết định về giải")
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="prize_decision_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(ranking__isnull=False, scheme__isnull=True)
                | Q(ranking__isnull=True, scheme__isnull=False),
                name="prize_decision_about_one_rule",
            ),
        ]

    def __str__(self):
        return f"{self.rule_code} {self.prize}: {self.reason[:60]}"

    @property
    def rule_code(self):
        return (self.ranking or self.scheme).code
