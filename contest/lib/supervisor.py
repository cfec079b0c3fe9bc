"""
Several programs that live and end together.

Each runs in a process group of its own, so that Ctrl-C reaches only the supervisor
and whatever a program started ends with it. If one ends, all end. If the supervisor
is killed, the keeper, a process beside it, ends the rest.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass

from contest.lib import keeper

LOOK_EVERY_S = 0.3
PATIENCE_S = 10


@dataclass(frozen=True)
class Part:
    """
    One supervised program.

    ``stop`` is given for what the others stand on: it is called after they ended.
    """

    name: str
    process: subprocess.Popen
    stop: Callable | None = None

    @property
    def group(self):
        return self.process.pid


class Supervisor:
    """
    ``start`` programs, ``watch`` them, ``end`` them; also a context manager.

    ``folder`` is the programs' working directory.
    """

    def __init__(self, folder):
        self.folder = folder
        self.parts = []
        self.told_to_stop = threading.Event()

    def __enter__(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.told_to_stop.set())
        command = [sys.executable, "-m", keeper.__name__]
        self.keeper = self.spawn(command, dict(os.environ), stdin=subprocess.PIPE)
        return self

    def __exit__(self, *_):
        self.end()

    def start(self, name, command, environment):
        """Start a program with the environment's variables and watch it."""
        process = self.spawn(command, environment, stdin=subprocess.DEVNULL)
        return self.adopt(Part(name, process))

    def adopt(self, part):
        """Watch a program that leads a process group of its own."""
        self.parts.append(part)
        self.keeper.stdin.write(f"{part.group}\n".encode())
        self.keeper.stdin.flush()
        return part

    def spawn(self, command, environment, stdin):
        return subprocess.Popen(
            [str(word) for word in command],
            cwd=self.folder,
            env=environment,
            stdin=stdin,
            start_new_session=True,
        )

    def ended(self):
        """Return the name of a part that ended by itself, or None."""
        if self.keeper.poll() is not None:
            return "keeper"
        dead = (part.name for part in self.parts if part.process.poll() is not None)
        return next(dead, None)

    def watch(self):
        """Wait until told to stop (None) or a part ends (its name)."""
        while not self.told_to_stop.wait(LOOK_EVERY_S):
            name = self.ended()
            if name:
                return name
        return None

    def end(self):
        """End every part with all its children; what others stand on ends last."""
        tenants = [part for part in self.parts if part.stop is None]
        for part in tenants:
            if part.process.poll() is None:
                part.process.terminate()
        for part in tenants:
            wait(part.process)
        keeper.end([part.group for part in tenants], patience_s=1)
        for part in self.parts:
            if part.stop:
                part.stop()
        if self.keeper.poll() is None:
            self.keeper.communicate(b"done\n")


def wait(process):
    try:
        process.wait(PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
