"""The addresses of contests and attempts; ``contest.api`` mounts them."""

from django.urls import path

from quizzes.api import contests

urlpatterns = [
    path("contests/", contests.ContestList.as_view(), name="contests"),
    path("contests/<slug:slug>/", contests.ContestDetail.as_view(), name="contest"),
]
