"""The person behind an account."""

from django.db import transaction

from accounts.models import Person


def of(user):
    """The account's person, or None."""
    return Person.objects.filter(user=user).first()


@transaction.atomic
def known_as(user, *, full_name=None, birth_date=None, unit=None):
    """
    The account's person; made from ``full_name`` where there is none yet.

    A birth date and a unit are filled in where none is known, never changed.
    """
    person = of(user)
    if person is None:
        person = Person.named(full_name, user=user, birth_date=birth_date, unit=unit)
        person.save()
        return person
    missing = {}
    if person.birth_date is None and birth_date is not None:
        missing["birth_date"] = birth_date
    if person.unit_id is None and unit is not None:
        missing["unit"] = unit
    if missing:
        Person.objects.filter(pk=person.pk).update(**missing)
        person.refresh_from_db()
    return person
