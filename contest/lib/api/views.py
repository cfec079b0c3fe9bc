"""
Two kinds of calls: public ones that anybody may keep, personal ones that nobody may.

A public call looks at no session, cookie or user, so its answer is the same for all and
may be cached; its language is ``?lang=`` or ``Accept-Language``, never a cookie.
"""

from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control
from rest_framework.permissions import AllowAny
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from contest.lib import clock

PUBLIC_AGE_S = 15


class PersonalView(APIView):
    """A call for somebody signed in; ``request.now`` is the moment it arrived."""

    def initial(self, request, *args, **kwargs):
        request.now = clock.now()
        super().initial(request, *args, **kwargs)

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response


class PublicView(APIView):
    """
    A read for everybody: an ETag, a short public life, 304 where nothing changed.

    The body is kept for ``PUBLIC_KEPT_S``: in the minute in which a round opens a
    thousand phones ask for the same page, and it is made once a second.
    """

    authentication_classes = ()
    permission_classes = (AllowAny,)

    def initial(self, request, *args, **kwargs):
        request.now = clock.now()
        super().initial(request, *args, **kwargs)

    def dispatch(self, request, *args, **kwargs):
        language = language_of(request)
        with translation.override(language):
            response = kept(request, language) or super().dispatch(
                request, *args, **kwargs
            )
            keep(request, language, response.render())
        response["Content-Language"] = language
        if response.status_code != 200:
            patch_cache_control(response, no_store=True)
            return response
        patch_cache_control(response, public=True, max_age=PUBLIC_AGE_S)
        response["ETag"] = f'"{sha256(response.content).hexdigest()[:32]}"'
        return get_conditional_response(request, response["ETag"], response=response)


def kept(request, language):
    """The answer made for somebody else a moment ago, or None."""
    if not settings.PUBLIC_KEPT_S or request.method != "GET":
        return None
    body = cache.get(place_of(request, language))
    return None if body is None else Ready(body, content_type="application/json")


def keep(request, language, response):
    is_new = request.method == "GET" and not isinstance(response, Ready)
    if settings.PUBLIC_KEPT_S and is_new and response.status_code == 200:
        place = place_of(request, language)
        cache.set(place, response.content, settings.PUBLIC_KEPT_S)


def place_of(request, language):
    asked = f"{language} {request.build_absolute_uri()}"
    return f"public:{sha256(asked.encode()).hexdigest()}"


class Ready(HttpResponse):
    """A body made before; rendering it changes nothing."""

    def render(self):
        return self


def language_of(request):
    """The language a public call asks for: ``?lang=``, else the header, else ours."""
    asked = request.GET.get("lang")
    if asked in dict(settings.LANGUAGES):
        return asked
    for wanted in request.headers.get("Accept-Language", "").split(","):
        code = wanted.split(";")[0].strip()[:2].lower()
        if code in dict(settings.LANGUAGES):
            return code
    return settings.LANGUAGE_CODE


class WriteThrottle(UserRateThrottle):
    """
    Joining and starting, by account and never by address.

    An office shares one address; a stuck script has one account.
    """

    scope = "write"
    rate = "60/min"
