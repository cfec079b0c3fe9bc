"""Joining a contest: audience, unit, and what the age rule needs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.signup import BirthDateField, FullNameField, GroupedUnitField
from accounts.services import people, signup
from quizzes.models import Audience


class JoinForm(forms.Form):
    """``kind`` is how the reader signed up; it only chooses what is ticked first."""

    audience = forms.ModelChoiceField(
        label=_("Đối tượng"),
        queryset=Audience.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    unit = GroupedUnitField(
        label=_("Đơn vị công tác, hoặc xã, phường nơi ở"),
        help_text=_("Cán bộ chọn cơ quan mình; người dân chọn xã, phường đang ở."),
        required=False,
    )

    def __init__(self, *args, contest, user, kind, now, **kwargs):
        super().__init__(*args, **kwargs)
        self.now, self.user = now, user
        self.known = people.of(user)
        audiences = contest.audiences.all()
        self.fields["audience"].queryset = audiences
        self.fields["unit"].offer(signup.units_offered(now=now))
        kinds = {audience.unit_kind for audience in audiences}
        if kinds <= {Audience.UnitKind.NONE}:
            del self.fields["unit"]
        else:
            self.fields["unit"].required = Audience.UnitKind.NONE not in kinds
        self.set_first_choices(audiences, kind)
        self.ask_what_is_missing(audiences)

    def set_first_choices(self, audiences, kind):
        fitting = [a for a in audiences if a.unit_kind == kind] or list(audiences)[:1]
        if kind or len(audiences) == 1:
            self.initial["audience"] = fitting[0].pk if fitting else None
        if self.known is not None:
            self.initial["unit"] = self.known.unit_id

    def ask_what_is_missing(self, audiences):
        """Ask for name and birth date only where they are needed and not known."""
        if self.known is None:
            self.fields["full_name"] = FullNameField()
        has_age_rule = any(a.min_age or a.max_age for a in audiences)
        if has_age_rule and (self.known is None or self.known.birth_date is None):
            self.fields["birth_date"] = BirthDateField()

    def clean(self):
        data = super().clean()
        audience, unit = data.get("audience"), data.get("unit")
        if audience is None:
            return data
        if audience.unit_kind == Audience.UnitKind.NONE:
            data["unit"] = None
        elif unit is None and "unit" not in self.errors:
            self.add_error("unit", _("Chọn đơn vị của bạn trong danh sách."))
        elif audience.unit_kind == Audience.UnitKind.COMMUNE and not unit.is_commune:
            self.add_error("unit", _("Đối tượng này chọn xã hoặc phường nơi ở."))
        return data

    def person(self):
        """The reader's person, made or completed with what the form asked."""
        return people.known_as(
            self.user,
            full_name=self.cleaned_data.get("full_name"),
            birth_date=self.cleaned_data.get("birth_date"),
            unit=self.cleaned_data.get("unit"),
        )
