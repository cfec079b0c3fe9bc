import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contest.lib.text import name_sort_key, search_key, tidy


class User(AbstractUser):
    """
    An account: how somebody signs in, and how the pages look to them.

    Who somebody is stands in ``Person``. ``phone`` is E.164 (``+84912345678``).
    """

    class TextSize(models.IntegerChoices):
        NORMAL = 1, _("Vừa")
        LARGE = 2, _("Lớn")
        LARGEST = 3, _("Rất lớn")

    phone = models.CharField(
        _("số điện thoại"), max_length=16, null=True, blank=True, unique=True
    )
    phone_verified = models.BooleanField(_("đã xác minh số điện thoại"), default=False)
    language = models.CharField(_("ngôn ngữ"), max_length=5, blank=True)
    text_size = models.PositiveSmallIntegerField(
        _("cỡ chữ"), choices=TextSize, default=TextSize.NORMAL
    )

    class Meta:
        verbose_name = _("tài khoản")
        verbose_name_plural = pgettext_lazy("plural", "tài khoản")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(phone__isnull=True)
                | models.Q(phone__regex=r"^\+[0-9]{8,15}$"),
                name="user_phone_is_e164",
            ),
        ]


class Person(models.Model):
    """
    Somebody known to us, with or without an account.

    ``birth_date`` is asked only where a contest has an age rule. The two keys are
    derived from ``full_name`` by ``named``.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("tài khoản"),
    )
    full_name = models.CharField(_("họ và tên"), max_length=120)
    search_name = models.CharField(max_length=120, editable=False, db_index=True)
    sort_name = models.CharField(max_length=500, editable=False)
    birth_date = models.DateField(_("ngày sinh"), null=True, blank=True)
    unit = models.ForeignKey(
        "accounts.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("đơn vị"),
        help_text=_("Đơn vị công tác, hoặc xã, phường nơi ở."),
    )
    created_at = models.DateTimeField(_("ngày tạo"), auto_now_add=True)

    class Meta:
        verbose_name = _("người")
        verbose_name_plural = pgettext_lazy("plural", "người")
        ordering = ["sort_name", "id"]

    def __str__(self):
        return self.full_name

    @classmethod
    def named(cls, full_name, **fields):
        """An unsaved person with ``full_name`` tidied and both keys made from it."""
        return cls(full_name=tidy(full_name), **cls.name_keys(full_name), **fields)

    @staticmethod
    def name_keys(full_name):
        """The derived columns of a name: ``search_name`` and ``sort_name``."""
        return {
            "search_name": search_key(full_name),
            "sort_name": name_sort_key(full_name)[:500],
        }

    def clean(self):
        self.full_name = tidy(self.full_name)
        for column, key in self.name_keys(self.full_name).items():
            setattr(self, column, key)
