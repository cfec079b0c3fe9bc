"""
The demo's seven accounts: two who take part, five who work; one pass phrase for all.

What each may do follows from the roles. Their names say that they are invented.
Nothing here runs outside the demo: the command that calls it refuses every other mode.
"""

from datetime import date, timedelta

from accounts.models import Consent, Person, Unit, User
from accounts.services import consents
from leaderboards.services.simulated_people import PREFIX
from quizzes.models import Entrant, Role

PASS_PHRASE = "demo-only"  # noqa: S105 - shown on the log-in page, for the demo alone.
INVENTED = "(tên hư cấu)"
NAMES = {
    "official": "Trần Thị Ví Dụ",
    "citizen": "Lê Văn Ví Dụ",
    "liaison": "Phạm Thị Thử Nghiệm",
    "organiser": "Hoàng Văn Thử Nghiệm",
    "publisher": "Đặng Thị Mô Phỏng",
    "leader": "Võ Văn Mô Phỏng",
    "auditor": "Hồ Thị Làm Mẫu",
}
# Audience, unit and ref in the model: the first of a unit takes part in every round.
PARTICIPANTS = {
    "official": ("can-bo", "so-tu-phap", "so-tu-phap:1"),
    "citizen": ("cong-dan", "phuong-vy-da", "cong-dan:1"),
}
BIRTH_DATES = {"official": date(1987, 4, 12), "citizen": date(1995, 9, 3)}
STAFF = ("organiser", "publisher", "auditor")
WORKERS = ("organiser", "publisher", "leader", "auditor")
REGISTERED_BEFORE = timedelta(days=1)


def refs():
    """The refs of the accounts that take part."""
    return {ref for _audience, _unit, ref in PARTICIPANTS.values()}


def make_accounts(*, now):
    """Create the seven accounts; return them by user name."""
    users = {name: _account(name) for name in NAMES}
    for name, (_audience, unit, _ref) in PARTICIPANTS.items():
        person = Person.named(
            users[name].first_name,
            user=users[name],
            birth_date=BIRTH_DATES[name],
            unit=Unit.objects.get(code=unit),
        )
        person.save()
        consents.give(person, list(Consent.Purpose), now=now, channel="demo")
    return users


def enter(contest, users):
    """Enter the two participants in ``contest`` and give the others their roles."""
    before = contest.rounds.earliest("opens_at").opens_at - REGISTERED_BEFORE
    for name, (audience, unit, ref) in PARTICIPANTS.items():
        Entrant.objects.create(
            contest=contest,
            person=users[name].person,
            audience=contest.audiences.get(code=audience),
            unit=Unit.objects.get(code=unit),
            external_ref=f"{PREFIX}{ref}",
            registered_at=before,
        )
    for name in WORKERS:
        Role.objects.create(contest=contest, user=users[name], kind=name)
    Role.objects.create(
        contest=contest,
        user=users["liaison"],
        kind=Role.Kind.LIAISON,
        unit=Unit.objects.get(code=PARTICIPANTS["official"][1]),
    )


def _account(name):
    return User.objects.create_user(
        username=name,
        password=PASS_PHRASE,
        first_name=f"{NAMES[name]} {INVENTED}",
        is_staff=name in STAFF,
    )
