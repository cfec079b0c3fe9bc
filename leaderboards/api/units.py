"""The units of a contest; once a tally is published, with their results."""

from dataclasses import dataclass, field

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema, extend_schema_view

from contest.lib.api.errors import documented
from leaderboards.api.filters import documented_filters, filtered
from leaderboards.api.serializers import UnitResultSerializer
from leaderboards.api.tallied import (
    TalliedList,
    published_tally,
    round_named,
    visible_contest,
)
from leaderboards.models import UnitResult
from quizzes.models import Bloc, ContestUnit, Headcount


@dataclass
class Untallied:
    """A unit before any result: nothing but who it is and how many it declares."""

    contest_unit: ContestUnit
    bloc: Bloc
    facts: dict
    scheme: None = None
    place: None = None
    points: str = ""
    entrant: None = field(default=None, repr=False)


@extend_schema_view(
    get=extend_schema(
        parameters=documented_filters("bloc", "round", "scheme"),
        responses={200: UnitResultSerializer(many=True), **documented(404)},
    )
)
class UnitList(TalliedList):
    """
    Units by bloc, with the results of the published tally: the contest's own, or a
    round's where a scheme ranks each round. No count of people is live: while no
    result of units is published, there is none.
    """

    serializer_class = UnitResultSerializer

    def get_queryset(self):
        self.contest = visible_contest(self.kwargs["slug"])
        asked = self.request.query_params.get("round")
        self.round = round_named(self.contest, asked) if asked else None
        self.tally = published_tally(self.contest, self.round)
        if not UnitResult.objects.filter(tally=self.tally).exists():
            self.tally = None
        rows = self.results() if self.tally else self.units()
        return filtered(rows, self.request, bloc="bloc__code")

    def results(self):
        results = (
            UnitResult.objects.filter(tally=self.tally)
            .select_related("scheme", "bloc", "contest_unit__unit")
            .order_by(
                "scheme__order", "scheme_id", "bloc__order", "bloc_id", "position"
            )
        )
        return filtered(results, self.request, scheme="scheme__code")

    def units(self):
        declared = Headcount.objects.filter(category="")
        units = (
            ContestUnit.objects.filter(contest=self.contest)
            .select_related("unit", "bloc")
            .prefetch_related(Prefetch("headcounts", declared))
            .order_by("bloc__order", "bloc_id", "unit__sort_name", "id")
        )
        if not self.request.query_params.get("scheme"):
            return units
        schemes = filtered(self.contest.schemes.all(), self.request, scheme="code")
        blocs = [scheme.rule.get("blocs", []) for scheme in schemes]
        if [] in blocs:
            return units
        return units.filter(bloc__code__in=[code for some in blocs for code in some])

    def paginate_queryset(self, queryset):
        rows = super().paginate_queryset(queryset)
        if self.tally:
            return rows
        return [Untallied(row, row.bloc, self.declared(row)) for row in rows]

    def declared(self, unit):
        """The unit's people: the round's own figure before the one for all rounds."""
        round_id = self.round and self.round.pk
        counts = list(unit.headcounts.all())
        own = [c for c in counts if c.round_id == round_id]
        rows = own or [c for c in counts if c.round_id is None]
        whole = [c.people for c in rows if c.audience_id is None]
        people = whole or [c.people for c in rows]
        return {"headcount": sum(people) if people else None}
