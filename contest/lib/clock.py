"""
The one clock: the host's, corrected by its offset to the database's.

Only the edge reads it, once per request, task or command; below the edge ``now`` is
an argument. The offset is measured on first use, again every ``CLOCK_MEASURE_S``
seconds, and at once when the host's clock was stepped.
"""

import logging
import threading
import time
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection

logger = logging.getLogger(__name__)

# Beyond this the health lamp is red: host and database disagree about the time.
TOLERATED_S = 0.5
STEP_S = 0.1


def now():
    """Return the moment as an aware UTC datetime, in the database's time."""
    return _clock.now()


def measure_offset():
    """
    Return the database's clock minus the host's, in seconds, half a round trip exact.

    SQLite has no clock of its own: 0. The driver's cursor is used, not Django's, so
    that a measurement is neither counted nor logged among the request's queries.
    """
    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        before = time.time()
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())::float8")
        theirs = cursor.fetchone()[0]
    return theirs - (before + time.time()) / 2


class Clock:
    """
    A clock that corrects itself; threads share one.

    ``measure`` returns an offset in seconds. While one thread measures, the others go
    on with the offset they have. A failed measurement keeps the last offset and is
    tried again at the next reading; before the first success the error is raised.
    """

    def __init__(self, measure, every_s):
        self.measure = measure
        self.every_s = every_s
        self.offset = None
        self.due = 0.0
        self.gap = 0.0
        self.lock = threading.Lock()

    def now(self):
        if self.is_due():
            self.correct()
        return datetime.now(UTC) + timedelta(seconds=self.offset)

    def is_due(self):
        stepped = abs(time.time() - time.monotonic() - self.gap) > STEP_S
        return self.offset is None or stepped or time.monotonic() >= self.due

    def correct(self):
        if not self.lock.acquire(blocking=self.offset is None):
            return
        try:
            if self.is_due():
                self.offset = self.measured()
                self.due = time.monotonic() + self.every_s
                self.gap = time.time() - time.monotonic()
        finally:
            self.lock.release()

    def measured(self):
        try:
            return self.measure()
        except connection.Database.Error as error:
            if self.offset is None:
                raise
            logger.warning("clock not measured against the database: %s", error)
            return self.offset


_clock = Clock(measure_offset, settings.CLOCK_MEASURE_S)
