"""The address map: pages, sign-in, admin, API, health."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from contest.views import errors, health

admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    # No message reaches a phone, so allauth's pages that send one are not there.
    path("accounts/phone/<path:rest>", errors.absent),
    path("accounts/", include("allauth.urls")),
    path("_allauth/", include("allauth.headless.urls")),
    path("api/v1/", include("contest.api")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("accounts.urls")),
    path("", include("quizzes.urls")),
    path("", include("leaderboards.urls")),
]

handler400 = "contest.views.errors.bad_request"
handler403 = "contest.views.errors.forbidden"
handler404 = "contest.views.errors.not_found"
handler500 = "contest.views.errors.server_error"
# allauth asks for this one when its limits are reached.
handler429 = "contest.views.errors.too_many"
