"""What this app holds of a person: account, name, unit, agreements, roster lines."""

from django.utils.translation import gettext_lazy as _

from accounts.services import privacy, signup


def profile_of(person):
    """The person's own row and account."""
    user = person.user
    return [
        {
            "full_name": person.full_name,
            "birth_date": person.birth_date and person.birth_date.isoformat(),
            "unit": person.unit and person.unit.name,
            "username": user and signup.chosen_name(user),
            "email": user and user.email,
            "phone": user and user.phone,
            "created_at": person.created_at.isoformat(),
        }
    ]


def consents_of(person):
    """Agreements, also those withdrawn."""
    return [
        {
            "purpose": consent.get_purpose_display(),
            "text_version": consent.text_version,
            "given_at": consent.given_at.isoformat(),
            "withdrawn_at": consent.withdrawn_at and consent.withdrawn_at.isoformat(),
        }
        for consent in person.consents.order_by("given_at")
    ]


def roster_lines_of(person):
    """Lines of units' rosters that were matched to the person."""
    return [
        {
            "unit": entry.roster.unit.name,
            "declared_on": entry.roster.declared_on.isoformat(),
            "employee_code": entry.employee_code,
            "category": entry.category,
        }
        for entry in person.roster_entries.select_related("roster__unit")
    ]


def register():
    """Called once when the app has loaded."""
    privacy.register("account", _("Tài khoản"), profile_of)
    privacy.register("consents", _("Sự đồng ý"), consents_of)
    privacy.register("rosters", _("Danh sách nhân sự"), roster_lines_of)
