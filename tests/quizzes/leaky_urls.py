"""The portal with two pages that it must never have: the canary's own control."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path

from contest.urls import urlpatterns as portal
from quizzes.models import Attempt, KeySheet


def key_of(uuid):
    attempt = Attempt.objects.filter(uuid=uuid).first()
    if attempt is None:
        return None
    sheet = KeySheet.objects.get(pool=attempt.pool_id)
    return sheet.keys[attempt.paper[0]["item"]]


@login_not_required
def blurts(request, uuid):
    """Shows the explanation to whoever asks."""
    key = key_of(uuid)
    return HttpResponse(key["explanation"] if key else "")


@login_not_required
def hints(request, uuid):
    """Says nothing, but marks the right option in its markup."""
    key = key_of(uuid)
    return HttpResponse(f'<li class="option-{key["correct"][0]}">' if key else "")


urlpatterns = [
    path("blurts/<uuid:uuid>/", blurts),
    path("hints/<uuid:uuid>/", hints),
    *portal,
]
