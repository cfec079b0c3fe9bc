"""
Pages for what went wrong: each says what became of the answers and what to do.

They read no database, no session and no user, so that they also work when those fail.
"""

import logging
import secrets

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string

from contest.lib import preferences

logger = logging.getLogger(__name__)


def page(request, status, template, **context):
    frame = {"preferences": preferences.read(request), "portal": settings.PORTAL}
    frame |= {"demo": settings.DEMO, "status": status}
    content = render_to_string(template, frame | context)
    return HttpResponse(content, status=status)


def bad_request(request, exception):
    return page(request, 400, "400.html")


def forbidden(request, exception):
    return page(request, 403, "403.html")


def csrf_failure(request, reason=""):
    return page(request, 403, "403_csrf.html")


def not_found(request, exception):
    return page(request, 404, "404.html")


@login_not_required
def absent(request, rest):
    """An address below which the portal has no page."""
    raise Http404


def too_many(request):
    return page(request, 429, "429.html")


def server_error(request):
    """The page of a fault of ours; its code is in the log beside the traceback."""
    code = secrets.token_hex(2).upper()
    logger.error("incident %s", code)
    return page(request, 500, "500.html", code=code)
