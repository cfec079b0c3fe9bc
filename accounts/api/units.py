"""The units that exist today, to choose one's own from."""

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from accounts.services.signup import units_offered
from contest.lib.api.views import PublicView
from contest.lib.text import has_forbidden_characters


class UnitSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    short_name = serializers.CharField()
    kind = serializers.CharField()
    is_commune = serializers.BooleanField(help_text="Citizens choose one of these.")


QUERY = OpenApiParameter("q", str, description="Part of a name, with marks or without.")


@extend_schema_view(get=extend_schema(parameters=[QUERY]))
class UnitsOffered(PublicView, ListAPIView):
    """Units in force today, found by a part of their name, code or other spelling."""

    serializer_class = UnitSerializer

    def get_queryset(self):
        units = units_offered(now=self.request.now)
        text = self.request.query_params.get("q", "").strip()
        if has_forbidden_characters(text):
            return units.none()
        return units.found_by(text) if text else units
