"""Starting, resuming and reading one's own attempt; saving is ``quizzes.views.hot``."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.response import Response

from contest.lib.api.errors import documented
from contest.lib.api.views import PersonalView, WriteThrottle
from quizzes.models import Attempt, Entrant, ItemVersion, Round
from quizzes.services import attempts, claims
from quizzes.services.admission import NotEligible
from quizzes.services.papers import paper_for


class OptionSerializer(serializers.Serializer):
    token = serializers.CharField(help_text="a to j, in this paper's own order.")
    text = serializers.CharField()


class ItemSerializer(serializers.Serializer):
    token = serializers.CharField(help_text="Position in this paper, from 1.")
    stem = serializers.CharField()
    type = serializers.ChoiceField(choices=ItemVersion.Type.values)
    options = OptionSerializer(many=True)


@extend_schema_field(ItemSerializer(many=True))
class PaperField(serializers.ReadOnlyField):
    """The items as ``paper_for`` makes them, in the shape of ``ItemSerializer``."""


class AttemptSerializer(serializers.Serializer):
    """An attempt as its own person may read it: never a key."""

    uuid = serializers.UUIDField()
    token = serializers.CharField(
        allow_null=True,
        help_text=(
            "The hold on the attempt: send it back as X-Attempt-Token. "
            "Only starting or taking over gives one."
        ),
    )
    round = serializers.UUIDField()
    number = serializers.IntegerField()
    state = serializers.ChoiceField(choices=Attempt.State.values)
    started_at = serializers.DateTimeField()
    deadline = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    server_time = serializers.DateTimeField()
    seq = serializers.IntegerField(help_text="Of the last save; the next is higher.")
    items = PaperField()
    responses = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField())
    )
    prediction = serializers.IntegerField(allow_null=True)


def shown(attempt, now, token=None):
    """The attempt's data; one made elsewhere has no items."""
    columns = ("uuid", "number", "state", "started_at", "deadline", "submitted_at")
    columns += ("seq", "responses", "prediction")
    data = {name: getattr(attempt, name) for name in columns} | {
        "round": attempt.round.uuid,
        "token": token,
        "items": paper_for(attempt) if attempt.paper is not None else [],
        "server_time": now,
    }
    return AttemptSerializer(data).data


# What starting and reading need of a round and its contest, which are wide rows.
ROUND = ("uuid", "number", "opens_at", "closes_at", "results_at", "contest__state")
ROUND += ("contest__late_start", "contest__results_at", "contest__is_simulated")

# What the caller's own attempt and its result show of the row.
OWN = ("uuid", "number", "state", "started_at", "deadline", "submitted_at", "seq")
OWN += ("responses", "prediction", "paper", "item_count", "score", "correct_count")
OWN += ("scored_with", "duration_ms", "audience", "entrant", "pool__hash", "round")


class StartAttempt(PersonalView):
    """
    Start an attempt, or take the open one over.

    Another device's hold on an open attempt ends: its next save is refused as `moved`.
    """

    throttle_classes = (WriteThrottle,)

    @extend_schema(
        operation_id="attempts_start",
        request=None,
        responses={
            200: AttemptSerializer,
            201: AttemptSerializer,
            **documented(
                401, 403, 404, 409, 429, conflict="limit, not_open, not_eligible"
            ),
        },
    )
    def post(self, request, uuid):
        rounds = Round.objects.visible().select_related("contest").only(*ROUND)
        round = get_object_or_404(rounds, uuid=uuid)
        try:
            entrants = Entrant.objects.of(request.user).only("pk")
            entrant = entrants.get(contest=round.contest_id)
        except Entrant.DoesNotExist:
            raise NotEligible from None
        started = attempts.start(entrant, round, request.now)
        token = claims.token_of(started.attempt)
        code = status.HTTP_201_CREATED if started.is_new else status.HTTP_200_OK
        return Response(shown(started.attempt, request.now, token), status=code)


class AttemptDetail(PersonalView):
    """
    One's own attempt as the server holds it; reading takes nothing over.

    So it gives no token: a device that lost its hold must start again to write.
    """

    @extend_schema(responses={200: AttemptSerializer, **documented(401, 404)})
    def get(self, request, uuid):
        attempt = own_attempt(request, uuid)
        return Response(shown(attempt, request.now))


def own_attempt(request, uuid):
    """The caller's attempt, or ``Http404``."""
    related = [f"round__{column}" for column in ROUND]
    attempts = Attempt.objects.of(request.user).select_related("round__contest", "pool")
    return get_object_or_404(attempts.only(*OWN, *related), uuid=uuid)
