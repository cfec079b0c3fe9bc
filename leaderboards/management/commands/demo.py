"""
From nothing to a running portal: prepare, load once, then keep its programs running.

A second run keeps the data and starts in seconds. Nothing listens on the port before
the data are loaded.
"""

import fcntl
import json
import os
import shutil
import signal
import sys
from decimal import Decimal, InvalidOperation
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections

from contest.lib import clock, ports
from contest.lib.private_services import LIBC, PR_SET_PDEATHSIG, Unavailable, Valkey
from contest.lib.supervisor import Part, Supervisor
from leaderboards.services import demo

PORTS_TRIED = 50
ANSWER_LIMIT_S = 60
# What a fresh start leaves: the marker of the folder, its lock, and the secret keys.
KEPT = {".contest-demo", "keys", "lock"}


class Command(BaseCommand):
    help = "Run the whole portal on SQLite with simulated contests."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--port", type=port_number, default=8000)
        parser.add_argument("--scale", type=scale_factor, default=Decimal("0.02"))
        parser.add_argument("--reset", action="store_true", help="start afresh")
        parser.add_argument(
            "--with-parent", action="store_true", help="end when the caller ends"
        )

    def handle(self, *, port, scale, reset, with_parent, **options):
        if not settings.DEMO:
            raise CommandError(
                f"The demo does not run with MODE={settings.MODE}: "
                "unset MODE and DATABASE_URL, and name a folder with DATA."
            )
        if with_parent:
            end_with_parent()
        with locked(settings.DATA / "lock"):
            try:
                self.prepare(scale, reset)
            except KeyboardInterrupt:
                raise CommandError("Interrupted; the next run begins again.") from None
            self.run_until_stopped(port)

    def prepare(self, scale, reset):
        """Bring the folder to a loaded, current state; half-loaded data begin again."""
        loading = settings.DATA / "loading"
        loaded = settings.DATA / "loaded.json"
        if reset or loading.exists():
            emptied(settings.DATA)
        fresh = not connection.introspection.table_names()
        if fresh:
            loading.touch()
        self.say("Preparing the database and the pages ...")
        call_command("compile_translations", stdout=StringIO())
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if fresh:
            self.load(scale, loaded)
            loading.unlink()
        else:
            self.say_what_is_kept(loaded, scale)
        connections.close_all()

    def load(self, scale, loaded):
        now = clock.now()
        self.say(f"Loading the simulated contests at scale {scale} ...")
        demo.load(scale=scale, now=now, progress=self.say)
        loaded.write_text(json.dumps({"scale": str(scale), "at": now.isoformat()}))

    def say_what_is_kept(self, loaded, scale):
        if not loaded.exists():
            self.say("The data here are not the demo's own and are kept as they are.")
            return
        facts = json.loads(loaded.read_text())
        self.say(f"The data of {facts['at'][:10]}, scale {facts['scale']}, are kept.")
        if Decimal(facts["scale"]) != scale:
            self.say(f"For scale {scale} run it once with RESET=1.")
        stale = demo.staleness(clock.now())
        if stale:
            self.say(f"{stale} For fresh dates run it once with RESET=1.")

    def run_until_stopped(self, port):
        with Supervisor(settings.BASE_DIR) as supervisor:
            environment = self.with_queue(supervisor)
            supervisor.start("worker", worker(), environment)
            supervisor.start("beat", beat(), environment)
            port = self.free_port(port)
            supervisor.start("web", web(port), environment)
            ended = self.announced(supervisor, port) or supervisor.watch()
            self.say(f"\n{ended} ended; stopping ..." if ended else "\nStopping ...")
        if ended:
            raise CommandError(f"{ended} ended by itself, so everything was stopped.")

    def with_queue(self, supervisor):
        """Start Valkey; return the environment that tells the others where it is."""
        environment = {**os.environ, "MODE": "demo", "DATA": str(settings.DATA)}
        try:
            valkey = Valkey().start()
        except Unavailable as error:
            self.say(f"No Valkey here ({error}): messages go through files instead.")
            (settings.DATA / "queue").mkdir(exist_ok=True)
            return {**environment, "QUEUE_URL": "filesystem://", "CACHE_URL": ""}
        supervisor.adopt(Part("valkey", valkey.process, valkey.stop))
        return {**environment, "QUEUE_URL": valkey.queue_url, "CACHE_URL": valkey.url}

    def free_port(self, wanted):
        last = min(wanted + PORTS_TRIED, 65536)
        for port in range(wanted, last):
            fault = ports.fault_of(port)
            if fault is None:
                return port
            self.say(f"Port {port} {fault}; trying the next one.")
        raise CommandError(f"No free port from {wanted} to {last - 1}: name a PORT.")

    def announced(self, supervisor, port):
        """Print the address once the portal answers; return a part that ended first."""
        for _ in range(ANSWER_LIMIT_S * 5):
            ended = supervisor.ended()
            if ended or supervisor.told_to_stop.wait(0.2):
                return ended
            if ports.answers(port):
                self.say(
                    f"\n  The portal answers on http://{ports.HOST}:{port}/\n"
                    f"  Its data lie in {settings.DATA}; Ctrl-C ends it.\n"
                )
                return None
        raise CommandError(f"The portal did not answer within {ANSWER_LIMIT_S} s.")

    def say(self, line):
        self.stdout.write(line)
        self.stdout.flush()


def celery(*words):
    """Without the banners, and without the warning that the demo may run as root."""
    python = [sys.executable, "-W", "ignore:You're running the worker", "-m"]
    return [*python, "celery", "-q", "-A", "contest", *words, "--loglevel", "WARNING"]


def worker():
    return celery("worker", "-c", "2", "--without-gossip", "--without-mingle")


def beat():
    return celery("beat", "--pidfile", "", "--schedule", settings.DATA / "beat")


def web(port):
    command = [sys.executable, "-m", "granian", "--interface", "wsgi"]
    command += ["--host", ports.HOST, "--port", port, "--log-level", "error"]
    command += ["--workers", "1", "--blocking-threads", "8"]
    return [*command, "contest.wsgi:application"]


def port_number(text):
    port = int(text)
    if not 1 <= port <= 65535:
        raise ValueError(text)
    return port


def scale_factor(text):
    """Return a decimal above 0 and up to 1."""
    try:
        scale = Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None
    if not 0 < scale <= 1:
        raise ValueError(text)
    return scale


def end_with_parent():
    """Stop in order when the process that started us (make) is killed."""
    parent = os.getppid()
    if sys.platform == "linux":
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        raise CommandError("The caller ended before the demo began.")


def locked(path):
    """Hold the folder for this process; the lock falls when the process ends."""
    lock = path.open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise CommandError(
            f"Another demo runs on {path.parent}: stop it, or name another DATA."
        ) from None
    return lock


def emptied(folder):
    """Remove everything of an earlier demo but its keys."""
    connections.close_all()
    for entry in folder.iterdir():
        if entry.name in KEPT:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
