import pytest
from django.db import OperationalError, connection, connections

from contest.lib.postgresql.base import PAUSE_S

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    """A connection of its own, kept between requests as the web processes keep one."""
    kept = connections.create_connection("default")
    kept.settings_dict = kept.settings_dict | {"CONN_HEALTH_CHECKS": True}
    ask(kept)
    yield kept
    kept.close()


def ask(kept):
    """Begin a request, as Django does, and read something in it."""
    kept.close_if_unusable_or_obsolete()
    with kept.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def end(pid):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 2000)", [pid])


def test_a_connection_that_died_in_a_pause_is_replaced_unseen(kept):
    pid = ask(kept)
    end(pid)
    kept.used_at -= PAUSE_S

    assert ask(kept) != pid


def test_a_connection_that_dies_in_use_fails_one_request(kept):
    end(ask(kept))

    with pytest.raises(OperationalError):
        ask(kept)

    assert ask(kept)


@pytest.mark.parametrize(("pause", "asked"), [(0, 0), (PAUSE_S, 1)])
def test_only_after_a_pause_is_the_connection_tried_first(kept, pause, asked):
    tries = []
    kept.is_usable = lambda: not tries.append("SELECT 1")

    kept.used_at -= pause
    ask(kept)

    assert len(tries) == asked
