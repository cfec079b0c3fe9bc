"""The check of a certificate by its serial."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leaderboards.services import award_lists, documents
from leaderboards.services.listings import add_names


@login_not_required
@require_safe
def certificate(request, serial=""):
    """Whether a serial is that of a certificate, and for what."""
    typed = serial or request.GET.get("so", "")
    found = documents.verify(typed) if typed else None
    context = {"typed": typed, "verification": found}
    if found is not None:
        add_names([found.award])
        context["contest"] = found.award.tally.contest
        context["list"] = award_lists.title_of(found.award)
    status = 404 if typed and found is None else 200
    return render(request, "leaderboards/certificate.html", context, status=status)
