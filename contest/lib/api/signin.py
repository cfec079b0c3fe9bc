"""
Who calls: the ``X-Session-Token`` of an app, or the session cookie of a browser.

The token comes from allauth's headless log-in and ends with a log-out. Only the cookie
needs a CSRF token for unsafe calls, because only a cookie travels by itself.
"""

from allauth.headless.contrib.rest_framework.authentication import (
    XSessionTokenAuthentication,
)
from allauth.headless.internal.sessionkit import lookup_session
from allauth.headless.tokens.strategies.sessions import SessionTokenStrategy
from drf_spectacular.extensions import OpenApiAuthenticationExtension


class SessionTokens(SessionTokenStrategy):
    """allauth's tokens, looked up in one query instead of two."""

    def lookup_session(self, session_token):
        return lookup_session(session_token)


class SessionToken(XSessionTokenAuthentication):
    """As allauth does it, with the header that makes an anonymous call a 401."""

    def authenticate_header(self, request):
        return "X-Session-Token"


class SessionTokenScheme(OpenApiAuthenticationExtension):
    target_class = "contest.lib.api.signin.SessionToken"
    name = "sessionToken"

    def get_security_definition(self, auto_schema):
        return {
            "type": "apiKey",
            "in": "header",
            "name": "X-Session-Token",
            "description": "From POST /_allauth/app/v1/auth/login or .../signup.",
        }
