"""
The rows of a public list: a page of a ranking, the units of a scheme.

The lists are those of ``boards``: of published tallies only.
"""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery

from leaderboards.models import Award, Standing, UnitResult
from leaderboards.services import names

PER_PAGE = 50


@dataclass(frozen=True)
class Page:
    """A page of a ranking: rows, the reader's own row, and where the page stands."""

    rows: list
    own: Standing | None
    pages: object


@dataclass(frozen=True)
class Block:
    """The units of one bloc in a scheme, in order."""

    bloc: object
    rows: list
    own: UnitResult | None


def standings_page(tally, ranking, group, *, number, user):
    """Page ``number`` of a list of ``tally``; ``user``'s own row whichever page."""
    award = Award.objects.filter(
        tally=OuterRef("tally"),
        ranking=OuterRef("ranking"),
        entrant=OuterRef("entrant"),
    )
    award = award.order_by("order").values("title")[:1]
    rows = (
        Standing.objects.filter(tally=tally, ranking=ranking, group=group)
        .select_related("entrant", "unit")
        .annotate(award_title=Subquery(award))
        .order_by("position")
    )
    page = Paginator(rows, PER_PAGE).get_page(number)
    own = None
    if user.is_authenticated:
        own = rows.filter(entrant__person__user=user).first()
    shown = list(page.object_list)
    add_names(shown)
    if own is not None:
        own.name = user.first_name or user.get_username()
    return Page(rows=shown, own=own, pages=page)


def add_names(rows):
    """Give each row with an entrant the ``name`` that the public may read."""
    entrants = [row.entrant for row in rows if row.entrant is not None]
    shown = names.shown(entrants) if entrants else {}
    for row in rows:
        row.name = shown.get(row.entrant_id, "")


def unit_blocks(tally, scheme, *, unit_id=None):
    """The units of ``scheme`` in ``tally`` by bloc; ``unit_id`` is the reader's own."""
    results = (
        UnitResult.objects.filter(tally=tally, scheme=scheme)
        .select_related("bloc", "contest_unit__unit")
        .order_by("bloc__order", "bloc_id", "position")
    )
    blocks = {}
    for row in results:
        blocks.setdefault(row.bloc, []).append(row)
    return [
        Block(bloc, rows, next((r for r in rows if is_of(r, unit_id)), None))
        for bloc, rows in blocks.items()
    ]


def is_of(row, unit_id):
    return unit_id is not None and row.contest_unit.unit_id == unit_id
