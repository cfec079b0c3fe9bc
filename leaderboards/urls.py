from django.urls import path

from leaderboards.views import (
    awards,
    certificates,
    contests,
    explanations,
    home,
    result,
    rules_text,
    standings,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("bai-thi/<uuid:uuid>/ket-qua/", result.own, name="result"),
    path("giai/<uuid:uuid>/", explanations.award, name="award"),
    path("chung-nhan/", certificates.certificate, name="certificate-check"),
    path("chung-nhan/<str:serial>/", certificates.certificate, name="certificate"),
    path("<slug:slug>/", contests.page, name="contest"),
    path("<slug:slug>/the-le/", rules_text.page, name="regulations"),
    path("<slug:slug>/xep-hang/", standings.people, name="standings"),
    path("<slug:slug>/don-vi/", standings.units, name="units"),
    path("<slug:slug>/giai-thuong/", awards.awards, name="awards"),
]
