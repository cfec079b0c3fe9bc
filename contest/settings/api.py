"""Defaults of the HTTP API: signed in, JSON only, pages of a bounded size."""

from contest.settings.security import TRUSTED_PROXIES

__all__ = ["PUBLIC_KEPT_S", "REST_FRAMEWORK", "SPECTACULAR_SETTINGS"]

# Seconds for which the body of a public read serves everybody who asks the same.
PUBLIC_KEPT_S = 1

DESCRIPTION = """
Contests, papers and results. Public reads need no log-in and may be cached.

Apps sign up and in at `/_allauth/app/v1/auth/signup` and `.../login` and send
`meta.session_token` of the answer as `X-Session-Token`; a log-out ends it. Browsers use
their session cookie, with `X-CSRFToken` for unsafe calls.

Errors are `{code, detail}`: 400 shape (with `errors`), 401 not signed in, 403, 404 what
you may not see, 409 a rule refuses, 429 with `Retry-After`. Scores are integers in
thousandths of a point, money is in đồng, exact fractions are texts such as `7/8`.
"""

REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "contest.lib.api.signin.SessionToken",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["contest.lib.api.bodies.StrictJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "contest.lib.api.paging.Pages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "contest.lib.api.errors.answer",
    "PAGE_SIZE": 50,
    "NUM_PROXIES": TRUSTED_PROXIES,
    "UNICODE_JSON": True,
    "STRICT_JSON": True,
}

SPECTACULAR_SETTINGS = {
    "TITLE": "Cổng thi trực tuyến",
    "VERSION": "1",
    "DESCRIPTION": DESCRIPTION,
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVERS": [{"url": "/"}],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "quizzes.api.schema.add_hot_path",
    ],
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "validatorUrl": None},
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        # A list that differs from the model's codes is a warning, which a test forbids.
        "AttemptStateEnum": ["open", "submitted"],
        "CertificateStateEnum": ["valid", "revoked", "superseded"],
        "ContestStateEnum": ["public", "archived"],
        "RoundStateEnum": ["upcoming", "open", "closed", "published"],
    },
}
