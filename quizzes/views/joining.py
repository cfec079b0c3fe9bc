"""Joining a contest, and what one has done so far."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from contest.lib import clock
from contest.lib.refusals import Refused
from quizzes.forms.joining import JoinForm
from quizzes.models import Contest
from quizzes.services import entrants, overview


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request, slug):
    """Enter with an audience and a unit; who is in already goes on to the round."""
    contest = get_object_or_404(Contest.objects.visible(), slug=slug)
    now = clock.now()
    if overview.entry_of(request.user, contest, now=now).entrant is not None:
        return redirect(onward(contest, now))
    form = JoinForm(
        request.POST or None,
        contest=contest,
        user=request.user,
        kind=request.session.get("signed_up_as"),
        now=now,
    )
    if request.method == "POST" and form.is_valid() and enter(request, contest, form):
        messages.success(request, _("Bạn đã tham gia hội thi."))
        return redirect(onward(contest, now))
    return render(request, "quizzes/join.html", {"contest": contest, "form": form})


def enter(request, contest, form):
    """Join; a refusal becomes the form's error. Whether it was done."""
    data = form.cleaned_data
    try:
        entrants.join(
            contest,
            form.person(),
            audience=data["audience"],
            unit=data.get("unit"),
            now=form.now,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def onward(contest, now):
    """Where an entrant goes next: the open round, else the contest's page."""
    today = overview.today(overview.rounds_of(contest, now=now))
    if today.state == "open":
        return redirect("round-start", contest.slug, today.round.number).url
    return contest.get_absolute_url()
