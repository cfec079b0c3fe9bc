"""Published standings of a round, or of the contest as a whole."""

from drf_spectacular.utils import extend_schema, extend_schema_view

from contest.lib.api.errors import documented
from leaderboards.api.filters import documented_filters, filtered
from leaderboards.api.serializers import StandingSerializer
from leaderboards.api.tallied import (
    TalliedList,
    published_tally,
    visible_contest,
    visible_round,
)
from leaderboards.models import Standing

described = extend_schema_view(
    get=extend_schema(
        parameters=documented_filters("ranking", "audience", "bloc", "unit"),
        responses={200: StandingSerializer(many=True), **documented(404)},
    )
)


class StandingList(TalliedList):
    """The rows of the published tally in order; none, and no tally, before."""

    serializer_class = StandingSerializer

    def rows(self):
        standings = (
            Standing.objects.filter(tally=self.tally)
            .select_related("ranking", "audience", "entrant__unit", "unit", "bloc")
            .order_by("ranking__order", "ranking_id", "group", "position")
        )
        return filtered(
            standings,
            self.request,
            ranking="ranking__code",
            audience="audience__code",
            bloc="bloc__code",
            unit="unit__code",
        )


@described
class RoundStandings(StandingList):
    def get_queryset(self):
        round = visible_round(uuid=self.kwargs["uuid"])
        self.contest = round.contest
        self.tally = published_tally(self.contest, round)
        return self.rows()


@described
class ContestStandings(StandingList):
    def get_queryset(self):
        self.contest = visible_contest(self.kwargs["slug"])
        self.tally = published_tally(self.contest)
        return self.rows()
