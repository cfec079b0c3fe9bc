"""One's own result: what the contest's settings let this person see now."""

from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from contest.lib.api.errors import documented
from contest.lib.api.views import PersonalView
from leaderboards.services import own_results
from quizzes.api.attempts import OptionSerializer, own_attempt
from quizzes.models import Attempt, ItemVersion
from quizzes.services.answer_sheets import sheet_of


class PlaceSerializer(serializers.Serializer):
    """A place in the published standings of the round."""

    ranking = serializers.CharField(source="standing.ranking.code")
    group = serializers.CharField(source="standing.group")
    place = serializers.IntegerField(source="standing.place")
    among = serializers.IntegerField(help_text="People in the same list.")
    prediction_truth = serializers.IntegerField(
        source="truth", allow_null=True, help_text="What the prediction asked for."
    )
    awards = serializers.SerializerMethodField()

    def get_awards(self, place) -> list[str]:
        return [str(award.uuid) for award in place.awards]


class ReviewedItemSerializer(serializers.Serializer):
    """An item with one's own choice; the rest is null until its key may be seen."""

    token = serializers.CharField()
    stem = serializers.CharField()
    type = serializers.ChoiceField(choices=ItemVersion.Type.values)
    options = OptionSerializer(many=True)
    chosen = serializers.ListField(child=serializers.CharField())
    key = serializers.ListField(child=serializers.CharField(), allow_null=True)
    right = serializers.BooleanField(allow_null=True)
    explanation = serializers.CharField(allow_null=True)
    source = serializers.CharField(allow_null=True)


class ResultSerializer(serializers.Serializer):
    """``score`` and ``place`` are null as long as the settings hide them."""

    uuid = serializers.UUIDField(source="attempt.uuid")
    round = serializers.UUIDField(source="attempt.round.uuid")
    number = serializers.IntegerField(source="attempt.number")
    state = serializers.ChoiceField(
        source="attempt.state", choices=Attempt.State.values
    )
    submitted_at = serializers.DateTimeField(
        source="attempt.submitted_at", allow_null=True
    )
    duration_ms = serializers.IntegerField(
        source="attempt.duration_ms", allow_null=True
    )
    prediction = serializers.IntegerField(source="attempt.prediction", allow_null=True)
    score = serializers.IntegerField(
        allow_null=True, help_text="Thousandths of a point."
    )
    max_score = serializers.IntegerField(help_text="Thousandths of a point.")
    correct = serializers.IntegerField(allow_null=True)
    total = serializers.IntegerField(source="attempt.item_count")
    place = PlaceSerializer(allow_null=True)
    items = serializers.SerializerMethodField()
    simulated = serializers.BooleanField(source="attempt.round.contest.is_simulated")

    @extend_schema_field(ReviewedItemSerializer(many=True))
    def get_items(self, result):
        return items_of(result)


class OwnResult(PersonalView):
    """
    Score, place and the review of a submitted attempt, as far as they are shown now.

    An open attempt has no result yet: 404.
    """

    @extend_schema(responses={200: ResultSerializer, **documented(401, 404)})
    def get(self, request, uuid):
        attempt = own_attempt(request, uuid)
        if attempt.state == Attempt.State.OPEN:
            raise Http404
        result = own_results.result_of(attempt, now=request.now)
        return Response(ResultSerializer(result).data)


def items_of(result):
    """The paper's items in order; none for an attempt made elsewhere."""
    if result.attempt.paper is None:
        return []
    reviews = {review.line.token: review for review in result.reviews}
    lines = sheet_of(result.attempt).lines
    return [item_of(line, reviews.get(line.token)) for line in lines]


def item_of(line, review):
    options = [{"token": c.token, "text": c.text} for c in line.choices]
    item = {"token": line.token, "stem": line.stem, "type": line.type}
    item |= {"options": options, "chosen": [c.token for c in line.chosen]}
    if review is None:
        return item | dict.fromkeys(("key", "right", "explanation", "source"))
    return item | {
        "key": [choice.token for choice in review.correct],
        "right": review.is_right,
        "explanation": review.explanation,
        "source": review.source,
    }
