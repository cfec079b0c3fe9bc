"""Run calls at the same moment, each in a thread with a connection of its own."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

PATIENCE_S = 60


def storm(*calls):
    """
    Begin all calls together; return their results in order.

    A call that raises gives its exception as its result, so that a test can count
    refusals and be surprised by anything else.
    """
    start = threading.Barrier(len(calls))

    def run(call):
        try:
            connection.ensure_connection()
            start.wait(PATIENCE_S)
            return call()
        except Exception as error:  # noqa: BLE001  The test judges what came out.
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls, timeout=PATIENCE_S))


def kinds(results):
    """The names of what came out, sorted: ``["Late", "Saved"]``."""
    return sorted(type(result).__name__ for result in results)
