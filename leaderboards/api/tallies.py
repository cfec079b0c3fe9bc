"""The published tallies of a contest: which computation stands, and its hashes."""

from django.db.models import F
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import ListAPIView

from contest.lib.api.errors import documented
from contest.lib.api.views import PublicView
from leaderboards.api.serializers import TallySerializer
from leaderboards.api.tallied import visible_contest
from leaderboards.models import Tally


@extend_schema_view(
    get=extend_schema(responses={200: TallySerializer(many=True), **documented(404)})
)
class TallyList(PublicView, ListAPIView):
    """One row for each round whose results are published, the whole contest last."""

    serializer_class = TallySerializer

    def get_queryset(self):
        contest = visible_contest(self.kwargs["slug"])
        return (
            Tally.objects.filter(contest=contest, publication__isnull=False)
            .select_related("publication", "round")
            .order_by(F("round__number").asc(nulls_last=True))
        )
