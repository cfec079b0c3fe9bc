"""
What an app sends at sign-up beside the account: who somebody is, what they agree to.

``POST /_allauth/app/v1/auth/signup`` takes these fields beside allauth's own. All may
be left out: joining a contest asks again for what its rules need.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.signup import BirthDateField
from accounts.models import Consent
from accounts.services import consents, people
from contest.lib import clock
from contest.lib.text import tidy


class TextField(forms.CharField):
    """A JSON text; any other JSON value is refused, not written out as one."""

    def to_python(self, value):
        if value is not None and not isinstance(value, str):
            raise forms.ValidationError(_("Cần một chuỗi ký tự."), code="invalid")
        return tidy(super().to_python(value))


class DayField(BirthDateField):
    """A birth date as a JSON text ``yyyy-mm-dd``."""

    def to_python(self, value):
        if value is not None and not isinstance(value, str):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class AppSignupForm(forms.Form):
    """The base that allauth gives its own sign-up fields to."""

    full_name = TextField(max_length=120, required=False)
    birth_date = DayField(input_formats=["%Y-%m-%d"], required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for purpose in Consent.Purpose:
            self.fields[f"consent_{purpose}"] = forms.BooleanField(required=False)

    def signup(self, request, user):
        """Called by allauth once the account is there."""
        data = self.cleaned_data
        if not data["full_name"]:
            return
        person = people.known_as(
            user, full_name=data["full_name"], birth_date=data["birth_date"]
        )
        agreed = [p for p in Consent.Purpose if data[f"consent_{p}"]]
        consents.give(person, agreed, now=clock.now(), channel="app")
