"""
Gathering a tally's inputs: rows become one frozen, canonical document.

Everything is read as of one moment. What identifies a person stays behind: entrants are
uuids, and a birth date leaves only if a criterion compares ages. The document says
nothing of when it was made, so the same rows give the same hash.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from leaderboards.models import ExternalPoint, PrizeDecision, Standing
from leaderboards.rules.moments import milliseconds
from leaderboards.services.tally_corrections import gather_corrections
from leaderboards.services.tally_people import Keys, People
from leaderboards.services.unit_tree import UnitTree
from quizzes.models import (
    Audience,
    Bloc,
    Contest,
    Correction,
    Headcount,
    PaperSpec,
    Round,
)

DEFAULT_COUNTING = {"policy": "best_then_earliest"}


@dataclass
class Gathered:
    inputs: dict
    keys: Keys


@contextmanager
def one_moment() -> Iterator[None]:
    """Let every query inside see the database as of one moment, where it can."""
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def gather(contest, round, lower, *, now):
    """
    The inputs of the tally of ``round`` (of the whole contest if None), as of ``now``.

    ``lower`` are the complete tallies it stands on.
    """
    with one_moment():
        contest = Contest.objects.get(pk=contest.pk)
        rounds = [round] if round else list(contest.rounds.order_by("number"))
        rounds = list(Round.objects.filter(pk__in=[r.pk for r in rounds]))
        return Gathering(contest, round, rounds, now).document(lower)


class Gathering:
    """One contest's rows on their way into a document."""

    def __init__(self, contest, round, rounds, now):
        self.contest = contest
        self.round = round
        self.rounds = sorted(rounds, key=lambda one: one.number)
        self.now = now
        self.keys = Keys()
        self.tree = UnitTree(contest)
        self.rankings = self.rules(contest.rankings)
        self.schemes = self.rules(contest.schemes)

    def rules(self, manager):
        """Rules of this tally's scope; a contest's own may admit from its rounds'."""
        rows = manager.order_by("order", "code")
        if self.round:
            rows = rows.filter(scope="round")
        return [
            {"code": r.code, "title": r.title, "order": r.order, "scope": r.scope}
            | {"rule": r.rule}
            for r in rows
        ]

    def document(self, lower):
        """The inputs; audiences come first, for the rest knows them by their keys."""
        inputs = {
            "format": 1,
            "scope": "round" if self.round else "contest",
            "contest": {"uuid": str(self.contest.uuid), "slug": self.contest.slug},
            "audiences": self.audiences(),
            "papers": self.papers(),
            "blocs": self.blocs(),
            "units": self.units(),
            "headcounts": self.headcounts(),
            **self.rounds_and_people(),
            "external": self.external(),
            "decisions": self.decisions(),
            "below": [below(tally, self.admitting()) for tally in lower],
            "frozen_truths": self.frozen_truths(lower),
            "rankings": self.rankings,
            "schemes": self.schemes,
            "settings": {
                "abandoned_counts": self.contest.timed_out_counts,
                "incomplete_void": not self.contest.incomplete_counts,
                "excluded_counts_for_unit": self.contest.excluded_count_for_unit,
            },
        }
        return Gathered(inputs, self.keys)

    def rounds_and_people(self):
        found = Correction.objects.in_force(self.contest, self.now)
        found = found.select_related("attempt", "entrant", "audience", "same_as")
        people = People(self.contest, self.rounds, self.keys, self.tree)
        people.heed(self.rankings, self.schemes, found)
        entrants, attempts = people.entrants(), people.attempts()
        corrections = [one for one in found if self.is_felt(one)]
        return {
            "cutoff": self.cutoff(corrections),
            "rounds": [
                {
                    "number": one.number,
                    "opens_at": milliseconds(one.opens_at),
                    "closes_at": milliseconds(one.closes_at),
                }
                for one in self.rounds
            ],
            "entrants": entrants,
            "attempts": attempts,
            "corrections": gather_corrections(corrections, self.tree),
        }

    def is_felt(self, correction):
        """Whether a correction is about a unit, or an attempt or entrant of here."""
        if correction.attempt is not None:
            return str(correction.attempt.uuid) in self.keys.attempts
        return (
            correction.entrant is None
            or str(correction.entrant.uuid) in self.keys.entrants
        )

    def cutoff(self, corrections):
        """The last close, or the last decision if that came later."""
        moments = [one.closes_at for one in self.rounds]
        return milliseconds(max(moments + [one.approved_at for one in corrections]))

    def audiences(self):
        rows = list(Audience.objects.filter(contest=self.contest).order_by("code"))
        self.keys.audiences = {one.code: one.pk for one in rows}
        return [
            {"code": one.code, "counts_for_unit": one.counts_for_unit} for one in rows
        ]

    def papers(self):
        specs = PaperSpec.objects.filter(round__in=self.rounds)
        specs = specs.select_related("round", "audience")
        rows = [self.paper(one) for one in specs]
        return sorted(rows, key=lambda row: (row["round"], row["audience"]))

    def paper(self, spec):
        prediction = None
        if spec.prediction != PaperSpec.Prediction.OFF:
            prediction = {
                "target": spec.prediction,
                "scope": spec.prediction_scope,
                "answer": spec.prediction_answer,
            }
        return {
            "round": spec.round.number,
            "audience": spec.audience.code,
            "max_score": spec.max_score,
            "item_count": spec.item_count,
            "prediction": prediction,
            "counting": self.counting(spec.audience.code),
        }

    def counting(self, audience):
        """The counting of the first round ranking that covers the audience."""
        rankings = self.contest.rankings.filter(scope="round")
        for ranking in rankings.order_by("order", "code"):
            audiences = ranking.rule.get("audiences") or [audience]
            if audience in audiences:
                return ranking.rule.get("counting", DEFAULT_COUNTING)
        return DEFAULT_COUNTING

    def blocs(self):
        rows = list(Bloc.objects.filter(contest=self.contest).order_by("order", "code"))
        self.keys.blocs = {one.code: one.pk for one in rows}
        return [{"code": one.code} for one in rows]

    def units(self):
        rows = []
        for one in self.tree.contest_units:
            code = one.unit.code
            self.keys.contest_units[code] = one.pk
            self.keys.units[code] = one.unit_id
            self.keys.bloc_of_unit[code] = one.bloc_id
            row = {"code": code, "bloc": one.bloc.code}
            if one.counts_as:
                row["counts_as"] = one.counts_as.unit.code
                row["counts_as_from"] = milliseconds(one.counts_as_from)
            rows.append(row)
        return rows

    def headcounts(self):
        found = Headcount.objects.filter(contest_unit__contest=self.contest)
        found = found.select_related("contest_unit__unit", "round", "audience")
        rows = [
            {
                "unit": one.contest_unit.unit.code,
                "round": one.round.number if one.round else None,
                "audience": one.audience.code if one.audience else None,
                "category": one.category,
                "people": one.people,
                "source": one.source,
                "confirmed_by": one.confirmed_by,
                "frozen_at": milliseconds(one.frozen_at) if one.frozen_at else None,
            }
            for one in found
        ]
        return sorted(
            rows,
            key=lambda row: (
                row["unit"],
                row["round"] or 0,
                row["audience"] or "",
                row["category"],
            ),
        )

    def external(self):
        found = ExternalPoint.objects.filter(contest=self.contest)
        found = found.select_related("contest_unit__unit", "entrant")
        rows = [
            {
                "source": one.code,
                "unit": one.contest_unit.unit.code if one.contest_unit else None,
                "entrant": str(one.entrant.uuid) if one.entrant else None,
                "points": one.points,
                "document": one.document,
            }
            for one in found
        ]
        return sorted(
            rows,
            key=lambda row: (row["source"], row["unit"] or "", row["entrant"] or ""),
        )

    def decisions(self):
        found = PrizeDecision.objects.filter(contest=self.contest, round=self.round)
        return [
            {
                "rule": one.rule_code,
                "round": one.list_round,
                "group": one.group,
                "prize": one.prize,
                "order": one.order,
                "leave_empty": one.leaves_empty,
                "reason": one.reason,
            }
            for one in found.order_by("pk")
        ]

    def admitting(self):
        """How many places of each ranking others admit from."""
        most = {}
        for ranking in self.rankings:
            admit = ranking["rule"].get("admit")
            if admit:
                code, places = admit["ranking"], admit["places"]
                most[code] = max(places, most.get(code, 0))
        return most

    def frozen_truths(self, lower):
        """Truths that stand: those of the rounds below, or the first ever counted."""
        if self.round is None:
            standing = lower
        elif self.contest.truth_after_void == Contest.TruthAfterVoid.KEEP:
            standing = list(
                self.round.tallies.complete().order_by("number").exclude(truths={})[:1]
            )
        else:
            standing = []
        rows = []
        for tally in standing:
            for key, value in sorted(tally.truths.items()):
                number, audience = key.split("/", 1)
                row = {"round": int(number), "audience": audience, "value": value}
                rows.append(row)
        return rows


def below(tally, admitting):
    """What a tally above has to know of one it stands on."""
    places = {}
    for code, most in sorted(admitting.items()):
        rows = Standing.objects.filter(
            tally=tally, ranking__code=code, place__lte=most
        ).select_related("entrant")
        places[code] = sorted([str(one.entrant.uuid), one.place] for one in rows)
    return {
        "round": tally.round.number if tally.round else None,
        "number": tally.number,
        "hash": tally.hash,
        "awards": tally.summary["awards"],
        "places": {code: rows for code, rows in places.items() if rows},
    }
