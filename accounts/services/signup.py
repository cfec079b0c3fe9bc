"""
Make an account and the person behind it.

One text names the account: a phone number, an e-mail address or a chosen name. It is
recognised by its shape, stored where allauth looks for it, and unique there.
"""

import re
import secrets

from allauth.account.models import EmailAddress
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, Unit, User
from accounts.rules.phones import e164
from accounts.services import consents
from contest.lib.moments import day_of
from contest.lib.refusals import Refused
from contest.lib.text import tidy


class Kind(models.TextChoices):
    """How somebody means to take part; the same codes as an audience's unit kind."""

    OFFICIAL = "unit", _("Cán bộ, công chức, viên chức, người lao động")
    CITIZEN = "commune", _("Người dân")


class LoginTaken(Refused):
    code = "login_taken"
    sentence = _("Tên này đã có tài khoản. Nếu là của bạn, hãy đăng nhập.")


class LoginUnclear(Refused):
    code = "login_unclear"
    sentence = _(
        "Ghi một số điện thoại (0912 345 678), một địa chỉ thư điện tử, hoặc một tên "
        "viết liền chỉ gồm chữ, số và các dấu . _ - +"
    )


def units_offered(*, now):
    """The units that exist today, in the order of their kinds and names."""
    return Unit.objects.in_force(day_of(now)).order_by("kind", "sort_name", "id")


def login_fields(login):
    """
    The columns of ``User`` that a typed login fills.

    Digits and phone signs make a phone, an @ an e-mail address, anything else must be
    a user name. Raise ``LoginUnclear``.
    """
    if re.fullmatch(r"[\d\s.\-()+]+", login):
        phone = e164(login)
        if phone is None:
            raise LoginUnclear
        return {"phone": phone, "username": f"p{secrets.token_hex(8)}"}
    try:
        if "@" in login:
            validate_email(login)
            return {"email": login.lower(), "username": f"e{secrets.token_hex(8)}"}
        UnicodeUsernameValidator()(login)
    except ValidationError:
        raise LoginUnclear from None
    return {"username": login}


def chosen_name(user):
    """The user name if its owner chose it; None where ``login_fields`` made it up."""
    return None if user.phone or user.email else user.username


def check_login(login):
    """Return ``login_fields(login)`` if it is free. Raise ``LoginTaken`` if not."""
    fields = login_fields(tidy(login))
    if is_taken(fields):
        raise LoginTaken
    return fields


def is_taken(fields):
    """Whether an account signs in by any of these already, whatever its case."""
    mine = models.Q(username__iexact=fields["username"])
    if "phone" in fields:
        mine |= models.Q(phone=fields["phone"])
    if "email" in fields:
        mine |= models.Q(email__iexact=fields["email"])
    return User.objects.filter(mine).exists()


def create_user(**fields):
    """Create the row; somebody who took the login a moment ago is a ``LoginTaken``."""
    try:
        with transaction.atomic():
            return User.objects.create_user(**fields)
    except IntegrityError:
        raise LoginTaken from None


@transaction.atomic
def register(*, login, password, full_name, birth_date, unit, purposes, now):
    """
    Make the account, the person and the consents; return the ``User``.

    ``purposes`` are codes of ``Consent.Purpose``. Raise ``LoginTaken`` or
    ``LoginUnclear``.
    """
    fields = check_login(login)
    name = tidy(full_name)
    user = create_user(password=password, first_name=name[:150], **fields)
    if user.email:
        EmailAddress.objects.create(user=user, email=user.email, primary=True)
    person = Person.named(name, user=user, birth_date=birth_date, unit=unit)
    person.save()
    consents.give(person, purposes, now=now)
    return user
