"""
Clock ticks: look for work in the rows, and do it until none waits.

Each may run late, twice, at the same time as another or never; the next tick does what
is left. ``wake_scorer`` makes the next look sooner and may fail without a trace.
"""

import logging
import threading
import time

from celery import shared_task
from kombu.exceptions import OperationalError

from contest.lib import clock
from quizzes.services import attempts, scoring

logger = logging.getLogger(__name__)

# Five hundred rows score at 9,500/s, a thousand at 12,500/s, on two busy cores.
BATCH = 1_000
# A wake-up that waited longer than this is no use: beat has looked in the meantime.
EXPIRES_S = 10
# In the last minute of a round hundreds submit in a second: one look serves them all.
APART_S = 0.5


@shared_task(ignore_result=True)
def seal_overdue():
    """Close attempts whose time is over, then have them scored."""
    closed = 0
    while count := attempts.seal_overdue(BATCH, clock.now()):
        closed += count
    if closed:
        score_submitted()


@shared_task(ignore_result=True)
def score_submitted():
    """Score until nothing waits. A late, lost or doubled run does no harm."""
    while scoring.score_batch(BATCH):
        pass


class Waker:
    """
    Sends one message for any number of calls, from a thread of its own.

    A request only sets a flag: a queue that is down or frozen holds up the thread and
    nobody else. Two messages are ``apart_s`` seconds apart, the first goes at once.
    The thread begins with the first call, after any fork.
    """

    def __init__(self, send, apart_s=APART_S):
        self.send = send
        self.apart_s = apart_s
        self.asked = threading.Event()
        self.lock = threading.Lock()
        self.thread = None

    def wake(self):
        self.asked.set()
        if self.thread is None:
            with self.lock:
                if self.thread is None:
                    self.thread = threading.Thread(target=self.run, daemon=True)
                    self.thread.start()

    def run(self):
        while True:
            self.asked.wait()
            self.asked.clear()
            try:
                self.send()
            except (OperationalError, OSError) as error:
                logger.warning("scorer not woken: %s", type(error).__name__)
            time.sleep(self.apart_s)


_waker = Waker(lambda: score_submitted.apply_async(expires=EXPIRES_S, retry=False))


def wake_scorer():
    """Ask a worker to score soon; returns at once whatever the queue does."""
    _waker.wake()
