"""
What a contest looks like at a moment: which one to show, its rounds, what comes next.

Read-only. Nothing here shows a score, a key or a count that a prediction asks for.
"""

from dataclasses import dataclass, field, replace

from django.db.models import Count

from quizzes.models import Attempt, Contest, Entrant, PaperSpec, Round
from quizzes.services import own_entry

COUNTED_PREDICTIONS = (PaperSpec.Prediction.PEOPLE, PaperSpec.Prediction.ATTEMPTS)


@dataclass(frozen=True)
class RoundNow:
    """A round with its state at a moment, as code and in words."""

    round: Round
    state: str
    label: str


@dataclass(frozen=True)
class Today:
    """
    The contest at a moment: ``state`` is open, upcoming, waiting, finished or empty.

    ``round`` is the round that the state speaks of: the open one, the next one, the
    last one closed; None in an empty contest.
    """

    state: str
    round: Round | None


@dataclass(frozen=True)
class Entry:
    """
    One account in one contest: its entry and the attempt it has open, if any.

    ``left`` holds ``rules.limits.Left`` of the round asked for; empty is no limit.
    """

    entrant: Entrant | None
    unfinished: Attempt | None
    left: list = field(default_factory=list)

    @property
    def is_used_up(self):
        """Whether a limit forbids another attempt and none is open."""
        return self.unfinished is None and any(not one.left for one in self.left)


@dataclass(frozen=True)
class Participation:
    """How many took part so far: attempts handed in, people, units."""

    attempts: int
    people: int
    units: int


def contests_by_interest(*, now):
    """Visible contests: with an open round first, then an upcoming one, then newest."""
    contests = Contest.objects.visible().prefetch_related("rounds")
    return sorted(contests, key=lambda contest: _interest(contest, now))


def _interest(contest, now):
    rounds = contest.rounds.all()
    is_open = any(round.is_open(now) for round in rounds)
    is_coming = any(round.opens_at > now for round in rounds)
    newest = max((round.closes_at.timestamp() for round in rounds), default=0)
    return (not is_open, not is_coming, -newest, -contest.pk)


def rounds_of(contest, *, now):
    """The rounds of ``contest`` in order, each with its state."""
    rows = []
    for round in contest.rounds.all():
        state = round.state(now)
        rows.append(RoundNow(round=round, state=state.value, label=state.label))
    return rows


def today(rounds):
    """What ``rounds`` (a list of ``RoundNow``) say of the contest as a whole."""
    for state in ("open", "upcoming"):
        for row in rounds:
            if row.state == state:
                return Today(state, row.round)
    if not rounds:
        return Today("empty", None)
    last = rounds[-1]
    return Today("waiting" if last.state == "closed" else "finished", last.round)


def entry_of(user, contest, *, now):
    """
    The account's entry in ``contest`` and the attempt it may go on with.

    An attempt whose time is over, and which waits to be sealed, is not unfinished.
    """
    entrant = (
        Entrant.objects.of(user)
        .filter(contest=contest)
        .select_related("audience", "unit", "contest")
        .first()
    )
    if entrant is None:
        return Entry(None, None)
    attempts = entrant.attempts.open().filter(accepts_until__gt=now)
    unfinished = attempts.select_related("round").first()
    return Entry(entrant, unfinished)


def with_limits(entry, round, *, now):
    """The same entry with what is left of the limits of ``round``."""
    if entry.entrant is None:
        return entry
    own = own_entry.round_of(entry.entrant, round, now=now)
    return entry if own is None else replace(entry, left=own.left)


def paper_shown(entrant, round):
    """The paper of the entrant's audience, else of the first audience, or None."""
    papers = PaperSpec.objects.filter(round=round).order_by("audience__order", "id")
    if entrant is not None:
        papers = papers.filter(audience=entrant.audience_id)
    return papers.first()


def paper_of(entrant, round):
    """The paper that ``entrant`` meets in ``round``; None where there is none."""
    return PaperSpec.objects.filter(round=round, audience=entrant.audience_id).first()


def round_after(round, *, now):
    """The next round of the contest that has not closed yet, or None."""
    return (
        Round.objects.filter(
            contest=round.contest_id, number__gt=round.number, closes_at__gt=now
        )
        .order_by("number")
        .first()
    )


def participation_is_told(contest, *, now):
    """Whether live counts are public: no open round's prediction asks for one."""
    return not PaperSpec.objects.filter(
        round__contest=contest,
        round__opens_at__lte=now,
        round__closes_at__gt=now,
        prediction__in=COUNTED_PREDICTIONS,
    ).exists()


def participation(contest, *, now):
    """Attempts, people and units so far, or None while they are not told."""
    if not participation_is_told(contest, now=now):
        return None
    return Participation(
        **Attempt.objects.submitted()
        .filter(round__contest=contest)
        .aggregate(
            attempts=Count("id"),
            people=Count("entrant", distinct=True),
            units=Count("unit", distinct=True),
        )
    )


@dataclass(frozen=True)
class OwnContest:
    """A contest that an account entered, with its rounds that have attempts."""

    contest: Contest
    entrant: Entrant
    rounds: list


@dataclass(frozen=True)
class OwnRound:
    round: Round
    attempts: list


def entries_of(user):
    """What the account did in each contest, the newest contest first."""
    entrants = (
        Entrant.objects.of(user)
        .select_related("contest", "audience", "unit")
        .order_by("-registered_at")
    )
    attempts = Attempt.objects.of(user).select_related("round").order_by("number")
    by_entrant = {}
    for attempt in attempts.defer("responses", "paper"):
        rounds = by_entrant.setdefault(attempt.entrant_id, {})
        rounds.setdefault(attempt.round, []).append(attempt)
    return [
        OwnContest(entrant.contest, entrant, _in_order(by_entrant.get(entrant.pk, {})))
        for entrant in entrants
    ]


def _in_order(attempts_by_round):
    rounds = sorted(attempts_by_round, key=lambda round: round.number)
    return [OwnRound(round, attempts_by_round[round]) for round in rounds]
