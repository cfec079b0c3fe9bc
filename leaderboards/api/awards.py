"""Published awards, and why each went where it went."""

from django.db.models import F
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.response import Response

from contest.lib.api.errors import documented
from contest.lib.api.views import PublicView
from leaderboards import wording
from leaderboards.api.filters import documented_filters, filtered
from leaderboards.api.serializers import AwardSerializer, TallySerializer
from leaderboards.api.tallied import names_in, round_named, visible_contest
from leaderboards.models import Award
from quizzes.models import Contest


def published_awards():
    return (
        Award.objects.published()
        .filter(tally__contest__in=Contest.objects.visible())
        .select_related(
            "tally__round",
            "tally__contest",
            "tally__publication",
            "ranking",
            "scheme",
            "audience",
            "bloc",
            "entrant__unit",
            "contest_unit__unit",
        )
    )


@extend_schema_view(
    get=extend_schema(
        parameters=documented_filters("round", "audience", "bloc"),
        responses={200: AwardSerializer(many=True), **documented(404)},
    )
)
class AwardList(PublicView, ListAPIView):
    """Every published award of a contest: round by round, the whole contest last."""

    serializer_class = AwardSerializer

    def get_queryset(self):
        contest = visible_contest(self.kwargs["slug"])
        rows = published_awards().filter(tally__contest=contest)
        asked = self.request.query_params.get("round")
        if asked:
            rows = rows.filter(tally__round=round_named(contest, asked))
        rows = filtered(
            rows, self.request, audience="audience__code", bloc="bloc__code"
        )
        rounds = F("tally__round__number").asc(nulls_last=True)
        return rows.order_by(rounds, "tally_id", "order")

    def paginate_queryset(self, queryset):
        rows = super().paginate_queryset(queryset)
        self.names = names_in(rows)
        return rows

    def get_serializer_context(self):
        return {**super().get_serializer_context(), "names": self.names}


class ReasonSerializer(serializers.Serializer):
    code = serializers.CharField(help_text="Stable, for programs.")
    text = serializers.CharField(help_text="A sentence for people.")


class ExplanationSerializer(serializers.Serializer):
    award = AwardSerializer()
    rule = serializers.CharField(help_text="Title of the ranking or the scheme.")
    reasons = ReasonSerializer(many=True)
    tally = TallySerializer()
    simulated = serializers.BooleanField()


class AwardExplanation(PublicView):
    """Why an award went where it went: the chain of comparisons, in words."""

    @extend_schema(responses={200: ExplanationSerializer, **documented(404)})
    def get(self, request, uuid):
        award = get_object_or_404(published_awards(), uuid=uuid)
        pairs = zip(award.reasons, wording.explanation(award), strict=True)
        data = {
            "award": award,
            "rule": str(award.ranking or award.scheme),
            "reasons": [{"code": r["code"], "text": text} for r, text in pairs],
            "tally": award.tally,
            "simulated": award.tally.contest.is_simulated,
        }
        context = {"request": request, "names": names_in([award])}
        return Response(ExplanationSerializer(data, context=context).data)
