"""What one has done so far."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes.services import overview


@never_cache
@require_safe
def mine(request):
    """The reader's contests with every attempt."""
    context = {"here": "mine", "entries": overview.entries_of(request.user)}
    return render(request, "quizzes/mine.html", context)
