from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.people import Person
from accounts.models.units import Unit


class Roster(models.Model):
    """The list of its people that a unit declares on a day."""

    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="rosters",
        verbose_name=_("đơn vị"),
    )
    declared_on = models.DateField(_("ngày khai"))
    source = models.CharField(_("văn bản"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("danh sách nhân sự")
        verbose_name_plural = pgettext_lazy("plural", "danh sách nhân sự")
        ordering = ["-declared_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "declared_on"], name="roster_once_a_day_per_unit"
            ),
        ]

    def __str__(self):
        return f"{self.unit} {self.declared_on:%d/%m/%Y}"


class RosterEntry(models.Model):
    """One line of a roster; ``person`` is filled once somebody is matched to it."""

    roster = models.ForeignKey(
        Roster,
        models.CASCADE,
        related_name="entries",
        verbose_name=_("danh sách nhân sự"),
    )
    employee_code = models.CharField(_("mã nhân sự"), max_length=40)
    full_name = models.CharField(_("họ và tên"), max_length=120)
    category = models.CharField(_("nhóm vị trí"), max_length=60, blank=True)
    is_compulsory = models.BooleanField(_("bắt buộc dự thi"), default=False)
    person = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="roster_entries",
        verbose_name=_("người"),
    )

    class Meta:
        verbose_name = _("dòng danh sách")
        verbose_name_plural = pgettext_lazy("plural", "dòng danh sách")
        constraints = [
            models.UniqueConstraint(
                fields=["roster", "employee_code"], name="roster_entry_code_once"
            ),
        ]

    def __str__(self):
        return self.full_name
