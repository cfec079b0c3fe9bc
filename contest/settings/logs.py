"""
Logs: one line an event on standard error, JSON in production.

No log line names a person: no user, address, query string or body is ever written.
"""

from contest.settings.environment import PRODUCTION, text

__all__ = ["LOGGING"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "contest.lib.logs.JsonFormatter"},
        "plain": {"format": "%(levelname)s %(name)s %(message)s"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json" if PRODUCTION else "plain",
        },
    },
    "root": {"handlers": ["stderr"], "level": text("LOG_LEVEL", "WARNING").upper()},
    "loggers": {
        # Django's own handlers mail the admins and repeat the line.
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # A refused request is an answer, not an event.
        "django.request": {"level": "ERROR"},
    },
}
