"""The rules text of a contest, as its settings say it."""

from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from contest.lib.api.errors import documented
from contest.lib.api.views import PublicView
from leaderboards import regulations
from leaderboards.api.tallied import visible_contest

TEXT = serializers.ListField(child=serializers.CharField(), required=False)


class BlockSerializer(serializers.Serializer):
    """A paragraph (`text`), a list (`items`, `ordered`) or a table."""

    kind = serializers.ChoiceField(choices=["paragraph", "list", "table"])
    text = serializers.CharField()
    items = TEXT
    ordered = serializers.BooleanField(required=False)
    columns = TEXT
    rows = serializers.ListField(child=TEXT, required=False)


class SectionSerializer(serializers.Serializer):
    code = serializers.CharField(help_text="Stable, for links.")
    title = serializers.CharField()
    blocks = BlockSerializer(many=True)


class RegulationsSerializer(serializers.Serializer):
    slug = serializers.CharField()
    title = serializers.CharField()
    language = serializers.ChoiceField(choices=["vi", "en"])
    rules_document = serializers.CharField(help_text="The decision that sets them.")
    simulated = serializers.BooleanField()
    sections = SectionSerializer(many=True)


LANGUAGE = OpenApiParameter(
    "lang", str, enum=["vi", "en"], description="Before Accept-Language."
)


class Regulations(PublicView):
    """The rules text, generated from the settings that results are computed from."""

    @extend_schema(
        parameters=[LANGUAGE],
        responses={200: RegulationsSerializer, **documented(404)},
    )
    def get(self, request, slug):
        contest = visible_contest(slug)
        return Response(
            {
                "slug": contest.slug,
                "title": contest.title,
                "language": get_language(),
                "rules_document": contest.rules_document,
                "simulated": contest.is_simulated,
                "sections": [s.as_dict() for s in regulations.sections(contest)],
            }
        )
