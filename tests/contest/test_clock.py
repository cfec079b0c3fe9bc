import threading
import time
from datetime import UTC, datetime

import psycopg2
import pytest
from django.db import connection

from contest.lib import clock
from contest.lib.clock import Clock


def seconds_from_host(moment):
    return (moment - datetime.now(UTC)).total_seconds()


def test_the_clock_reads_the_databases_time_in_utc():
    ahead = Clock(lambda: 120.0, every_s=30)

    moment = ahead.now()

    assert moment.tzinfo is UTC
    assert seconds_from_host(moment) == pytest.approx(120, abs=0.1)


def test_the_offset_is_measured_once_within_its_time():
    measured = []
    once = Clock(lambda: measured.append(1) or 0.0, every_s=30)

    once.now()
    once.now()

    assert len(measured) == 1


def test_the_offset_is_measured_again_after_its_time():
    offsets = iter([0.0, 60.0])
    again = Clock(lambda: next(offsets), every_s=0.01)
    again.now()

    time.sleep(0.02)

    assert seconds_from_host(again.now()) == pytest.approx(60, abs=0.1)


def test_a_step_of_the_hosts_clock_is_corrected_at_once():
    offsets = iter([0.0, 60.0])
    stepped = Clock(lambda: next(offsets), every_s=3600)
    stepped.now()

    stepped.gap -= 60  # As if the host's clock had been set forward by a minute.

    assert seconds_from_host(stepped.now()) == pytest.approx(60, abs=0.1)


def test_a_lost_database_leaves_the_last_offset():
    def measure():
        if steady.offset is None:
            return 5.0
        raise psycopg2.OperationalError("gone")

    steady = Clock(measure, every_s=0)
    steady.now()

    assert seconds_from_host(steady.now()) == pytest.approx(5, abs=0.1)


def test_a_clock_that_was_never_measured_tells_no_time():
    def measure():
        raise psycopg2.OperationalError("gone")

    with pytest.raises(psycopg2.OperationalError):
        Clock(measure, every_s=30).now()


def test_other_threads_do_not_wait_for_a_measurement():
    measuring, go_on = threading.Event(), threading.Event()

    def measure():
        if slow.offset is not None:
            measuring.set()
            go_on.wait(10)
        return 0.0

    slow = Clock(measure, every_s=0)
    slow.now()
    thread = threading.Thread(target=slow.now)
    thread.start()
    measuring.wait(10)

    slow.now()

    assert thread.is_alive()
    go_on.set()
    thread.join()


@pytest.mark.django_db
def test_a_measurement_is_no_query_of_the_request(django_assert_num_queries):
    with django_assert_num_queries(0):
        offset = clock.measure_offset()

    assert abs(offset) < 0.5


@pytest.mark.django_db
def test_a_measurement_goes_on_inside_a_transaction():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")

    assert abs(clock.measure_offset()) < 0.5
