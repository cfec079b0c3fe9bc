"""
Two lamps for whoever watches the servers, both without log-in.

``/healthz``: this process answers. ``/readyz``: the portal can do its work.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from contest.health import readiness
from contest.lib import clock


@login_not_required
@require_safe
def healthz(request):
    return JsonResponse({"status": "ok"})


@login_not_required
@require_safe
def readyz(request):
    report = readiness(clock.now())
    return JsonResponse(report, status=200 if report["ready"] else 503)
