"""
Which public list a page shows: published rounds, rankings, groups, schemes.

Only published tallies have lists here, so whoever reads one may see it.
"""

from dataclasses import dataclass

from django.db.models import F
from django.utils.http import urlencode

from accounts.models import Unit
from leaderboards.models import Publication, Ranking, Scheme, Standing
from leaderboards.models.rankings import Scope
from quizzes.models import Audience, Bloc


@dataclass(frozen=True)
class Board:
    """
    One list of people: which publication, ranking and group, and what else there is.

    ``options`` are the other lists to switch to, as ``Option`` rows by kind.
    """

    publication: Publication
    ranking: Ranking
    group: str
    rounds: list
    rankings: list
    groups: list


@dataclass(frozen=True)
class Option:
    """Another list of the same page: its name, its query, whether it is shown now."""

    name: str
    query: str
    is_here: bool


@dataclass(frozen=True)
class UnitBoard:
    publication: Publication
    scheme: Scheme
    schemes: list


def publications_of(contest):
    """The contest's publications, its rounds in order and the whole contest last."""
    publications = Publication.objects.filter(contest=contest)
    return list(
        publications.select_related("tally", "round").order_by(
            F("round__number").asc(nulls_last=True)
        )
    )


def board_of(contest, *, ranking, round, group):
    """
    The list that a query asks for by codes, or the newest one; None before any.

    ``round`` is a round's number as text. What is unknown falls back to the first.
    """
    publications = publications_of(contest)
    rankings = list(Ranking.objects.filter(contest=contest))
    pairs = [(r, p) for r in rankings for p in publications if carries(p, r)]
    if not pairs:
        return None
    chosen = next((r for r, _p in pairs if r.code == ranking), None)
    if chosen is None:
        chosen = next((r for r, p in pairs if number_of(p) == round), pairs[0][0])
    own = [p for r, p in pairs if r == chosen]
    publication = next((p for p in own if number_of(p) == round), own[-1])
    groups = groups_of(contest, publication.tally, chosen)
    group = next((g for g, _n in groups if g == group), groups[0][0] if groups else "")
    return Board(
        publication=publication,
        ranking=chosen,
        group=group,
        rounds=round_options(own, publication, chosen, group),
        rankings=ranking_options(pairs, chosen),
        groups=group_options(groups, publication, chosen, group),
    )


def carries(publication, ranking):
    """Whether the publication's tally computes this ranking."""
    return (publication.round is None) == (ranking.scope == Scope.CONTEST)


def number_of(publication):
    return str(publication.round.number) if publication.round else ""


def groups_of(contest, tally, ranking):
    """``[(code, name)]`` of the lists that the ranking is parted into here."""
    by = ranking.rule.get("group_by", "audience")
    listed = Standing.objects.filter(tally=tally, ranking=ranking).order_by()
    listed = listed.values("group").distinct()
    if ranking.rule.get("each_round"):
        return groups_of_rounds(contest, by, listed.values_list("group", flat=True))
    if by == "all":
        return []
    named = named_by(contest, by).filter(code__in=listed)
    return list(named.values_list("code", "name"))


def named_by(contest, by):
    """The rows whose codes part a list, in their order."""
    return {
        "audience": Audience.objects.filter(contest=contest),
        "bloc": Bloc.objects.filter(contest=contest),
        "unit": Unit.objects.all(),
    }[by]


def groups_of_rounds(contest, by, codes):
    """Lists of a contest by round (``2/can-bo``), the newest round first."""
    titles = {str(one.number): one.title for one in contest.rounds.all()}
    names = (
        {} if by == "all" else dict(named_by(contest, by).values_list("code", "name"))
    )
    order = {code: place for place, code in enumerate(names)}
    parted = [(*code.split("/", 1), code) for code in codes]
    parted.sort(key=lambda part: (-int(part[0]), order.get(part[1], 0)))
    return [
        (code, ", ".join(filter(None, (titles[number], names.get(group)))))
        for number, group, code in parted
    ]


def query(publication, ranking, group=""):
    values = {"ranking": ranking.code, "round": number_of(publication), "group": group}
    return urlencode({key: value for key, value in values.items() if value})


def round_options(own, publication, ranking, group):
    return [
        Option(p.round.title, query(p, ranking, group), p == publication)
        for p in own
        if p.round
    ]


def ranking_options(pairs, chosen):
    newest = dict(pairs)
    return [Option(r.title, query(p, r), r == chosen) for r, p in newest.items()]


def group_options(groups, publication, ranking, group):
    return [
        Option(name, query(publication, ranking, code), code == group)
        for code, name in groups
    ]


def unit_board_of(contest, *, scheme):
    """The scheme asked for in the newest publication that computes it, or None."""
    publications = publications_of(contest)
    if not publications:
        return None
    newest = {}
    for row in Scheme.objects.filter(contest=contest):
        for publication in publications:
            if carries(publication, row):
                newest[row] = publication
    if not newest:
        return None
    chosen = next((row for row in newest if row.code == scheme), next(iter(newest)))
    schemes = [
        Option(row.title, urlencode({"scheme": row.code}), row == chosen)
        for row in newest
    ]
    return UnitBoard(newest[chosen], chosen, schemes)
