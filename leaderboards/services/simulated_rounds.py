"""
One round filled with simulated attempts: everybody draws, answers and is scored.

Nothing is written that the rules did not say: the paper is drawn from the sealed pool,
the responses are the simulated person's, the score is that of the key sheet. Attempts
are written in chunks, so that a running portal on SQLite never waits long.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.timezone import get_default_timezone

from contest.lib.moments import from_ms, to_ms
from leaderboards.rules.simulation import calendar, crowd, sitting
from leaderboards.rules.simulation.dice import Dice
from leaderboards.services.simulated_people import PREFIX, ensure_entrants, ref_of
from quizzes.models import Attempt, Contest, PaperSpec
from quizzes.rules import drawing, scoring, timing
from quizzes.services.admission import items_met
from quizzes.services.keys import newest_sheet

# On SQLite so many rows are written in a tenth of a second or two.
CHUNK = 400
SAVE_EVERY = 3


@dataclass(frozen=True)
class Scene:
    """One audience in one round: who comes, to which pool, under which limits."""

    round: Any
    audience: Any
    paper: PaperSpec
    pool: Any
    members: list[crowd.Member]
    target: Any
    units: dict[str, Any]
    seed: str

    @property
    def rules(self):
        full = self.round.contest.late_start == Contest.LateStart.FULL
        return sitting.Rules(
            timing.Window(to_ms(self.round.opens_at), to_ms(self.round.closes_at)),
            self.paper.minutes,
            self.paper.grace_seconds * 1_000,
            late_starters_run_full=full,
        )


@dataclass(frozen=True)
class Seat:
    """A member with the moments of the sitting and the dice for its answers."""

    member: crowd.Member
    times: sitting.Times
    dice: Dice

    @property
    def ref(self):
        return self.member.person.ref


def fill(scene, *, now):
    """
    Write the attempts of the scene that ended by ``now``; return how many were new.

    Whoever has an attempt in the round already is passed over, so a second run adds
    nothing and a broken one is completed.
    """
    there = _already_there(scene)
    seats = [seat for seat in _seats(scene, now) if seat.ref not in there]
    if not seats:
        return 0
    entrants = ensure_entrants(
        scene.round.contest,
        scene.audience,
        {
            seat.ref: (
                scene.units.get(seat.member.unit),
                from_ms(seat.times.started_at),
            )
            for seat in seats
        },
        seed=scene.seed,
    )
    desk = Desk(scene, {seat.ref: entrants[seat.ref] for seat in seats})
    for at in range(0, len(seats), CHUNK):
        attempts = [desk.attempt(seat) for seat in seats[at : at + CHUNK]]
        with transaction.atomic():
            Attempt.objects.bulk_create(attempts)
    return len(seats)


def _already_there(scene):
    refs = Attempt.objects.filter(
        round=scene.round, entrant__external_ref__startswith=PREFIX
    ).values_list("entrant__external_ref", flat=True)
    return {ref_of(ref) for ref in refs}


def _seats(scene, now):
    """Seats whose sitting ended by ``now``, in the order in which they start."""
    habits = calendar.OFFICIALS if scene.audience.counts_for_unit else calendar.CITIZENS
    rules, seats = scene.rules, []
    for member in scene.members:
        dice = Dice(f"{scene.seed}/{scene.round.number}/{member.person.ref}")
        times = sitting.times(member.person, rules, habits, dice)
        if times.submitted_at <= to_ms(now):
            seats.append(Seat(member, times, dice))
    return sorted(seats, key=lambda seat: (seat.times.started_at, seat.ref))


class Desk:
    """Makes attempts, unsaved, for the seats of a scene."""

    def __init__(self, scene, entrants):
        self.scene = scene
        self.entrants = entrants
        self.sealed = scene.pool.sealed
        self.keys = newest_sheet(scene.pool.pk)
        self.sheet = sitting.Sheet(
            self.sealed["items"],
            self.keys.keys,
            seed=scene.seed,
            perfect_share=scene.target.perfect / max(1, scene.target.people),
        )
        self.met = _items_met(scene, entrants)
        self.zone = get_default_timezone()

    def attempt(self, seat):
        """A closed and scored attempt, as the portal would have left it."""
        entrant = self.entrants[seat.ref]
        seed = drawing.make_seed(self.seed_text(seat))
        seen = self.met.get(entrant.pk, frozenset())
        paper = drawing.draw(self.sealed, seed=seed, seen=seen)
        person, by_time = seat.member.person, seat.times.by_time
        chosen = sitting.responses(
            paper, self.sheet, person, seat.dice, by_time=by_time
        )
        result = scoring.score(
            paper, chosen, self.keys.keys, method=self.sealed["multiple_scoring"]
        )
        return Attempt(
            entrant=entrant,
            round=self.scene.round,
            audience_id=entrant.audience_id,
            unit_id=entrant.unit_id,
            pool=self.scene.pool,
            number=1,
            seed=seed,
            paper=paper,
            item_count=len(paper),
            responses=chosen,
            prediction=self.prediction(seat.dice),
            seq=1 + len(chosen) // SAVE_EVERY,
            score=result.score,
            correct_count=result.correct,
            scored_with=self.keys.version,
            **self.ending(seat.times),
        )

    def ending(self, times):
        """State and moments of an attempt that went as ``times`` say."""
        started_at, submitted_at = map(from_ms, (times.started_at, times.submitted_at))
        by = Attempt.ClosedBy
        return {
            "state": Attempt.State.SUBMITTED,
            "closed_by": by.TIME if times.by_time else by.PERSON,
            "day": started_at.astimezone(self.zone).date(),
            "started_at": started_at,
            "deadline": from_ms(times.limits.deadline),
            "accepts_until": from_ms(times.limits.accepts_until),
            "saved_at": submitted_at,
            "submitted_at": submitted_at,
            "duration_ms": timing.duration_ms(times.started_at, times.submitted_at, 0),
        }

    def seed_text(self, seat):
        scene = self.scene
        name = (
            f"{scene.seed}/{scene.round.contest.slug}/{scene.round.number}/{seat.ref}"
        )
        return hashlib.sha256(name.encode()).hexdigest()[:32]

    def prediction(self, dice):
        paper, ask = self.scene.paper, PaperSpec.Prediction
        truth = {
            ask.PERFECT_PEOPLE: self.scene.target.perfect,
            ask.PEOPLE: self.scene.target.people,
            ask.ATTEMPTS: self.scene.target.people,
            ask.FREE: paper.prediction_answer or 0,
        }
        if paper.prediction not in truth:
            return None
        return sitting.prediction(truth[paper.prediction], paper.prediction_max, dice)


def _items_met(scene, entrants):
    """Codes of the items that each entrant's earlier papers asked, by entrant id."""
    ids = {entrant.pk for entrant in entrants.values()}
    earlier = Attempt.objects.filter(
        round__contest=scene.round.contest,
        round__number__lt=scene.round.number,
        audience=scene.audience,
    ).only("entrant_id", "pool_id", "paper")
    met = {}
    for attempt in earlier.order_by("pk").iterator(chunk_size=CHUNK):
        if attempt.entrant_id in ids:
            met.setdefault(attempt.entrant_id, set()).update(items_met([attempt]))
    return met
