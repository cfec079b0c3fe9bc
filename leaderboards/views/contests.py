"""A contest's own page, for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from contest.lib import clock
from contest.lib.caching import own_if_signed_in
from leaderboards.services import contest_pages
from quizzes.models import Contest
from quizzes.services import overview


def visible(slug):
    contests = Contest.objects.visible().prefetch_related("rounds", "audiences")
    return get_object_or_404(contests, slug=slug)


@login_not_required
@require_safe
@own_if_signed_in
def page(request, slug):
    """Rounds, papers, who may enter, prizes and the order of ranking."""
    now = clock.now()
    contest = visible(slug)
    rounds = overview.rounds_of(contest, now=now)
    context = {
        "here": "contest",
        "now": now,
        "contest": contest,
        "rounds": rounds,
        "today": overview.today(rounds),
        "entry": overview.entry_of(request.user, contest, now=now),
        "papers": contest_pages.papers_by_audience(contest, now=now),
        "sections": contest_pages.rules_in_short(contest),
    }
    return render(request, "leaderboards/contest.html", context)
