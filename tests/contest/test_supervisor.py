"""Killing any part, or the supervisor itself, leaves no process behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

# Each part is a shell with a child of its own, as a server with its workers is.
PROGRAM = """
from contest.lib.supervisor import Supervisor
import os

with Supervisor("/") as supervisor:
    for name in ("web", "worker"):
        command = ["sh", "-c", "sleep 300 & sleep 300"]
        part = supervisor.start(name, command, dict(os.environ))
        print(name, part.group, flush=True)
    print("keeper", supervisor.keeper.pid, flush=True)
    print("ended", supervisor.watch(), flush=True)
"""
PROC = Path("/proc")


@pytest.fixture
def supervised(tmp_path):
    """A supervisor with two parts; a variable in their environment tells them."""
    sign = f"SUPERVISED_BY_TEST={tmp_path}"
    name, value = sign.split("=", 1)
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, name: value, "PYTHONPATH": os.getcwd()},
        stdout=subprocess.PIPE,
        text=True,
    )
    pids = dict(process.stdout.readline().split() for _ in range(3))
    pids = {part: int(pid) for part, pid in pids.items()}
    yield process, pids, sign
    process.kill()
    process.wait()
    process.stdout.close()


def processes_with(sign):
    """The living processes whose environment holds ``sign``."""
    return [entry.name for entry in PROC.glob("[0-9]*") if holds(entry, sign)]


def holds(entry, sign):
    try:
        return sign.encode() in (entry / "environ").read_bytes()
    except OSError:
        return False  # It ended, or belongs to somebody else.


def all_there(sign, count, within_s=15):
    """Whether ``count`` processes have come up; the parts start others in turn."""
    end = time.monotonic() + within_s
    while len(processes_with(sign)) < count and time.monotonic() < end:
        time.sleep(0.1)
    return len(processes_with(sign)) >= count


def gone(sign, within_s=15):
    end = time.monotonic() + within_s
    while processes_with(sign) and time.monotonic() < end:
        time.sleep(0.1)
    return not processes_with(sign)


@pytest.mark.parametrize("part", ["web", "worker", "keeper"])
def test_killing_one_part_ends_all(supervised, part):
    process, pids, sign = supervised

    os.kill(pids[part], signal.SIGKILL)

    assert process.stdout.readline() == f"ended {part}\n"
    assert gone(sign)


def test_killing_the_supervisor_ends_all(supervised):
    process, _, sign = supervised
    assert all_there(sign, 6)

    process.kill()

    assert gone(sign)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_one_signal_ends_all(supervised, number):
    process, _, sign = supervised

    process.send_signal(number)

    assert process.wait(15) == 0
    assert gone(sign)
