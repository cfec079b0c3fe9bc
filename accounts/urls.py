from django.urls import path

from accounts.views import data, demo, preferences

urlpatterns = [
    path("du-lieu-cua-toi/", data.page, name="my-data"),
    path("du-lieu-cua-toi/tep/", data.document, name="my-data-file"),
    path("giao-dien/", preferences.save, name="preferences"),
    path("vai-trinh-dien/", demo.sign_in, name="demo-login"),
]
