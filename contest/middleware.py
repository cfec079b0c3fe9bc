"""The content policy of every answer, and who may see a page without signing in."""

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.urls import reverse


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
