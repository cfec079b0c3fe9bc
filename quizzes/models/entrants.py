import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quizzes.models.contests import Audience, Contest


class EntrantQuerySet(models.QuerySet):
    def of(self, user):
        """The entries of an account; none for a stranger."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(person__user=user)

    def in_visible_contests(self):
        return self.exclude(contest__state=Contest.State.DRAFT)


class Entrant(models.Model):
    """
    A person in a contest: audience and unit as entered.

    ``external_ref`` is how another platform named the person (``import_attempts``).
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contest = models.ForeignKey(
        Contest,
        models.PROTECT,
        related_name="entrants",
        verbose_name=_("hội thi"),
    )
    person = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        related_name="entrants",
        verbose_name=_("người"),
    )
    audience = models.ForeignKey(
        Audience,
        models.PROTECT,
        related_name="entrants",
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
    external_ref = models.CharField(_("mã ngoài"), max_length=120, blank=True)
    registered_at = models.DateTimeField(_("đăng ký lúc"))

    objects = EntrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("người dự thi")
        verbose_name_plural = pgettext_lazy("plural", "người dự thi")
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "person"], name="entrant_once_per_contest"
            ),
            models.UniqueConstraint(
                fields=["contest", "external_ref"],
                condition=~models.Q(external_ref=""),
                name="entrant_external_ref_once",
            ),
        ]

    def __str__(self):
        return str(self.person)
