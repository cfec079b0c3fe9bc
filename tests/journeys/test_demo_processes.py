"""The demo as a user meets it: a command, its programs, and their ends."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parent.parent.parent
SIGN = "DEMO_OF_TEST"
START_LIMIT_S = 60


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A migrated database that the demo did not load: it is kept, starts are quick."""
    folder = tmp_path_factory.mktemp("demo") / ("long" * 30)
    command("migrate", "--verbosity", "0", data=folder)
    return folder


def variables(data):
    inherited = {name: os.environ[name] for name in ("PATH", "HOME")}
    return {**inherited, "DATA": str(data), SIGN: str(data)}


def command(*words, data):
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=variables(data),
        capture_output=True,
        text=True,
        timeout=START_LIMIT_S,
        check=False,
    )


class Demo:
    """A running ``manage.py demo``; what it printed is in ``lines``."""

    def __init__(self, data, port):
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "demo", "--port", str(port)],
            cwd=ROOT,
            env=variables(data),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines = []
        self.sign = f"{SIGN}={data}".encode()
        while not (self.lines and "answers on" in self.lines[-1]):
            line = self.process.stdout.readline()
            assert line, "".join(self.lines)
            self.lines.append(line)
        self.port = int(re.search(r":(\d+)/", self.lines[-1])[1])
        # Valkey writes over its environment, so it is known by its parent instead.
        parent = self.process.pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text()
        self.children = {int(pid) for pid in children.split()}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        assert self.is_gone()

    def pids(self, word=""):
        """The living processes of this demo whose command line holds ``word``."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            pid = int(entry.name)
            try:
                signed = self.sign in (entry / "environ").read_bytes().split(b"\0")
                line = (entry / "cmdline").read_bytes().decode()
            except OSError:
                continue  # It ended, or belongs to somebody else.
            if (signed or pid in self.children) and line and word in line:
                found.append(pid)
        return sorted(found)

    def is_gone(self, within_s=25):
        end = time.monotonic() + within_s
        while self.pids() and time.monotonic() < end:
            time.sleep(0.2)
        return not self.pids()


@pytest.fixture
def demo(data):
    with Demo(data, free_port()) as running:
        yield running


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_one_signal_ends_a_demo_that_took_the_next_free_port(data):
    with socket.create_server(("127.0.0.1", free_port())) as taken:
        port = taken.getsockname()[1]
        with Demo(data, port) as demo:
            with urlopen(f"http://127.0.0.1:{demo.port}/healthz") as answer:
                assert answer.status == 200
            assert demo.port > port
            assert f"Port {port} is in use; trying the next one.\n" in demo.lines
            demo.process.send_signal(signal.SIGINT)
            assert demo.process.wait(30) == 0


def test_a_second_demo_on_the_same_data_is_refused(demo, data):
    second = command("demo", data=data)

    assert second.returncode == 1
    assert second.stderr.startswith("CommandError: Another demo runs on ")
    assert second.stderr.count("\n") == 1


def test_killing_the_supervisor_ends_every_program(demo):
    assert len(demo.pids()) >= 7

    demo.process.kill()

    assert demo.is_gone()


@pytest.mark.parametrize("program", ["granian", "worker", "beat", "valkey-server"])
def test_killing_a_program_ends_the_demo(demo, program):
    youngest = demo.pids(program)[-1 if program == "granian" else 0]

    os.kill(youngest, signal.SIGKILL)

    assert demo.process.wait(30) == 1
    assert demo.is_gone()
