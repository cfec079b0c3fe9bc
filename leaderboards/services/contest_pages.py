"""What the contest's page shows of its papers and its rules."""

from quizzes.models import PaperSpec


def papers_by_audience(contest, *, now):
    """
    The paper of each audience: that of the open round, else the next, else the last.
    """
    papers = (
        PaperSpec.objects.filter(round__contest=contest)
        .select_related("round", "audience")
        .order_by("audience__order", "round__number")
    )
    chosen = {}
    for paper in papers:
        held = chosen.get(paper.audience)
        if held is None or held.round.closes_at <= now:
            chosen[paper.audience] = paper
    return list(chosen.values())


def rankings_of(contest):
    return list(contest.rankings.all())


def schemes_of(contest):
    return list(contest.schemes.all())
