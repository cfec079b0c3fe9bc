"""The addresses of results; ``contest.api`` mounts them."""

from django.urls import path

from leaderboards.api import (
    awards,
    certificates,
    regulations,
    results,
    standings,
    tallies,
    units,
)

urlpatterns = [
    path(
        "attempts/<uuid:uuid>/result/", results.OwnResult.as_view(), name="own-result"
    ),
    path(
        "rounds/<uuid:uuid>/standings/",
        standings.RoundStandings.as_view(),
        name="round-standings",
    ),
    path(
        "contests/<slug:slug>/standings/",
        standings.ContestStandings.as_view(),
        name="contest-standings",
    ),
    path(
        "contests/<slug:slug>/regulations/",
        regulations.Regulations.as_view(),
        name="regulations",
    ),
    path("contests/<slug:slug>/tallies/", tallies.TallyList.as_view(), name="tallies"),
    path("contests/<slug:slug>/units/", units.UnitList.as_view(), name="units"),
    path("contests/<slug:slug>/awards/", awards.AwardList.as_view(), name="awards"),
    path(
        "awards/<uuid:uuid>/explanation/",
        awards.AwardExplanation.as_view(),
        name="award-explanation",
    ),
    path(
        "certificates/<str:serial>/",
        certificates.CertificateDetail.as_view(),
        name="certificate",
    ),
]
