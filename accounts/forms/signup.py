"""
Signing up: who you are, how you sign in, and what you agree to.

The shape of the fields only; ``accounts.services.signup`` holds the rules.
"""

from datetime import date

from django import forms
from django.contrib import messages
from django.contrib.auth import password_validation
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.models import Consent, Unit, User
from accounts.services import consents, signup
from contest.lib import clock
from contest.lib.moments import day_of
from contest.lib.refusals import Refused
from contest.lib.text import has_forbidden_characters, tidy

FIRST_BIRTH = date(1900, 1, 1)


class TidyCharField(forms.CharField):
    """One line of text in NFC with single spaces; no character a database refuses."""

    def to_python(self, value):
        text = super().to_python(value)
        if has_forbidden_characters(text):
            raise forms.ValidationError(_("Có ký tự không hợp lệ."), code="characters")
        return tidy(text)


class FullNameField(TidyCharField):
    """A person's whole name: at least two words."""

    def __init__(self):
        super().__init__(
            label=_("Họ và tên"),
            max_length=120,
            help_text=_("Như trong căn cước; tên này in trên giấy chứng nhận."),
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
        )

    def validate(self, value):
        super().validate(value)
        if len(value.split()) < 2:
            raise forms.ValidationError(_("Ghi đủ họ và tên."), code="name")


class BirthDateField(forms.DateField):
    """A day since 1900 and before today."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("Ngày sinh"),
            help_text=_("Chỉ dùng để xét điều kiện tuổi, không công bố."),
            widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}),
            **kwargs,
        )

    def validate(self, value):
        super().validate(value)
        if value and not FIRST_BIRTH <= value < day_of(clock.now()):
            raise forms.ValidationError(_("Ngày sinh chưa đúng."), code="birth_date")


class GroupedUnitField(forms.ModelChoiceField):
    """A unit of today's list, grouped by kind; the picker's script filters it."""

    def __init__(self, **kwargs):
        super().__init__(
            Unit.objects.none(), empty_label=_("Chọn trong danh sách"), **kwargs
        )
        self.widget.attrs["data-filter"] = _("Gõ vài chữ để tìm, không cần dấu")
        self.widget.attrs["data-none"] = _("Không thấy đơn vị nào")

    def offer(self, units):
        """Offer ``units`` (a queryset) as groups of (kind, [(pk, name)])."""
        self.queryset = units
        groups = {}
        for unit in units:
            kind = unit.kind[:1].upper() + unit.kind[1:]
            groups.setdefault(kind, []).append((unit.pk, unit.name))
        self.widget.choices = [("", self.empty_label), *groups.items()]


class SignupForm(forms.Form):
    """Handed to allauth's view, which asks it for ``try_save`` and ``by_passkey``."""

    by_passkey = False

    full_name = FullNameField()
    kind = forms.ChoiceField(
        label=_("Bạn dự thi với tư cách"),
        choices=signup.Kind.choices,
        widget=forms.RadioSelect,
    )
    unit = GroupedUnitField(
        label=_("Đơn vị công tác, hoặc xã, phường nơi ở"),
        help_text=_("Cán bộ chọn cơ quan mình; người dân chọn xã, phường đang ở."),
    )
    birth_date = BirthDateField()
    login = TidyCharField(
        label=_("Số điện thoại hoặc thư điện tử"),
        max_length=150,
        help_text=_("Dùng để đăng nhập. Bạn cũng có thể tự đặt một tên đăng nhập."),
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password1 = forms.CharField(
        label=_("Mật khẩu"),
        help_text=_("Từ 8 ký tự trở lên, khó đoán."),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = clock.now()
        self.fields["unit"].offer(signup.units_offered(now=self.now))
        for purpose in Consent.Purpose:
            self.fields[f"consent_{purpose}"] = forms.BooleanField(
                label=consents.TEXTS[purpose],
                required=purpose == Consent.Purpose.TAKE_PART,
                error_messages={"required": consents.NEEDED},
            )

    def clean_login(self):
        try:
            signup.check_login(self.cleaned_data["login"])
        except Refused as refusal:
            raise forms.ValidationError(str(refusal), code=refusal.code) from refusal
        return self.cleaned_data["login"]

    def clean(self):
        data = super().clean()
        unit, kind = data.get("unit"), data.get("kind")
        if unit and kind == signup.Kind.CITIZEN and not unit.is_commune:
            self.add_error("unit", _("Người dân chọn xã hoặc phường nơi ở."))
        if data.get("password1"):
            self.check_password(data)
        return data

    def check_password(self, data):
        user = User(
            username=data.get("login", ""), first_name=data.get("full_name", "")
        )
        try:
            password_validation.validate_password(data["password1"], user)
        except forms.ValidationError as error:
            self.add_error("password1", error)

    def try_save(self, request):
        """Return (user, None), or (None, an answer) if the login went meanwhile."""
        try:
            user = self.register()
        except Refused as refusal:
            messages.error(request, str(refusal))
            return None, redirect("account_signup")
        request.session["signed_up_as"] = self.cleaned_data["kind"]
        return user, None

    def register(self):
        data = self.cleaned_data
        return signup.register(
            login=data["login"],
            password=data["password1"],
            full_name=data["full_name"],
            birth_date=data["birth_date"],
            unit=data["unit"],
            purposes=[p for p in Consent.Purpose if data[f"consent_{p}"]],
            now=self.now,
        )
