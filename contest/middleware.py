"""Content policy, sign-in by default, strict bodies for allauth's API."""

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpResponseNotAllowed, JsonResponse
from django.urls import reverse
from rest_framework.exceptions import ParseError

from contest.lib.api.bodies import loads

NOTHING = "default-src 'none'; frame-ancestors 'none'"


METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


class ContentPolicyMiddleware(CSPMiddleware):
    """
    Write the Content-Security-Policy; unfold's pages get what Alpine needs.

    An answer in JSON is no page and needs nothing: its policy is the same every time,
    and saving an answer does not pay for putting one together.
    """

    def process_response(self, request, response):
        if response.get("Content-Type", "").startswith("application/json"):
            response.headers.setdefault(HEADER, NOTHING)
            return response
        return super().process_response(request, response)

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

    Lone surrogates, endless digits, bottomless nesting, a password-reset key without
    its first half: 400. A method that the endpoint does not have: 405.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.prefix = reverse("headless:app:config").split("app/")[0]

    def __call__(self, request):
        if request.path.startswith(self.prefix):
            try:
                refuse_strange(request)
            except ParseError as error:
                answer = {"status": 400, "errors": [error.get_full_details()]}
                return JsonResponse(answer, status=400)
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        view = getattr(view_func, "view_class", None)
        if not request.path.startswith(self.prefix) or view is None:
            return None
        offered = [name for name in METHODS if hasattr(view, name.lower())]
        return None if request.method in offered else HttpResponseNotAllowed(offered)


def refuse_strange(request):
    """Raise ``ParseError`` for a body that is not strict JSON, or a key of nobody."""
    data = loads(request.body) if request.body else None
    key = data.get("key", "") if isinstance(data, dict) else ""
    for text in (key, request.headers.get("X-Password-Reset-Key", "")):
        if str(text).strip().startswith("-"):
            raise ParseError(code="key")
