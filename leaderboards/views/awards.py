"""Published awards."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from leaderboards.services import award_lists
from quizzes.models import Contest


@login_not_required
@require_safe
def awards(request, slug):
    """Collective awards by bloc, then each round's individual ones."""
    contest = get_object_or_404(Contest.objects.visible(), slug=slug)
    context = {
        "here": "awards",
        "contest": contest,
        "groups": award_lists.groups_of(contest),
    }
    return render(request, "leaderboards/awards.html", context)
