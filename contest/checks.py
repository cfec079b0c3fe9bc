"""System checks of what production must not go without; the demo and tests pass."""

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import connections

DURABLE = ("fsync", "synchronous_commit", "full_page_writes")


@register(Tags.security, deploy=True)
def keys_are_three(app_configs, **kwargs):
    """One leaked key must not open what another protects."""
    keys = [settings.SECRET_KEY, settings.BLIND_INDEX_KEY, *settings.FIELD_KEYS]
    if not settings.PRODUCTION or (len(set(keys)) == len(keys) and all(keys)):
        return []
    return [
        Error(
            "SECRET_KEY, FIELD_KEYS and BLIND_INDEX_KEY must all be set and differ.",
            id="contest.E001",
        )
    ]


@register(Tags.security, deploy=True)
def cache_and_queue_are_two_servers(app_configs, **kwargs):
    """A full cache must never push out a message, so they share no Redis."""
    cache = settings.CACHES["default"].get("LOCATION", "")
    queue = settings.CELERY_BROKER_URL
    errors = []
    if settings.PRODUCTION and not cache.startswith(("redis", "unix")):
        errors.append(Error("Set CACHE_URL=redis://HOST:PORT/0.", id="contest.E002"))
    if settings.PRODUCTION and not queue.startswith("redis"):
        errors.append(Error("Set QUEUE_URL=redis://HOST:PORT/0.", id="contest.E003"))
    if settings.PRODUCTION and cache == queue:
        errors.append(
            Error("CACHE_URL and QUEUE_URL name the same Redis.", id="contest.E004")
        )
    return errors


@register(Tags.security, deploy=True)
def pages_carry_a_content_policy(app_configs, **kwargs):
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    if "'self'" in policy["script-src"] and "'unsafe-inline'" not in str(policy):
        return []
    return [Error("The content policy allows inline code.", id="contest.E005")]


@register(Tags.database)
def database_keeps_what_it_acknowledged(app_configs, databases, **kwargs):
    """Without these settings a crash loses answers that were acknowledged."""
    errors = []
    for alias in databases or []:
        connection = connections[alias]
        if not settings.PRODUCTION or connection.vendor != "postgresql":
            continue
        with connection.cursor() as cursor:
            for name in DURABLE:
                cursor.execute(f"SHOW {name}")
                if cursor.fetchone()[0] == "off":
                    errors.append(
                        Error(f"PostgreSQL runs with {name}=off.", id="contest.E006")
                    )
    return errors
