"""The addresses of contests and attempts; ``contest.api`` mounts them."""

from django.urls import path

from quizzes.api import attempts, contests, entries, joining

urlpatterns = [
    path("contests/", contests.ContestList.as_view(), name="contests"),
    path("contests/<slug:slug>/", contests.ContestDetail.as_view(), name="contest"),
    path("contests/<slug:slug>/entrants/", joining.Join.as_view(), name="join"),
    path("contests/<slug:slug>/me/", entries.OwnEntry.as_view(), name="own-entry"),
    path(
        "rounds/<uuid:uuid>/attempts/",
        attempts.StartAttempt.as_view(),
        name="start-attempt",
    ),
    path("attempts/<uuid:uuid>/", attempts.AttemptDetail.as_view(), name="own-attempt"),
]
