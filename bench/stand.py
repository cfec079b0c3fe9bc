"""The stand: private services, the portal and the bare app, all on this host."""

import json
import os
import secrets
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg2

from contest.lib import ports
from contest.lib.private_services import QUICK, Postgres, Valkey
from contest.lib.supervisor import Supervisor

ROOT = Path(__file__).parent.parent
# Both web servers run alike; more threads than cores, because requests wait for rows.
WORKERS = 2
THREADS = 4
START_LIMIT_S = 60


class Stand:
    """Everything that runs: ``portal`` and ``ceiling`` are ports, ``groups`` pids."""

    def __init__(self, postgres, valkey, supervisor):
        self.postgres, self.valkey, self.supervisor = postgres, valkey, supervisor
        self.groups = {"database": postgres.process.pid, "redis": valkey.process.pid}
        self.facts = None
        self.portal = self.ceiling = None

    def database(self, name):
        """Create a database and return its address."""
        connection = psycopg2.connect(self.postgres.url)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        connection.close()
        return self.postgres.url.replace("/postgres?", f"/{name}?")

    def portal_environment(self, database):
        """Production's own settings, without TLS, which nobody ends here."""
        return {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "bench.product.settings",
            "MODE": "production",
            "HTTPS": "0",
            "ALLOWED_HOSTS": ports.HOST,
            "DATABASE_URL": database,
            "CACHE_URL": self.valkey.url,
            "QUEUE_URL": self.valkey.queue_url,
            "MEDIA_ROOT": str(self.valkey.folder / "files"),
            "SECRET_KEY": secrets.token_urlsafe(48),
            "FIELD_KEYS": secrets.token_urlsafe(48),
            "BLIND_INDEX_KEY": secrets.token_urlsafe(48),
        }

    def start_portal(self):
        environment = self.portal_environment(self.database("portal"))
        self.facts = json.loads(run("bench.product.prepare", environment))
        self.portal = self.serve("portal", "contest.wsgi", environment)
        celery = [sys.executable, "-m", "celery", "-q", "-A", "contest"]
        worker = [*celery, "worker", "-c", "1", "--loglevel", "ERROR"]
        beat = [*celery, "beat", "--pidfile", "", "--loglevel", "ERROR"]
        beat += ["--schedule", str(self.valkey.folder / "beat")]
        for name, command in (("worker", worker), ("beat", beat)):
            part = self.supervisor.start(name, command, environment)
            self.groups[name] = part.group

    def start_ceiling(self):
        environment = {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "bench.ceiling.settings",
            "MODE": "test",
            "DATABASE_URL": self.postgres.url,
            "CEILING_URL": self.database("ceiling"),
            "CACHE_URL": self.valkey.url,
        }
        run("bench.ceiling.prepare", environment)
        self.ceiling = self.serve("ceiling", "bench.ceiling.wsgi", environment)
        scorer = [sys.executable, "-m", "bench.ceiling.scorer"]
        self.groups["scorer"] = self.supervisor.start(
            "scorer", scorer, environment
        ).group

    def serve(self, name, module, environment):
        """Start granian on a free port, wait until it answers, and return the port."""
        port = next(p for p in range(8800, 9000) if ports.fault_of(p) is None)
        command = [sys.executable, "-m", "granian", "--interface", "wsgi"]
        command += ["--host", ports.HOST, "--port", port, "--log-level", "error"]
        command += ["--workers", WORKERS, "--blocking-threads", THREADS]
        command += [f"{module}:application"]
        part = self.supervisor.start(name, command, environment)
        self.groups[name] = part.group
        end = time.monotonic() + START_LIMIT_S
        while not ports.answers(port):
            if self.supervisor.ended() or time.monotonic() > end:
                raise RuntimeError(f"{name} does not answer on port {port}")
            time.sleep(0.1)
        return port

    def stored(self, uuids):
        """Return ``{uuid: (state, seq, responses)}`` of attempts from the database."""
        url = self.postgres.url.replace("/postgres?", "/portal?")
        connection = psycopg2.connect(url)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT uuid::text, state, seq, responses FROM quizzes_attempt "
                "WHERE uuid::text = ANY(%s)",
                [list(uuids)],
            )
            rows = cursor.fetchall()
        connection.close()
        return {row[0]: row[1:] for row in rows}


def run(module, environment):
    """Run one of our programs to its end and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", module],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def batches(stand, name, **variables):
    """Run ``bench.product.NAME`` on a database of its own; return what it measured."""
    environment = stand.portal_environment(stand.database(name))
    return json.loads(run(f"bench.product.{name}", {**environment, **variables}))


def durability(postgres):
    """Return what SHOW says of the settings that keep commits; all must be on."""
    connection = psycopg2.connect(postgres.url)
    shown = {}
    with connection.cursor() as cursor:
        for setting in (*QUICK, "server_version"):
            cursor.execute(f"SHOW {setting}")
            shown[setting] = cursor.fetchone()[0]
    connection.close()
    if any(shown[setting] != "on" for setting in QUICK):
        raise RuntimeError(f"the database is not durable: {shown}")
    return shown


@contextmanager
def standing():
    """Start the services; whatever happens, nothing is left running."""
    postgres = Postgres(durable=True, connections=200).start()
    valkey = Valkey().start()
    try:
        with Supervisor(ROOT) as supervisor:
            yield Stand(postgres, valkey, supervisor)
    finally:
        valkey.stop()
        postgres.stop()
