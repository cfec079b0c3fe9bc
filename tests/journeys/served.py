"""
The portal as it is served: granian and a Celery worker, on the tests' own database.

Programs of their own, so they see only what is committed: use ``transactional_db``.
"""

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection

from contest.lib.ports import HOST, answers

ROOT = Path(__file__).parent.parent.parent
LIMIT_S = 60


@contextmanager
def served():
    """Start web server and worker, give the port, end both whatever happens."""
    port = free_port()
    web = ["granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)]
    web += ["--workers", "1", "--blocking-threads", "2", "contest.wsgi:application"]
    worker = ["celery", "-q", "-A", "contest", "worker", "-P", "solo"]
    programs = [start(*web), start(*worker, "--loglevel", "ERROR")]
    try:
        wait_until(lambda: answers(port), "the web server answers")
        yield port
    finally:
        for program in programs:
            program.terminate()
        for program in programs:
            program.wait(LIMIT_S)


def start(*words):
    return subprocess.Popen(
        [sys.executable, "-m", *words], cwd=ROOT, env=variables(), stdout=2
    )


def variables():
    """The environment of a program that works on this run's test database."""
    url = urlsplit(os.environ["TEST_DATABASE_URL"])
    database = url._replace(path="/" + connection.settings_dict["NAME"]).geturl()
    names = {"DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_DATABASE_URL": database}
    return os.environ | names


def free_port():
    with socket.socket() as found:
        found.bind((HOST, 0))
        return found.getsockname()[1]


def wait_until(is_so, what):
    """Ask until it is so; after a minute fail with what was waited for."""
    until = time.monotonic() + LIMIT_S
    while not is_so():
        assert time.monotonic() < until, f"waited in vain until {what}"
        time.sleep(0.1)


class App:
    """A phone app: it speaks JSON, keeps a session token and no cookie."""

    def __init__(self, port):
        self.connection = HTTPConnection(HOST, port, timeout=LIMIT_S)
        self.token = None

    def call(self, method, path, data=None, expect=200, **headers):
        """Return the JSON of the answer, whose status must be ``expect``."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            sent["X-Session-Token"] = self.token
        body = None if data is None else json.dumps(data)
        if body is not None:
            sent["Content-Type"] = "application/json"
        self.connection.request(method, path, body, sent)
        answer = self.connection.getresponse()
        content = answer.read()
        assert answer.status == expect, (method, path, answer.status, content)
        assert answer.headers.get("Set-Cookie") is None
        return json.loads(content)

    def sign_up(self, **data):
        answer = self.call("POST", "/_allauth/app/v1/auth/signup", data)
        self.token = answer["meta"]["session_token"]
