"""
What must work for the portal to do its work, each looked at for real.

The database must take a write and give it back, and its clock must agree with this
host's. Redis may be away: it is reported, and nothing waits for it.
"""

import socket
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction

from contest.lib import clock

PROBE = "health:probe"


def readiness():
    """
    Return ``{ready, database, clock_offset_s, cache, queue}``.

    ``database``, ``cache`` and ``queue`` are "ok", "away" or "none" (not configured);
    ``clock_offset_s`` is null when the database is away. ``ready`` needs the database
    and a clock within half a second of it.
    """
    try:
        write_and_read()
        offset = round(clock.measure_offset(), 3)
    except DatabaseError:
        offset = None
    return {
        "ready": offset is not None and abs(offset) <= clock.TOLERATED_S,
        "database": "away" if offset is None else "ok",
        "clock_offset_s": offset,
        "cache": cache_lamp(),
        "queue": queue_lamp(),
    }


def write_and_read():
    """Write a row into a table of this transaction and roll it back."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE health_probe (value integer)")
        cursor.execute("INSERT INTO health_probe VALUES (1)")
        cursor.execute("SELECT value FROM health_probe")
        cursor.fetchone()
        transaction.set_rollback(True)


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
