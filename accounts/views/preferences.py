"""The Aa form: text size, theme and language."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.services import appearance
from contest.lib import preferences


@login_not_required
@require_POST
def save(request):
    """Keep the one preference whose button was pressed, and go back."""
    chosen = {
        name: request.POST[name]
        for name, choices in preferences.CHOICES.items()
        if request.POST.get(name) in choices
    }
    response = HttpResponseRedirect(back_to(request))
    for name, value in chosen.items():
        preferences.write(response, name, value)
    if request.user.is_authenticated:
        appearance.keep(
            request.user, text=chosen.get("text"), language=chosen.get("language")
        )
    return response


def back_to(request):
    """The page the form was on, if it is one of ours; else the front page."""
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        return target
    return "/"
