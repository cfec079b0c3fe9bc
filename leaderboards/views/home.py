"""The front page: the state of today in one sentence, and one button."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contest.lib import clock
from contest.lib.caching import own_if_signed_in
from leaderboards.services import award_lists
from quizzes.services import overview

WINNERS = 4


@login_not_required
@require_safe
@own_if_signed_in
def home(request):
    now = clock.now()
    contests = overview.contests_by_interest(now=now)
    if not contests:
        return render(request, "leaderboards/home_empty.html", {"here": "home"})
    contest = contests[0]
    rounds = overview.rounds_of(contest, now=now)
    today = overview.today(rounds)
    entry = overview.entry_of(request.user, contest, now=now)
    paper = None
    if today.state == "open":
        entry = overview.with_limits(entry, today.round, now=now)
        paper = overview.paper_shown(entry.entrant, today.round)
    context = {
        "here": "home",
        "now": now,
        "contest": contest,
        "rounds": rounds,
        "today": today,
        "entry": entry,
        "paper": paper,
        "participation": overview.participation(contest, now=now),
        "winners": award_lists.newest_winners(contest, limit=WINNERS),
        "archive": contests[1:],
    }
    return render(request, "leaderboards/home.html", context)
