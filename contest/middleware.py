"""Content policy, sign-in by default, strict bodies for allauth's API."""

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpResponseNotAllowed, JsonResponse
from django.urls import reverse
from rest_framework.exceptions import ParseError

from contest.lib.api.bodies import loads


class ContentPolicyMiddleware(CSPMiddleware):
    """Write the Content-Security-Policy; unfold's pages get what Alpine needs."""

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path.startswith(reverse("admin:index")):
            return PolicyParts(
                replace=settings.ADMIN_CONTENT_SECURITY_POLICY, nonce=parts.nonce
            )
        return parts


class SignInMiddleware(LoginRequiredMiddleware):
    """
    Pages need somebody signed in unless they say otherwise.

    Django's own asks for the user first; here a page that needs none costs no session
    and no user row: public calls stay cacheable, saving stays one statement.
    """

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


class StrictBodyMiddleware:
    """
    Refuse what allauth's JSON endpoints would pass on to the database or choke on.

    Lone surrogates, endless digits, bottomless nesting: 400 here, as in our own API.
    HEAD, which skips the handling that their GET needs: 405.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.prefix = reverse("headless:app:config").split("app/")[0]

    def __call__(self, request):
        if request.path.startswith(self.prefix):
            if request.method == "HEAD":
                return HttpResponseNotAllowed(["GET"])
            try:
                if request.body:
                    loads(request.body)
            except ParseError as error:
                answer = {"status": 400, "errors": [error.get_full_details()]}
                return JsonResponse(answer, status=400)
        return self.get_response(request)
