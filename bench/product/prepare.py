"""Run as a program: an open round, people with sessions, and attempts held open."""

import json
import sys
from datetime import timedelta

import django

django.setup()

from allauth.account.auth_backends import AuthenticationBackend  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY  # noqa: E402
from django.contrib.auth import SESSION_KEY as USER_KEY  # noqa: E402
from django.contrib.auth.hashers import make_password  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.core.management import call_command  # noqa: E402

from accounts.models import Person, User  # noqa: E402
from contest.lib import clock  # noqa: E402
from quizzes.models import Entrant  # noqa: E402
from quizzes.services import attempts, claims  # noqa: E402
from tests import factories  # noqa: E402

PREFIX = "bench"
PASS_PHRASE = "demo-only"  # noqa: S105  Of invented people.
PEOPLE = 8000
HELD = 32


def open_round(now):
    """A round of fifteen items from a hundred, unlimited attempts, open for a day."""
    contest = factories.make_contest("bench")
    hours = {"opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(days=1)}
    round = factories.make_round(contest, **hours)
    audience = factories.make_audience(contest)
    blueprint = [{"topic": "chu-de", "difficulty": "easy", "count": 15}]
    rule = {"item_count": 15, "blueprint": blueprint, "attempt_limits": []}
    paper = factories.make_paper(round, audience, items=100, **rule)
    factories.make_pool(paper)
    return round, audience


def join(audience, now):
    """Make the people, their users and their entries; return users and entrants."""
    kept = make_password(PASS_PHRASE)
    users = User.objects.bulk_create(
        User(username=f"{PREFIX}{number}", password=kept) for number in range(PEOPLE)
    )
    people = Person.objects.bulk_create(
        Person.named(f"Người Thử {user.username}", user=user) for user in users
    )
    unit = factories.make_unit("bench")
    entry = {"contest": audience.contest, "audience": audience, "unit": unit}
    entrants = Entrant.objects.bulk_create(
        Entrant(person=person, registered_at=now, **entry) for person in people
    )
    return users, entrants


def sign_in(users, now):
    """Write one session a user, as a log-in would leave it; return their keys."""
    backend = f"{AuthenticationBackend.__module__}.{AuthenticationBackend.__qualname__}"
    store = SessionStore()
    sessions = [
        Session(
            session_key=store._get_new_session_key(),
            session_data=store.encode(
                {
                    USER_KEY: str(user.pk),
                    BACKEND_SESSION_KEY: backend,
                    HASH_SESSION_KEY: user.get_session_auth_hash(),
                }
            ),
            expire_date=now + timedelta(days=1),
        )
        for user in users
    ]
    Session.objects.bulk_create(sessions)
    return [session.session_key for session in sessions]


def hold(entrants, round, now):
    """Start attempts that only take saves; return their uuids and tokens."""
    started = (attempts.start(entrant, round, now).attempt for entrant in entrants)
    return [(str(attempt.uuid), claims.token_of(attempt)) for attempt in started]


def prepare():
    call_command("migrate", verbosity=0)
    now = clock.now()
    round, audience = open_round(now)
    users, entrants = join(audience, now)
    return {
        "contest": round.contest.slug,
        "round": str(round.uuid),
        "prefix": PREFIX,
        "pass_phrase": PASS_PHRASE,
        "sessions": sign_in(users[:-HELD], now),
        "held": hold(entrants[-HELD:], round, now),
    }


if __name__ == "__main__":
    json.dump(prepare(), sys.stdout)
