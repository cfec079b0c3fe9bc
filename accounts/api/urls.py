"""The addresses of units; ``contest.api`` mounts them."""

from django.urls import path

from accounts.api import units

urlpatterns = [path("units/", units.UnitsOffered.as_view(), name="units-offered")]
