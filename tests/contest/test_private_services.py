import os
import subprocess
import sys
import time

import psycopg2
import pytest

from contest.lib import private_services
from contest.lib.private_services import Postgres, Unavailable, Valkey


def shown(url, setting):
    connection = psycopg2.connect(url)
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SHOW {setting}")
            return cursor.fetchone()[0]
    finally:
        connection.close()


@pytest.mark.parametrize(("durable", "value"), [(True, "on"), (False, "off")])
def test_durability_is_as_asked(durable, value):
    postgres = Postgres(durable=durable).start()

    values = [shown(postgres.url, setting) for setting in private_services.QUICK]

    postgres.stop()
    assert values == [value] * 3


def test_a_stopped_service_leaves_no_folder():
    valkey = Valkey().start()
    folder = valkey.folder
    assert folder.exists()

    valkey.stop()

    assert not folder.exists()


def test_nothing_listens_on_a_port():
    postgres = Postgres().start()

    addresses = shown(postgres.url, "listen_addresses")

    postgres.stop()
    assert addresses == ""


def test_a_killed_owner_takes_its_service_along_and_the_next_sweeps_its_folder():
    program = (
        "from contest.lib.private_services import Valkey; import time;"
        "v = Valkey().start(); print(v.process.pid, v.folder, flush=True);"
        "time.sleep(300)"
    )
    owner = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True
    )
    pid, folder = owner.stdout.readline().split()

    owner.kill()
    owner.communicate()

    end = time.monotonic() + 10
    while is_running(int(pid)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not is_running(int(pid))
    private_services.sweep()
    assert not os.path.exists(folder)


def is_running(pid):
    """A zombie that nobody has waited for has ended all the same."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_machine_without_the_programs_is_told_so(monkeypatch):
    monkeypatch.setattr(Postgres, "programs", lambda self: [])

    with pytest.raises(Unavailable, match="no program of PostgreSQL was found"):
        Postgres().start()


def test_a_program_that_does_not_work_is_passed_over(monkeypatch, tmp_path):
    broken = tmp_path / "valkey-server"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    programs = [broken, *private_services.valkey_programs()]
    monkeypatch.setattr(Valkey, "programs", lambda self: programs)

    valkey = Valkey().start()

    assert valkey.is_ready()
    valkey.stop()
