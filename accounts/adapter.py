"""What allauth asks the project about accounts: where a phone number is kept."""

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rules.phones import e164
from contest.lib import preferences


class PhoneField(forms.CharField):
    """A phone number typed in any usual way; its value is E.164."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
    default_error_messages = {
        "phone": _("Số điện thoại chưa đúng. Ví dụ: 0912 345 678."),
    }

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return text
        number = e164(text)
        if number is None:
            raise forms.ValidationError(self.error_messages["phone"], code="phone")
        return number


class AccountAdapter(DefaultAccountAdapter):
    """Phone numbers live on the user's row; no message is sent to them."""

    def phone_form_field(self, **kwargs):
        return PhoneField(**kwargs)

    def get_phone(self, user):
        return (user.phone, user.phone_verified) if user.phone else None

    def set_phone(self, user, phone, verified):
        user.phone, user.phone_verified = phone, verified
        user.save(update_fields=["phone", "phone_verified"])

    def set_phone_verified(self, user, phone):
        self.set_phone(user, phone, verified=True)

    def get_user_by_phone(self, phone):
        """Find by what was typed: at log-in the raw text arrives here."""
        number = e164(phone)
        return User.objects.filter(phone=number).first() if number else None

    def post_login(self, request, user, **kwargs):
        """Dress the browser as the account likes its pages, on any device."""
        response = super().post_login(request, user, **kwargs)
        if user.language:
            preferences.write(response, "language", user.language)
        if user.text_size != User.TextSize.NORMAL:
            preferences.write(response, "text", str(user.text_size))
        return response

    def send_verification_code_sms(self, user, phone, code, **kwargs):
        raise RuntimeError("No SMS gateway: ACCOUNT_PHONE_VERIFICATION_ENABLED is off.")
