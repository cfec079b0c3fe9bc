"""What the contest's page shows of its papers and its rules."""

from leaderboards import regulations
from leaderboards.regulations import Section
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


def rules_in_short(contest):
    """
    Of each ranking and scheme the order of comparison and the prizes.

    The sections of the regulations with the same codes, so that both pages agree.
    """
    sections = regulations.sections(contest)
    return [
        Section(section.code, section.title, tuple(filter(is_short, section.blocks)))
        for section in sections
        if section.code.startswith(("ranking-", "scheme-"))
    ]


def is_short(block):
    return block.kind == "table" or block.is_ordered
