"""A participant's path through one attempt, as pages that work without script."""

from django.contrib import messages
from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from contest.lib import clock
from contest.lib.refusals import Refused
from quizzes.forms.answers import AnswersForm
from quizzes.models import Attempt, Contest, Round
from quizzes.rules.shape import Save
from quizzes.services import attempts, claims, overview, own_entry
from quizzes.services.answer_sheets import sheet_of
from quizzes.services.receipts import receipt_of
from quizzes.tasks import wake_scorer
from quizzes.views import sittings


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request, slug, number):
    """What awaits the entrant; a POST starts the attempt, or resumes the open one."""
    contest = get_object_or_404(Contest.objects.visible(), slug=slug)
    round = get_object_or_404(
        Round.objects.select_related("contest"), contest=contest, number=number
    )
    now = clock.now()
    entry = overview.entry_of(request.user, contest, now=now)
    if entry.entrant is None:
        return redirect("join", slug)
    if request.method == "POST":
        return begin(request, entry.entrant, round, now)
    return render(request, "quizzes/start.html", start_context(entry, round, now))


def start_context(entry, round, now):
    own = own_entry.round_of(entry.entrant, round, now=now)
    unfinished = entry.unfinished
    if unfinished is not None and unfinished.round_id != round.pk:
        unfinished = None
    left = own.left if own else []
    return {
        "contest": round.contest,
        "round": round,
        "state": own.state if own else round.state(now),
        "now": now,
        "paper": own and own.paper,
        "entrant": entry.entrant,
        "unfinished": unfinished,
        "left": left,
        "may_start": all(limit.left for limit in left),
        "attempts": own.attempts[::-1] if own else [],
    }


def begin(request, entrant, round, now):
    try:
        started = attempts.start(entrant, round, now)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("round-start", round.contest.slug, round.number)
    sittings.remember(request, started.attempt)
    return redirect("attempt", started.attempt.uuid)


def own_attempt(request, uuid):
    """The reader's own attempt made here, or 404."""
    return get_object_or_404(
        Attempt.objects.of(request.user)
        .made_here()
        .select_related("round__contest", "audience", "entrant__person", "unit", "pool")
        .defer("pool__sealed"),
        uuid=uuid,
    )


def not_for_writing(request, attempt, now):
    """The answer where this page may not be written in now; None where it may."""
    if attempt.state == Attempt.State.SUBMITTED:
        return redirect("receipt", attempt.uuid)
    if attempt.accepts_until <= now:
        return redirect("receipt", attempt.uuid)
    if not sittings.is_here(request, attempt):
        context = {"attempt": attempt, "contest": attempt.round.contest, "now": now}
        return render(request, "quizzes/elsewhere.html", context)
    return None


def writing_context(attempt, now):
    """What both writing pages need: the sheet, and the hold on the attempt."""
    return {
        "attempt": attempt,
        "round": attempt.round,
        "contest": attempt.round.contest,
        "sheet": sheet_of(attempt),
        "paper": overview.paper_of(attempt.entrant, attempt.round),
        "token": claims.token_of(attempt),
        "seq": attempt.seq + 1,
        "now": now,
    }


@never_cache
@require_safe
def page(request, uuid):
    """The whole paper with the answers so far."""
    now = clock.now()
    attempt = own_attempt(request, uuid)
    return not_for_writing(request, attempt, now) or render(
        request, "quizzes/attempt.html", writing_context(attempt, now)
    )


@never_cache
@require_safe
def check(request, uuid):
    """Everything answered and missing, the prediction, and the button to submit."""
    now = clock.now()
    attempt = own_attempt(request, uuid)
    return not_for_writing(request, attempt, now) or render(
        request, "quizzes/check.html", writing_context(attempt, now)
    )


def claim_in(form, attempt):
    """The claim that a form's token makes on this attempt; 404 for another's."""
    try:
        claim = claims.read(form.cleaned_data["token"])
    except signing.BadSignature:
        raise Http404 from None
    if (claim.attempt, claim.entrant) != (attempt.uuid, attempt.entrant_id):
        raise Http404
    return claim


def saved_in(form):
    data = form.cleaned_data
    return Save(data["seq"], data["responses"], data["prediction"])


def shown_again(request, attempt, form):
    """The page the form came from, with what is wrong with it."""
    context = writing_context(attempt, clock.now()) | {"form": form}
    template = "attempt" if "items" in request.POST else "check"
    return render(request, f"quizzes/{template}.html", context, status=400)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def save(request, uuid):
    """
    Store the form's answers, then show the check page or, if asked, the paper.

    A GET comes from a reload, or from signing in after a session that ran out.
    """
    if request.method != "POST":
        return redirect("attempt", uuid)
    now = clock.now()
    attempt = own_attempt(request, uuid)
    form = AnswersForm(request.POST, attempt)
    if not form.is_valid():
        return shown_again(request, attempt, form)
    claim, data = claim_in(form, attempt), saved_in(form)
    try:
        attempts.save(claim, **vars(data), now=now)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("attempt", uuid)
    return redirect("attempt" if request.POST.get("next") else "attempt-check", uuid)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request, uuid):
    """
    Hand in with the form's last words; handing in twice shows the same receipt.

    A GET, as for ``save``, hands in nothing.
    """
    if request.method != "POST":
        return redirect("attempt-check", uuid)
    now = clock.now()
    attempt = own_attempt(request, uuid)
    form = AnswersForm(request.POST, attempt)
    if attempt.state == Attempt.State.OPEN and not form.is_valid():
        return shown_again(request, attempt, form)
    if attempt.state == Attempt.State.OPEN:
        try:
            attempts.submit(claim_in(form, attempt), last=saved_in(form), now=now)
            wake_scorer()
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("attempt-check", uuid)
    return redirect("receipt", uuid)


@never_cache
@require_safe
def receipt(request, uuid):
    """What the server holds of a closed attempt, in a form to keep."""
    now = clock.now()
    attempt = own_attempt(request, uuid)
    context = {"attempt": attempt, "round": attempt.round, "now": now}
    context["contest"] = attempt.round.contest
    if attempt.state == Attempt.State.OPEN:
        if attempt.accepts_until > now:
            return redirect("attempt", uuid)
        response = render(request, "quizzes/closing.html", context)
        response["Refresh"] = "20"
        return response
    context["receipt"] = receipt_of(attempt)
    context["paper"] = overview.paper_of(attempt.entrant, attempt.round)
    context["next_round"] = overview.round_after(attempt.round, now=now)
    return render(request, "quizzes/receipt.html", context)
