"""Who may keep an answer: what is written for one person stays with that person."""

from functools import wraps

from django.utils.cache import patch_cache_control


def own_if_signed_in(view):
    """A public page that shows more to whoever is signed in: then nobody stores it."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if request.user.is_authenticated:
            patch_cache_control(response, no_store=True, private=True)
        return response

    return answered
