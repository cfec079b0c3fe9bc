import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contest.lib.text import search_key, sort_key, tidy


class UnitQuerySet(models.QuerySet):
    def in_force(self, on):
        """Units that exist on the day ``on``."""
        return self.filter(
            models.Q(valid_from__isnull=True) | models.Q(valid_from__lte=on),
            models.Q(valid_until__isnull=True) | models.Q(valid_until__gt=on),
        )

    def found_by(self, text):
        """Units whose name, short name, code or an alias holds ``text``."""
        key = search_key(text)
        return self.filter(
            models.Q(search_name__contains=key)
            | models.Q(code__iexact=text.strip())
            | models.Q(aliases__search_key__contains=key)
        ).distinct()


class Unit(models.Model):
    """
    A body that people belong to: an office, a school, a commune.

    Units form a tree by ``parent``. A unit that merges or is renamed keeps its row and
    names its ``successor`` from ``valid_until`` on (the mergers of 1 July 2025).
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(_("mã đơn vị"), max_length=60, unique=True)
    name = models.CharField(_("tên đầy đủ"), max_length=200)
    short_name = models.CharField(_("tên gọn"), max_length=80, blank=True)
    kind = models.CharField(_("loại"), max_length=60, blank=True)
    is_commune = models.BooleanField(
        _("là xã, phường"),
        default=False,
        help_text=_("Người dân chọn nơi ở trong các xã, phường."),
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("đơn vị cấp trên"),
    )
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("đơn vị kế thừa"),
    )
    valid_from = models.DateField(_("có từ ngày"), null=True, blank=True)
    valid_until = models.DateField(
        _("đến trước ngày"),
        null=True,
        blank=True,
        help_text=_("Ngày đầu tiên đơn vị không còn."),
    )
    search_name = models.CharField(max_length=300, editable=False)
    sort_name = models.CharField(max_length=800, editable=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("đơn vị")
        verbose_name_plural = pgettext_lazy("plural", "đơn vị")
        ordering = ["sort_name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")),
                name="unit_is_not_its_parent",
            ),
            models.CheckConstraint(
                condition=~models.Q(successor=models.F("id")),
                name="unit_is_not_its_successor",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_until__gt=models.F("valid_from")),
                name="unit_ends_after_it_starts",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def label(self):
        """The short name where there is one: for lists and cards."""
        return self.short_name or self.name

    @staticmethod
    def name_keys(name, short_name=""):
        """The derived columns of a name: ``search_name`` and ``sort_name``."""
        return {
            "search_name": search_key(f"{name} {short_name}")[:300],
            "sort_name": sort_key(name)[:800],
        }

    def clean(self):
        self.name, self.short_name = tidy(self.name), tidy(self.short_name)
        for column, key in self.name_keys(self.name, self.short_name).items():
            setattr(self, column, key)


class UnitAlias(models.Model):
    """Another spelling of a unit's name, met in rosters and imports."""

    unit = models.ForeignKey(
        Unit,
        models.CASCADE,
        related_name="aliases",
        verbose_name=_("đơn vị"),
    )
    text = models.CharField(_("cách viết khác"), max_length=200)
    search_key = models.CharField(max_length=200, unique=True, editable=False)

    class Meta:
        verbose_name = _("tên gọi khác")
        verbose_name_plural = pgettext_lazy("plural", "tên gọi khác")

    def __str__(self):
        return self.text

    def clean(self):
        self.text = tidy(self.text)
        self.search_key = search_key(self.text)[:200]
