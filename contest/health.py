"""
What must work for the portal to do its work, each looked at for real.

The database must take a write and give it back, and its clock must agree with this
host's. Redis may be away: it is reported, and nothing waits for it.
"""

import socket
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.db.models import Min

from contest.lib import clock
from quizzes.models import Attempt

PROBE = "health:probe"


def readiness(now):
    """
    Return the lamps as ``{ready, database, clock_offset_s, cache, queue, ...}``.

    ``database``, ``cache`` and ``queue`` are "ok", "away" or "none" (not configured).
    ``unsealed_s`` and ``unscored_s`` are the ages of the oldest attempts that the
    worker still has to close and to score, 0 when none waits; they and
    ``clock_offset_s`` are null when the database is away. ``ready`` needs the
    database and a clock within half a second of it.
    """
    report = {"database": "away", "clock_offset_s": None}
    report |= {"unsealed_s": None, "unscored_s": None}
    try:
        write_and_read(now)
        report |= {"database": "ok", "clock_offset_s": round(clock.measure_offset(), 3)}
        report |= backlog(now)
    except DatabaseError:
        pass  # The lamp says it.
    offset = report["clock_offset_s"]
    ready = offset is not None and abs(offset) <= clock.TOLERATED_S
    return {"ready": ready, **report, "cache": cache_lamp(), "queue": queue_lamp()}


def write_and_read(now):
    """Write a row, read it back, and leave nothing behind."""
    with transaction.atomic():
        row = {"session_data": "", "expire_date": now + timedelta(minutes=1)}
        Session.objects.update_or_create(session_key=PROBE, defaults=row)
        Session.objects.get(session_key=PROBE)
        transaction.set_rollback(True)


def backlog(now):
    unscored = Attempt.objects.submitted().made_here().filter(scored_with=None)
    return {
        "unsealed_s": age(Attempt.objects.overdue(now), "accepts_until", now),
        "unscored_s": age(unscored, "submitted_at", now),
    }


def age(rows, column, now):
    """Return the whole seconds since the oldest of ``rows``, 0 for none."""
    oldest = rows.aggregate(oldest=Min(column))["oldest"]
    return int((now - oldest).total_seconds()) if oldest else 0


def cache_lamp():
    if "LocMem" in settings.CACHES["default"]["BACKEND"]:
        return "none"
    cache.set(PROBE, "1", 30)
    return "ok" if cache.get(PROBE) == "1" else "away"


def queue_lamp():
    """Knock at the queue's Redis: a short connection, no message."""
    url = urlsplit(settings.CELERY_BROKER_URL)
    if not url.scheme.startswith("redis"):
        return "none"
    if url.scheme.endswith("socket"):
        family, address = socket.AF_UNIX, url.path
    else:
        family, address = socket.AF_INET, (url.hostname, url.port or 6379)
    with socket.socket(family, socket.SOCK_STREAM) as knock:
        knock.settimeout(0.5)
        return "away" if knock.connect_ex(address) else "ok"
