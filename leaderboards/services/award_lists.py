"""Published awards as pages show them: in groups, named, with their reasons."""

from dataclasses import dataclass

from django.db.models import F

from leaderboards.models import Award
from leaderboards.services.listings import add_names
from quizzes.models import Contest


@dataclass(frozen=True)
class Group:
    """The awards of one list: a bloc or an audience, of a round or of the contest."""

    publication: object
    title: str
    awards: list


def public_awards():
    """Published awards of contests that the public may see, ready to be shown."""
    return (
        Award.objects.published()
        .filter(tally__contest__in=Contest.objects.visible())
        .select_related(
            "tally__contest",
            "tally__round",
            "tally__publication",
            "tally__approved_by",
            "ranking",
            "scheme",
            "audience",
            "bloc",
            "entrant__unit",
            "contest_unit__unit",
        )
    )


def groups_of(contest):
    """The contest's own awards first, then the rounds from the newest back."""
    awards = list(
        public_awards()
        .filter(tally__contest=contest)
        .order_by(F("tally__round__number").desc(nulls_first=True), "order")
    )
    add_names(awards)
    groups = {}
    for award in awards:
        key = (award.tally_id, award.ranking_id, award.scheme_id, str(list_of(award)))
        groups.setdefault(key, []).append(award)
    return [
        Group(rows[0].tally.publication, title_of(rows[0]), rows)
        for rows in groups.values()
    ]


def list_of(award):
    """The list that an award is of: a bloc, an audience, or the rule's only one."""
    if award.scheme is not None:
        return award.bloc or award.scheme
    by = award.ranking.rule.get("group_by", "audience")
    lists = {"audience": award.audience, "bloc": award.bloc}
    return lists.get(by) or award.ranking


def title_of(award):
    """The award's list, and the round."""
    parts = [list_of(award)]
    if award.tally.round is not None:
        parts.append(award.tally.round)
    return ", ".join(str(part) for part in parts)


def newest_winners(contest, *, limit):
    """First prizes of what was published last, at most ``limit``."""
    awards = list(
        public_awards()
        .filter(tally__contest=contest, place=1)
        .order_by("-tally__publication__published_at", "order")[:limit]
    )
    newest = [award for award in awards if award.tally_id == awards[0].tally_id]
    add_names(newest)
    return newest
