"""Lists that come from a published tally, and say from which."""

from django.http import Http404
from rest_framework.generics import ListAPIView

from contest.lib.api.paging import Pages
from contest.lib.api.views import PublicView
from leaderboards.api.serializers import TallySerializer
from leaderboards.models import Tally
from leaderboards.services import names
from leaderboards.wording import Contexts
from quizzes.models import Contest, Round


class TalliedPages(Pages):
    """``{count, next, previous, tally, simulated, results}``; tally null: not yet."""

    def get_paginated_response_schema(self, schema):
        page = super().get_paginated_response_schema(schema)
        page["properties"]["tally"] = {
            "allOf": [{"$ref": "#/components/schemas/Tally"}],
            "nullable": True,
        }
        page["properties"]["simulated"] = {"type": "boolean"}
        return page


class TalliedList(PublicView, ListAPIView):
    """
    A page of rows of ``self.tally``, with entrants named as the public may read them.

    Subclasses set ``self.contest`` and ``self.tally`` in ``get_queryset``.
    """

    pagination_class = TalliedPages

    def list(self, request, *args, **kwargs):
        response = super().list(request, *args, **kwargs)
        shown = TallySerializer(self.tally).data if self.tally else None
        response.data["tally"] = shown
        response.data["simulated"] = self.contest.is_simulated
        return response

    def paginate_queryset(self, queryset):
        rows = super().paginate_queryset(queryset)
        self.names = names_in(rows)
        return rows

    def get_serializer_context(self):
        told = {"names": self.names, "contexts": Contexts(self.tally)}
        return {**super().get_serializer_context(), **told}


def names_in(rows):
    """The public names of the rows' entrants, by entrant id."""
    entrants = [entrant for row in rows if (entrant := getattr(row, "entrant", None))]
    return names.shown(entrants) if entrants else {}


def visible_contest(slug):
    """The contest, or ``Http404`` if there is none that the public may see."""
    return found(Contest.objects.visible().filter(slug=slug))


def visible_round(**lookup):
    rounds = Round.objects.filter(contest__in=Contest.objects.visible())
    return found(rounds.filter(**lookup).select_related("contest"))


def round_named(contest, text):
    """A round of ``contest`` by number, code or uuid, as a query says it."""
    for round in contest.rounds.all():
        if text in (str(round.number), round.code, str(round.uuid)):
            return round
    raise Http404


def published_tally(contest, round=None):
    """The published tally of a round, or of the contest as a whole; None before."""
    return (
        Tally.objects.filter(contest=contest, round=round, publication__isnull=False)
        .select_related("publication", "round")
        .first()
    )


def found(queryset):
    row = queryset.first()
    if row is None:
        raise Http404
    return row
