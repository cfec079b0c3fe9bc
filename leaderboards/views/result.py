"""The reader's own result."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from contest.lib import clock
from leaderboards.services import own_results
from quizzes.models import Attempt


@never_cache
@require_safe
def own(request, uuid):
    """What may be seen now of one's own attempt."""
    attempt = get_object_or_404(
        Attempt.objects.of(request.user).select_related(
            "round__contest", "audience", "entrant", "unit"
        ),
        uuid=uuid,
    )
    if attempt.state == Attempt.State.OPEN:
        return redirect("attempt", uuid)
    context = {
        "contest": attempt.round.contest,
        "attempt": attempt,
        "result": own_results.result_of(attempt, now=clock.now()),
    }
    return render(request, "leaderboards/result.html", context)
