import threading
import time
from datetime import timedelta

import pytest
from kombu.exceptions import OperationalError

from quizzes import tasks
from quizzes.models import Attempt
from tests import factories as make
from tests.factories import NOON


@pytest.mark.django_db
def test_a_tick_seals_what_is_overdue_and_scores_it():
    for _ in range(3):
        make.make_attempt(deadline=NOON + timedelta(minutes=5))

    tasks.seal_overdue()

    rows = Attempt.objects.values_list("state", "closed_by", "scored_with")
    assert list(rows) == [("submitted", "time", 1)] * 3


def test_waking_asks_once_for_many_calls_and_survives_a_queue_that_is_down():
    sent, first, again = [], threading.Event(), threading.Event()

    def send():
        sent.append(1)
        first.set()
        if len(sent) == 1:
            raise OperationalError("no queue")
        again.set()

    waker = tasks.Waker(send)
    waker.wake()
    assert first.wait(10)
    waker.wake()

    assert again.wait(10)
    assert len(sent) == 2


def test_many_calls_in_a_moment_send_two_messages_at_most():
    sent = []
    waker = tasks.Waker(lambda: sent.append(1), apart_s=0.2)

    for _ in range(50):
        waker.wake()
        time.sleep(0.002)

    time.sleep(0.3)
    assert 1 <= len(sent) <= 2


def test_waking_returns_at_once_while_the_queue_is_frozen():
    frozen, begun = threading.Event(), threading.Event()

    def send():
        begun.set()
        frozen.wait(30)

    waker = tasks.Waker(send)
    waker.wake()
    assert begun.wait(10)
    for _ in range(100):
        waker.wake()

    assert waker.thread.is_alive()
    frozen.set()
