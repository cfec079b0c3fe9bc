"""Database, cache, sessions and uploaded files."""

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from contest.settings.environment import DATA, DEMO, PRODUCTION, ROOT, text

__all__ = [
    "CACHES",
    "CLOCK_MEASURE_S",
    "DATABASES",
    "DATA_UPLOAD_MAX_MEMORY_SIZE",
    "DATA_UPLOAD_MAX_NUMBER_FIELDS",
    "DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS",
    "FILE_UPLOAD_MAX_MEMORY_SIZE",
    "MEDIA_ROOT",
    "SESSION_ENGINE",
]

PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=134217728;"
    "PRAGMA cache_size=-32000;PRAGMA temp_store=MEMORY;"
)


def sqlite(path):
    """IMMEDIATE takes the write lock at the start, so no transaction fails half-way."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": PRAGMAS,
        },
    }


def server(url):
    database = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    if database["ENGINE"] == "django.db.backends.postgresql":
        return database | {"ENGINE": "contest.lib.postgresql"}
    if PRODUCTION:
        raise ImproperlyConfigured(
            "Production runs on PostgreSQL: DATABASE_URL=postgres://..."
        )
    return database


def cache(url):
    """Redis may vanish: a lost cache is a miss, and no request waits long for it."""
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    return {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": url,
        "OPTIONS": {
            "IGNORE_EXCEPTIONS": True,
            "SOCKET_CONNECT_TIMEOUT": 0.5,
            "SOCKET_TIMEOUT": 0.5,
        },
    }


DATABASES = {
    "default": sqlite(DATA / "db.sqlite3") if DEMO else server(text("DATABASE_URL"))
}
CACHES = {"default": cache(text("CACHE_URL"))}
DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True
# Sessions survive a lost Redis only in the database (cached_db fails to save them).
SESSION_ENGINE = "contest.lib.sessions"
# Seconds between two measurements of the host's clock against the database's.
CLOCK_MEASURE_S = 30

MEDIA_ROOT = text("MEDIA_ROOT") or (DATA / "files" if DEMO else ROOT / "var" / "files")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
