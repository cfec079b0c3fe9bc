"""Every address of the portal, with arguments that exist and arguments that do not."""

import re
import uuid

from django.urls import URLPattern, get_resolver
from django.urls.converters import IntConverter, SlugConverter, UUIDConverter
from django.urls.resolvers import RoutePattern

from tests.faults.bad_values import TEXT_ARGUMENTS

GROUP = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


class Address:
    """One pattern of the URLconf: its text, and the converters of its arguments."""

    def __init__(self, parts):
        self.route = ""
        self.kinds = {}
        for part in parts:
            if isinstance(part, RoutePattern):
                self.route += PARAMETER.sub(r"{\1}", str(part))
                self.kinds |= part.converters
            else:
                bare = re.sub(r"^\^|\$$|\\Z$", "", str(part))
                self.kinds |= dict.fromkeys(GROUP.findall(bare))
                self.route += GROUP.sub(r"{\1}", bare)

    def __str__(self):
        return f"/{self.route}"

    def paths(self, known):
        """The address with each of several arguments; ``known`` holds real ones."""
        choices = {n: arguments(kind, known) for n, kind in self.kinds.items()}
        for at in range(max(map(len, choices.values()), default=1)):
            chosen = {n: values[at % len(values)] for n, values in choices.items()}
            yield "/" + self.route.format(**chosen)


def arguments(kind, known):
    if isinstance(kind, UUIDConverter):
        return [*known["uuids"], str(uuid.UUID(int=0))]
    if isinstance(kind, SlugConverter):
        return [known["slug"], "x" * 300]
    if isinstance(kind, IntConverter):
        return ["1", "0", "9" * 40]
    return [*known["texts"], *TEXT_ARGUMENTS]


def addresses(resolver=None, above=()):
    """Every ``Address`` but the admin's own, which only staff reach."""
    for entry in (resolver or get_resolver()).url_patterns:
        parts = [*above, entry.pattern]
        if isinstance(entry, URLPattern):
            yield Address(parts)
        elif getattr(entry, "app_name", "") != "admin":
            yield from addresses(entry, parts)
