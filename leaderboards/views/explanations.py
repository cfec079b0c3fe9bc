"""Why an award went where it went."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from leaderboards.services import award_lists, award_sums
from leaderboards.services.listings import add_names


@login_not_required
@require_safe
def award(request, uuid):
    """One award and the chain of comparisons that gave it."""
    found = get_object_or_404(award_lists.public_awards(), uuid=uuid)
    add_names([found])
    context = {"here": "awards", "contest": found.tally.contest, "award": found}
    context |= award_sums.chain_of(found)
    context |= {"list": award_lists.title_of(found), "sum": award_sums.sum_of(found)}
    return render(request, "leaderboards/award.html", context)
