"""Public boards of people and of units."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from contest.lib import clock
from contest.lib.caching import own_if_signed_in
from leaderboards import columns
from leaderboards.services import boards, listings, participation
from quizzes.models import Contest


@login_not_required
@require_safe
@own_if_signed_in
def people(request, slug):
    contest = get_object_or_404(Contest.objects.visible(), slug=slug)
    board = boards.board_of(
        contest,
        ranking=request.GET.get("ranking"),
        round=request.GET.get("round"),
        group=request.GET.get("group"),
    )
    context = {"here": "standings", "contest": contest, "board": board}
    if board is None:
        return render(request, "leaderboards/standings_empty.html", context)
    page = listings.standings_page(
        board.publication.tally,
        board.ranking,
        board.group,
        number=request.GET.get("page"),
        user=request.user,
    )
    shown = columns.columns_of(board.ranking)
    for row in [*page.rows, *([page.own] if page.own else [])]:
        row.cells = columns.cells_of(row, shown)
    context |= {"page": page, "columns": shown}
    return render(request, "leaderboards/standings.html", context)


@login_not_required
@require_safe
@own_if_signed_in
def units(request, slug):
    contest = get_object_or_404(Contest.objects.visible(), slug=slug)
    now = clock.now()
    unit_id = participation.unit_of(request.user, contest)
    board = boards.unit_board_of(contest, scheme=request.GET.get("scheme"))
    context = {"here": "standings", "contest": contest, "now": now, "board": board}
    if board is None:
        context["blocks"] = participation.blocks(contest, now=now, unit_id=unit_id)
        return render(request, "leaderboards/units_participation.html", context)
    context["blocks"] = listings.unit_blocks(
        board.publication.tally, board.scheme, unit_id=unit_id
    )
    return render(request, "leaderboards/units.html", context)
