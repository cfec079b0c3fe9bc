"""The content policy of every answer; the admin's is looser."""

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
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
