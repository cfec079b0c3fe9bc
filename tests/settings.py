"""
Settings of the tests: a private PostgreSQL and Valkey, started before Django looks.

``TEST_DATABASE_URL`` and ``TEST_CACHE_URL`` name others on purpose; what happens to
listen on the usual ports is somebody else's and is never touched.
"""

import atexit
import os
import sys

from contest.lib.private_services import Postgres, Unavailable, Valkey


def started(service):
    """Start a service for this run, or end the run with one clear line."""
    try:
        service.start()
    except Unavailable as error:
        sys.exit(f"The tests need {service.name}: {error}")
    atexit.register(service.stop)
    return service


def provide():
    """Name the services in the environment, which child processes inherit."""
    for name in ("DATA", "DATABASE_URL", "CACHE_URL", "QUEUE_URL", "DEBUG"):
        os.environ.pop(name, None)
    os.environ["MODE"] = "test"
    if not os.environ.get("TEST_DATABASE_URL"):
        os.environ["TEST_DATABASE_URL"] = started(Postgres()).url
    if not os.environ.get("TEST_CACHE_URL"):
        valkey = started(Valkey())
        os.environ["TEST_CACHE_URL"] = valkey.url
        os.environ["TEST_QUEUE_URL"] = valkey.queue_url
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
    os.environ["CACHE_URL"] = os.environ["TEST_CACHE_URL"]
    os.environ["QUEUE_URL"] = os.environ["TEST_QUEUE_URL"]


provide()

from contest.settings import *  # noqa: E402, F403

# Argon2id is tested by its own test; everywhere else it would only cost time.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# A test reads what it has just written.
PUBLIC_KEPT_S = 0
# The database is on this host: a test never waits for a measurement of the clock.
CLOCK_MEASURE_S = float("inf")
