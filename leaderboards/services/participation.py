"""
Taking part by unit while nothing is published yet: people who handed in, of how many.

Attempts of a lower unit count for the nearest ancestor that reports in the contest.
No score and no count of perfect papers is read, and nothing at all is told while an
open round's prediction asks for a number of people or attempts.
"""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from leaderboards.services.unit_tree import nearest_reporting
from quizzes.models import Attempt, ContestUnit, Entrant
from quizzes.services import overview


@dataclass(frozen=True)
class Row:
    """A reporting unit: people who took part, and the headcount where one is known."""

    unit: object
    people: int | None
    headcount: int | None
    is_own: bool

    @property
    def rate(self):
        """The share that took part, at most 1; None without a headcount."""
        if not self.headcount or self.people is None:
            return None
        return min(Fraction(1), Fraction(self.people, self.headcount))


@dataclass(frozen=True)
class Block:
    bloc: object
    rows: list
    own: Row | None


def unit_of(user, contest):
    """The id of the unit that the account entered ``contest`` with, or None."""
    entrants = Entrant.objects.of(user).filter(contest=contest)
    return entrants.values_list("unit", flat=True).first()


def blocks(contest, *, now, unit_id=None):
    """Every reporting unit by bloc, with the people who took part so far."""
    is_told = overview.participation_is_told(contest, now=now)
    units = reporting_units(contest)
    nearest = nearest_reporting({unit.unit_id for unit in units})
    people = people_by_unit(contest, nearest) if is_told else {}
    own = nearest.get(unit_id)
    grouped = defaultdict(list)
    for unit in units:
        count = people.get(unit.unit_id, 0) if is_told else None
        is_own = own is not None and unit.unit_id == own
        grouped[unit.bloc].append(Row(unit.unit, count, unit.headcount, is_own))
    return [
        Block(bloc, rows, next((row for row in rows if row.is_own), None))
        for bloc, rows in grouped.items()
    ]


def reporting_units(contest):
    """
    The contest's units with their ``headcount`` for all rounds, or None.

    The whole unit's figure counts; without one the audiences' figures are added.
    """
    everywhere = Q(headcounts__round=None, headcounts__category="")
    whole = everywhere & Q(headcounts__audience=None)
    parts = everywhere & Q(headcounts__audience__isnull=False)
    return list(
        ContestUnit.objects.filter(contest=contest)
        .select_related("unit", "bloc")
        .annotate(
            headcount=Coalesce(
                Sum("headcounts__people", filter=whole),
                Sum("headcounts__people", filter=parts),
            )
        )
        .order_by("bloc__order", "bloc_id", "unit__sort_name", "id")
    )


def people_by_unit(contest, nearest):
    """Distinct people with an attempt handed in, of audiences that count for units."""
    pairs = (
        Attempt.objects.submitted()
        .filter(round__contest=contest, audience__counts_for_unit=True)
        .order_by()
        .values_list("unit", "entrant")
        .distinct()
    )
    people = defaultdict(set)
    for unit_id, entrant_id in pairs.iterator():
        people[nearest.get(unit_id)].add(entrant_id)
    return {unit_id: len(entrants) for unit_id, entrants in people.items()}
