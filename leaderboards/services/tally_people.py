"""
People and their attempts on their way into a tally's inputs, as tables.

Read once, row by row, in five queries whatever their number. What identifies a person
stays behind.
"""

from dataclasses import dataclass, field

from django.db.models import Q

from accounts.models import RosterEntry
from leaderboards.rules import tables
from leaderboards.rules.inputs import ENTRANT
from leaderboards.rules.moments import milliseconds, yyyymmdd
from quizzes.models import Attempt, Entrant
from quizzes.rules.scoring import answered

ATTEMPT_COLUMNS = [
    "id",
    "entrant",
    "round",
    "number",
    "audience",
    "unit",
    "score",
    "correct",
    "answered",
    "prediction",
    "started_at",
    "submitted_at",
    "duration_ms",
    "closed_by",
    "day",
]
# The columns behind those, in nearly the same order.
ATTEMPT_FIELDS = [
    "uuid",
    "pk",
    "entrant_id",
    "round_id",
    "number",
    "audience_id",
    "unit_id",
    "score",
    "correct_count",
    "prediction",
    "started_at",
    "submitted_at",
    "duration_ms",
    "closed_by",
    "day",
]


@dataclass
class Keys:
    """From the codes of the document back to primary keys, for writing the rows."""

    entrants: dict = field(default_factory=dict)
    attempts: dict = field(default_factory=dict)
    audiences: dict = field(default_factory=dict)
    blocs: dict = field(default_factory=dict)
    contest_units: dict = field(default_factory=dict)
    units: dict = field(default_factory=dict)
    bloc_of_unit: dict = field(default_factory=dict)


class People:
    """The entrants and attempts of some rounds of a contest; fills ``keys``."""

    def __init__(self, contest, rounds, keys, tree):
        self.contest = contest
        self.rounds = rounds
        self.keys = keys
        self.tree = tree
        self.rankings = []
        self.schemes = []
        self.named = []

    def heed(self, rankings, schemes, corrections):
        """Take note of what rules and corrections ask of people beside attempts."""
        self.rankings, self.schemes = rankings, schemes
        same = [one for one in corrections if one.same_as_id]
        self.named = [pk for one in same for pk in (one.entrant_id, one.same_as_id)]

    def entrants(self):
        """Everybody with an attempt here, and those read as one with somebody."""
        fields = ["uuid", "pk", "audience_id", "unit_id", "registered_at"]
        fields += ["person__birth_date"] if self.compares_ages() else []
        here = Attempt.objects.filter(round__in=self.rounds).values("entrant")
        found = Entrant.objects.filter(contest=self.contest)
        found = found.filter(Q(pk__in=here) | Q(pk__in=self.named))
        audiences = {pk: code for code, pk in self.keys.audiences.items()}
        categories = self.categories()
        rows = []
        for uuid, pk, audience, unit, registered, *birth in found.values_list(*fields):
            name = str(uuid)
            self.keys.entrants[name] = pk
            values = {
                "uuid": name,
                "audience": audiences[audience],
                "unit": self.tree.reporting(unit),
                "birth": yyyymmdd(birth[0]) if birth and birth[0] else None,
                "registered_at": milliseconds(registered),
                "category": categories.get(pk, ""),
            }
            rows.append([values.get(key, usual) for key, usual in ENTRANT.items()])
        return tables.make(ENTRANT, sorted(rows))

    def compares_ages(self):
        """Whether any chain compares ages: only then birth dates leave their table."""
        chains = [ranking["rule"].get("criteria", []) for ranking in self.rankings]
        for ranking in self.rankings:
            special = ranking["rule"].get("special", [])
            chains += [one.get("criteria", []) for one in special]
        return any(one.get("code") == "age" for chain in chains for one in chain)

    def categories(self):
        """The compulsory position of each entrant, by the newest roster that has
        one."""
        if not any("categor" in str(scheme["rule"]) for scheme in self.schemes):
            return {}
        entries = RosterEntry.objects.filter(person__entrants__contest=self.contest)
        entries = entries.exclude(category="").order_by("roster__declared_on", "pk")
        return dict(entries.values_list("person__entrants__pk", "category"))

    def attempts(self):
        """Closed attempts; what was answered is counted only where it matters."""
        fields = ATTEMPT_FIELDS
        if not self.contest.incomplete_counts:
            fields = [*fields, "paper", "responses"]
        codes = self.codes()
        found = Attempt.objects.filter(round__in=self.rounds).submitted().order_by()
        found = found.values_list(*fields).iterator(chunk_size=5000)
        return tables.make(ATTEMPT_COLUMNS, sorted(self.row(r, codes) for r in found))

    def codes(self):
        """From primary keys to what the document calls entrants, rounds, audiences."""
        return (
            {pk: name for name, pk in self.keys.entrants.items()},
            {one.pk: one.number for one in self.rounds},
            {pk: code for code, pk in self.keys.audiences.items()},
        )

    def row(self, values, codes):
        uuid, pk, entrant, round, number, audience, unit = values[:7]
        score, correct, prediction, started, submitted, *others = values[7:]
        duration, closed_by, day, *answers = others
        entrants, numbers, audiences = codes
        name = str(uuid)
        self.keys.attempts[name] = pk
        return [
            name,
            entrants[entrant],
            numbers[round],
            number,
            audiences[audience],
            self.tree.reporting(unit),
            score,
            correct,
            answered(*answers) if answers and answers[0] is not None else None,
            prediction,
            milliseconds(started),
            milliseconds(submitted),
            duration,
            closed_by,
            yyyymmdd(day),
        ]
