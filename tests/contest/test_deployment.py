"""The files that put the portal into production agree with each other."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
PORTAL = ("migrate", "web", "worker", "beat")
READ_BY_SETTINGS = re.compile(r"\b(?:text|flag|number|words|secret)\(\s*\"([A-Z_]+)\"")


def given():
    lines = (ROOT / ".env.example").read_text().splitlines()
    return {line.split("=")[0] for line in lines if re.match("[A-Z_]+=", line)}


def test_every_variable_that_the_settings_read_is_given_or_described():
    sources = (ROOT / "contest" / "settings").glob("*.py")
    read = {
        name for path in sources for name in READ_BY_SETTINGS.findall(path.read_text())
    }
    described = (ROOT / "docs" / "operations.md").read_text()

    missing = {name for name in read - given() if f"`{name}`" not in described}

    assert read
    assert missing == set()


def test_every_variable_that_compose_demands_is_given():
    demanded = re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text())

    assert set(demanded) <= given()


@pytest.mark.parametrize("service", PORTAL)
def test_every_part_of_the_portal_has_one_image_and_one_environment(service):
    part = COMPOSE[service]

    assert (part["image"], part["env_file"]) == ("contest-portal", ".env")


def test_the_queue_keeps_its_messages_and_the_cache_may_forget():
    assert "--appendonly yes" in COMPOSE["redis-queue"]["command"]
    assert "noeviction" in COMPOSE["redis-queue"]["command"]
    assert "allkeys-lru" in COMPOSE["redis-cache"]["command"]


def test_the_addresses_of_the_example_are_services_of_compose():
    text = (ROOT / ".env.example").read_text()
    hosts = re.findall(r"_URL=\w+://(?:[^@\s]+@)?([\w-]+)", text)

    assert len(hosts) == 3
    assert set(hosts) <= set(COMPOSE)


def test_only_the_proxy_is_reached_from_outside():
    assert [name for name, part in COMPOSE.items() if "ports" in part] == ["proxy"]


def test_the_database_keeps_what_it_acknowledges():
    command = COMPOSE["postgres"]["command"]

    assert not re.search(
        r"(fsync|synchronous_commit|full_page_writes)\s*=\s*off", command
    )


def test_the_image_installs_no_tools_of_the_tests():
    recipe = (ROOT / "Dockerfile").read_text()
    pattern = re.search(r"sed '/(\^.+?)/,\$d'", recipe)[1]
    requirements = (ROOT / "requirements.txt").read_text()

    runtime = re.split(pattern, requirements, flags=re.MULTILINE)[0]

    assert "Django==" in runtime
    assert "pytest" not in runtime
