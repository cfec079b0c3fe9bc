"""The promises that the repository makes about itself, checked with its own tools."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).parent.parent
INHERITED = ("HOME", "LANG", "PATH")


def run(*command, **variables):
    """Run a command in the project with these variables and none of the test's own."""
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**inherited, **variables},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def manage(*words, **variables):
    return run(sys.executable, "manage.py", *words, **variables)


def example():
    """The variables of ``.env.example``, as a shell would read them."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    pairs = (line.split("=", 1) for line in lines if line and line[0] != "#")
    return {name: value.strip('"') for name, value in pairs}


@pytest.mark.parametrize("words", [("check",), ("format", "--check")])
def test_ruff_has_nothing_to_say(words):
    done = run(sys.executable, "-m", "ruff", *words, ".")

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.django_db
def test_every_migration_is_written():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def test_the_deployment_checks_pass_with_the_example_environment():
    words = ("check", "--deploy", "--fail-level", "WARNING")

    done = manage(*words, **example())

    assert done.returncode == 0, done.stderr


def test_the_web_process_does_not_start_with_the_keys_of_the_example():
    done = run(sys.executable, "-c", "import contest.wsgi", **IN_PRODUCTION)

    assert "A key is the example's" in done.stderr


IN_PRODUCTION = {**example(), "DJANGO_SETTINGS_MODULE": "contest.settings"}


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"MODE": "production"}, "MODE=production needs DATABASE_URL"),
        ({**example(), "SECRET_KEY": ""}, "MODE=production needs SECRET_KEY"),
        ({**example(), "FIELD_KEYS": ""}, "MODE=production needs FIELD_KEYS"),
        ({**example(), "DATABASE_URL": "sqlite:///x"}, "Production runs on PostgreSQL"),
        ({**example(), "DATA": "var/demo"}, "DATA and DATABASE_URL are both set"),
        ({"MODE": "demo", "DATABASE_URL": "postgres://x/y"}, "MODE=demo runs on its"),
        ({"MODE": "debug"}, "write one of demo, production, test"),
    ],
)
def test_settings_that_do_not_fit_together_are_refused_in_one_line(variables, sentence):
    done = manage("check", **variables)

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert sentence in done.stderr


def test_a_folder_with_other_files_is_no_place_for_a_demo(tmp_path):
    (tmp_path / "thesis.txt").touch()

    done = manage("check", DATA=str(tmp_path))

    assert "holds other files" in done.stderr


def test_the_demo_does_not_run_in_production():
    done = manage("demo", **example())

    assert done.returncode == 1
    assert "The demo does not run with MODE=production" in done.stderr


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"FIELD_KEYS": example()["SECRET_KEY"]}, "contest.E001"),
        ({"CACHE_URL": ""}, "contest.E002"),
        ({"QUEUE_URL": ""}, "contest.E003"),
        ({"CACHE_URL": example()["QUEUE_URL"]}, "contest.E004"),
    ],
)
def test_the_deployment_checks_see_what_is_missing(change, code):
    done = manage("check", "--deploy", "--tag", "security", **example() | change)

    assert done.returncode == 1
    assert code in done.stderr
