"""The root of the HTTP API, ``/api/v1/``: the apps' calls, the schema, its pages."""

from django.urls import include, path
from drf_spectacular.views import SpectacularSwaggerSplitView

from contest.lib.api.document import Document

app_name = "api"

urlpatterns = [
    path("", include("quizzes.views.hot")),
    path("", include("accounts.api.urls")),
    path("", include("quizzes.api.urls")),
    path("", include("leaderboards.api.urls")),
    path("schema/", Document.as_view(), name="schema"),
    path(
        "docs/",
        SpectacularSwaggerSplitView.as_view(
            url_name="api:schema", template_name="api/docs.html"
        ),
        name="docs",
    ),
]
