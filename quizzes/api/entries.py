"""One's own entry in a contest."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from contest.lib.api.errors import documented
from contest.lib.api.views import PersonalView
from quizzes.api.serializers import EntrySerializer, LimitLeftSerializer
from quizzes.models import Attempt, Entrant, Round
from quizzes.services import own_entry


class OwnAttemptSerializer(serializers.Serializer):
    uuid = serializers.UUIDField()
    number = serializers.IntegerField()
    state = serializers.ChoiceField(choices=Attempt.State.values)
    started_at = serializers.DateTimeField()
    deadline = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)


class OwnRoundSerializer(serializers.Serializer):
    uuid = serializers.UUIDField(source="round.uuid")
    number = serializers.IntegerField(source="round.number")
    state = serializers.ChoiceField(
        choices=Round.State.values, help_text="With any later close granted to you."
    )
    limits = LimitLeftSerializer(many=True, source="left", help_text="Empty: no limit.")
    attempts = OwnAttemptSerializer(many=True)


class OwnEntrySerializer(EntrySerializer):
    rounds = serializers.SerializerMethodField()

    @extend_schema_field(OwnRoundSerializer(many=True))
    def get_rounds(self, entrant):
        rows = own_entry.rounds_of(entrant, now=self.context["request"].now)
        return OwnRoundSerializer(rows, many=True).data


class OwnEntry(PersonalView):
    """One's own entry with attempts and limits left; 404 before joining."""

    @extend_schema(responses={200: OwnEntrySerializer, **documented(401, 404)})
    def get(self, request, slug):
        entrant = get_object_or_404(entries_of(request.user), contest__slug=slug)
        return Response(OwnEntrySerializer(entrant, context={"request": request}).data)


def entries_of(user):
    entries = Entrant.objects.of(user).in_visible_contests()
    return entries.select_related("person", "audience", "unit")
