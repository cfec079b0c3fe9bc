"""Somebody's own entry in a contest at a moment: rounds, attempts, limits left."""

from dataclasses import dataclass

from contest.lib.moments import to_ms
from quizzes.models import Allowance, Attempt, PaperSpec, Round
from quizzes.rules import limits as limit_rules
from quizzes.services.admission import used_of
from quizzes.services.allowances import Lineage, add_up, window_of


@dataclass(frozen=True)
class OwnRound:
    """
    A round as one entrant meets it.

    ``state`` is open as long as the entrant's own window is, a later close granted
    included. ``left`` holds ``rules.limits.Left``; empty means no limit. ``attempts``
    come in the order in which they were started.
    """

    round: Round
    paper: PaperSpec
    state: str
    left: list[limit_rules.Left]
    attempts: list[Attempt]


def round_of(entrant, round, *, now):
    """The one ``OwnRound`` of ``round``; None where the entrant has no paper in it."""
    return next(iter(rounds_of(entrant, now=now, only=round)), None)


def rounds_of(entrant, *, now, only=None):
    """The rounds that have a paper for the entrant's audience, in order."""
    papers = (
        PaperSpec.objects.filter(
            round__contest=entrant.contest_id, audience=entrant.audience_id
        )
        .select_related("round")
        .order_by("round__number")
    )
    if only is not None:
        papers = papers.filter(round=only)
    history = list(entrant.attempts.defer("paper").order_by("started_at", "id"))
    allowances = list(Allowance.objects.filter(contest=entrant.contest_id).order_by())
    lineage = Lineage()
    return [
        own_round(paper, entrant, history, allowances, lineage, now) for paper in papers
    ]


def own_round(paper, entrant, history, allowances, lineage, now):
    round = paper.round
    fitting = [a for a in allowances if a.round_id in (None, round.pk)]
    granted = add_up(fitting, entrant.pk, entrant.unit_id, lineage)
    is_open = window_of(round, granted).is_open(to_ms(now))
    return OwnRound(
        round=round,
        paper=paper,
        state=Round.State.OPEN if is_open else round.state(now),
        left=limit_rules.remaining(
            paper.attempt_limits,
            used=used_of(history, round, now),
            extra=granted.extra_attempts,
        ),
        attempts=[a for a in history if a.round_id == round.pk],
    )
