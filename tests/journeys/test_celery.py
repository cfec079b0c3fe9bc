"""
Real workers against a queue that is off, frozen, emptied, or delivers too often.

Rows say what is left to do, so whatever happens to messages and workers, every
submitted attempt is scored in the end, and the person who submits waits for nobody.
"""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from datetime import timedelta
from http.client import HTTPConnection

import pytest
from django.db import connections
from django.utils import timezone

from accounts.models import Person
from contest.lib.ports import HOST, answers
from contest.lib.private_services import Valkey
from quizzes.models import Attempt, Entrant
from quizzes.services import claims, scoring
from tests import factories as make
from tests.journeys.served import ROOT, free_port, variables, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

MINUTE = timedelta(minutes=1)


@pytest.fixture
def queue():
    """A queue of this test's own."""
    valkey = Valkey().start()
    yield valkey
    valkey.stop()


@pytest.fixture
def programs(tmp_path):
    """Start programs in sessions of their own; what is left at the end is killed."""
    started = []

    def start(*words, queue):
        environment = variables() | {"TEST_QUEUE_URL": queue}
        program = subprocess.Popen(
            [sys.executable, "-m", *words],
            cwd=ROOT,
            env=environment,
            stdout=2,
            start_new_session=True,
        )
        started.append(program)
        return program

    yield start
    for program in started:
        kill(program)


def kill(program):
    """End a program and all it started at once, as a power cut would."""
    if program.poll() is None:
        os.killpg(program.pid, signal.SIGKILL)
    program.wait(30)


@pytest.fixture
def worker(programs, queue, tmp_path):
    """Start workers; one of them may carry the beat."""

    def start(*more):
        words = ["celery", "-q", "-A", "contest", "worker", "-l", "ERROR", "-c", "1"]
        words += ["--without-gossip", "--without-mingle", *more]
        return programs(*words, queue=queue.queue_url)

    return start


def beat(folder):
    return ("-B", "-s", str(folder / "beat"))


def submitted_attempts(count):
    """Submitted attempts, each with its first item right."""
    pool = make.make_pool()
    people = Person.objects.bulk_create(
        Person.named(f"Người Thử {number}") for number in range(count)
    )
    entry = {"contest": pool.round.contest, "audience": pool.audience}
    entrants = Entrant.objects.bulk_create(
        Entrant(person=person, registered_at=make.NOON, **entry) for person in people
    )
    first = make.make_attempt(entrants[0], pool=pool)
    shared = {
        "round": pool.round,
        "audience": pool.audience,
        "pool": pool,
        "number": 1,
        "day": first.day,
        "state": "submitted",
        "closed_by": "time",
        "paper": first.paper,
        "item_count": 3,
        "responses": {"1": ["a"]},
        "started_at": first.started_at,
        "deadline": first.deadline,
        "accepts_until": first.accepts_until,
        "submitted_at": first.deadline,
        "duration_ms": 1_200_000,
    }
    first.delete()
    Attempt.objects.bulk_create(Attempt(entrant=e, **shared) for e in entrants)
    return pool


def scored():
    return Attempt.objects.filter(score=1000, correct_count=1, scored_with=1).count()


def send(task, times, queue):
    """Put messages into the queue, as if one request had been heard many times."""
    script = (
        "import django; django.setup(); from quizzes import tasks\n"
        f"for _ in range({times}): tasks.{task}.delay()"
    )
    environment = variables() | {"TEST_QUEUE_URL": queue.queue_url}
    subprocess.run(
        [sys.executable, "-c", script], env=environment, cwd=ROOT, check=True
    )


def test_messages_delivered_many_times_to_two_workers_score_each_attempt_once(
    worker, queue
):
    submitted_attempts(300)
    send("score_submitted", 20, queue)
    send("seal_overdue", 5, queue)

    worker()
    worker()

    wait_until(lambda: scored() == 300, "all are scored")
    assert scoring.waiting() == 0


def test_a_worker_killed_while_scoring_leaves_nothing_undone_for_the_next(
    worker, queue, tmp_path
):
    count = 12_000
    submitted_attempts(count)
    send("score_submitted", 1, queue)
    first = worker()
    while not scored():
        time.sleep(0.005)
    kill(first)

    done_by_the_first = scored()
    worker(*beat(tmp_path))

    assert 0 < done_by_the_first < count
    wait_until(lambda: scored() == count, "the next worker has scored the rest")


def test_a_queue_that_lost_everything_delays_the_work_and_loses_none(
    worker, queue, tmp_path
):
    worker(*beat(tmp_path))
    submitted_attempts(5)
    wait_until(lambda: scored() == 5, "the beat is at work")

    queue.process.kill()
    queue.process.wait()
    Attempt.objects.update(score=None, correct_count=None, scored_with=None)
    time.sleep(2)
    queue.socket.unlink(missing_ok=True)
    queue.launch(queue.programs()[0])

    wait_until(lambda: scored() == 5, "the worker came back to an empty queue")


def test_the_beat_alone_seals_and_scores_what_nobody_submitted(worker, tmp_path):
    now = timezone.now()
    for minutes in (30, 40, 50):
        make.make_attempt(
            started_at=now - 60 * MINUTE,
            deadline=now - minutes * MINUTE,
            responses={"1": ["a"]},
        )

    worker(*beat(tmp_path))

    wait_until(lambda: scored() == 3, "all are sealed and scored")
    assert set(Attempt.objects.values_list("closed_by", flat=True)) == {"time"}


@contextmanager
def off(queue):
    yield "redis+socket:///nowhere/valkey.sock?virtual_host=1"


@contextmanager
def frozen(queue):
    queue.process.send_signal(signal.SIGSTOP)
    try:
        yield queue.queue_url
    finally:
        queue.process.send_signal(signal.SIGCONT)


@pytest.mark.parametrize("state", [off, frozen])
def test_submitting_waits_for_no_queue(programs, queue, worker, tmp_path, state):
    now = timezone.now()
    mine = [
        make.make_attempt(started_at=now, deadline=now + 20 * MINUTE) for _ in range(5)
    ]
    port = free_port()
    with state(queue) as url:
        web = ["granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)]
        programs(*web, "--workers", "1", "contest.wsgi:application", queue=url)
        wait_until(lambda: answers(port), "the web server answers")
        with closing(HTTPConnection(HOST, port, timeout=30)) as connection:
            times = [submit(connection, attempt) for attempt in mine]
        assert scored() == 0

    # Two seconds is what publishing itself would have waited for a frozen queue.
    assert max(times[1:]) < 1
    worker(*beat(tmp_path))
    wait_until(lambda: scored() == 5, "the beat has them scored")


def submit(connection, attempt):
    """Submit with the first item right; return how long that took, in seconds."""
    body = json.dumps({"seq": 1, "responses": {"1": ["a"]}, "prediction": None})
    token = {"X-Attempt-Token": claims.token_of(attempt)}
    start = time.monotonic()
    path = f"/api/v1/attempts/{attempt.uuid}/submit/"
    connection.request("POST", path, body, token)
    answer = connection.getresponse()
    assert json.load(answer)["answered"] == 1
    return time.monotonic() - start


def test_a_worker_keeps_its_connection_from_task_to_task(worker, queue):
    """Otherwise each task costs a new one, and five times the time."""
    worker()
    backends = set()
    for _ in range(5):
        submitted_attempts(1)
        Attempt.objects.update(scored_with=None, score=None, correct_count=None)
        send("score_submitted", 1, queue)
        wait_until(lambda: scoring.waiting() == 0, "it is scored")
        backends |= backends_of_others()

    assert len(backends) == 1


def backends_of_others():
    """Process numbers of the database's other clients on this database."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return {pid for (pid,) in cursor.fetchall()}
