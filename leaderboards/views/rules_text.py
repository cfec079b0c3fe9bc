"""A contest's regulations, for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from leaderboards import regulations
from quizzes.models import Contest


@login_not_required
@require_safe
def page(request, slug):
    """The whole rules text, generated from the settings."""
    contest = get_object_or_404(Contest.objects.visible(), slug=slug)
    context = {
        "here": "contest",
        "contest": contest,
        "sections": regulations.sections(contest),
    }
    return render(request, "leaderboards/regulations.html", context)
