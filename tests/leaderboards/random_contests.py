"""Random contests: rules of every kind over attempts that often tie."""

import random

from tests.leaderboards.building import ATTEMPT, ENTRANT, as_table
from tests.leaderboards.random_rules import AUDIENCES, BLOCS, UNITS, RandomRules

MINUTE = 60_000
WEEK = 7 * 24 * 60 * MINUTE


class RandomContest(RandomRules):
    """The inputs of tally number ``number``; the same number is the same contest."""

    def __init__(self, number):
        self.number = number
        self.dice = random.Random(number)
        self.scope = self.dice.choice(["round", "contest"])
        self.rounds = 1 if self.scope == "round" else self.dice.randint(1, 3)
        self.people = [f"e{i:03}" for i in range(self.dice.randint(28, 72))]
        self.bound = max(2, len(self.people) // 2)

    def chance(self, share):
        return self.dice.random() < share

    def some(self, things, least=0):
        return self.dice.sample(things, self.dice.randint(least, len(things)))

    def inputs(self):
        attempts = self.attempts()
        return {
            "format": 1,
            "scope": self.scope,
            "cutoff": 1000,
            "contest": {"slug": f"c{self.number}"},
            "rounds": [
                {"number": n, "opens_at": n * WEEK} for n in range(1, self.rounds + 1)
            ],
            "audiences": [
                {"code": "can-bo", "counts_for_unit": True},
                {"code": "cong-dan", "counts_for_unit": False},
            ],
            "papers": self.papers(),
            "blocs": [{"code": code} for code in BLOCS],
            "units": self.units(),
            "headcounts": self.headcounts(),
            "entrants": as_table([self.entrant(who) for who in self.people], ENTRANT),
            "attempts": as_table(attempts, ATTEMPT),
            "corrections": self.corrections(attempts),
            "external": self.external(),
            "below": self.below(),
            "decisions": self.decisions(),
            "frozen_truths": self.frozen_truths(),
            "rankings": [self.ranking(place) for place in (1, 2)],
            "schemes": [self.scheme(place) for place in (1, 2)],
            "settings": {
                "abandoned_counts": self.chance(0.5),
                "incomplete_void": self.chance(0.3),
                "excluded_counts_for_unit": self.chance(0.5),
            },
        }

    # The contest -----------------------------------------------------------------

    def papers(self):
        return [
            {
                "round": n,
                "audience": audience,
                "max_score": self.dice.choice([5000, 5000, 4500]),
                "item_count": 5,
                "prediction": self.prediction(),
                "counting": self.counting(),
            }
            for n in range(1, self.rounds + 1)
            for audience in AUDIENCES
        ]

    def prediction(self):
        if self.chance(0.2):
            return None
        return {
            "target": self.dice.choice(
                ["perfect_people", "people", "attempts", "free"]
            ),
            "scope": self.dice.choice(["audience", "all"]),
            "answer": self.dice.choice([None, self.dice.randint(0, self.bound)]),
        }

    def units(self):
        rows = [
            {"code": code, "bloc": BLOCS[place % 2]} for place, code in enumerate(UNITS)
        ]
        if self.chance(0.3):
            rows[0] |= {"counts_as": "u3", "counts_as_from": WEEK + 100 * MINUTE}
        if self.chance(0.2):
            rows[1] |= {"counts_as": "u4", "counts_as_from": 0}
        return rows

    def headcounts(self):
        share = max(1, len(self.people) // len(UNITS))
        rows = []
        for unit in UNITS:
            rounds = [None, *range(1, self.rounds + 1)]
            for number in self.some(rounds, 0):
                for audience in self.some([None, *AUDIENCES], 1):
                    rows.append(
                        {
                            "unit": unit,
                            "round": number,
                            "audience": audience,
                            "category": "",
                            "people": self.dice.choice(
                                [0, share, 2 * share, 3 * share]
                            ),
                        }
                    )
            if self.chance(0.7):
                people = self.dice.randint(0, 3)
                rows.append({"unit": unit, "category": "lanh-dao", "people": people})
        return rows

    def entrant(self, who):
        birth = self.dice.choice([None, 19900000, 19900501, 19850312, 20000229])
        return {
            "uuid": who,
            "audience": self.dice.choices(AUDIENCES, [3, 1])[0],
            "unit": self.dice.choice([*UNITS, None]),
            "birth": birth,
            "registered_at": self.dice.choice([None, 0, 500, 1000, 2000]),
            "eligible": not self.chance(0.03),
            "excluded": self.chance(0.05),
            "category": "lanh-dao" if self.chance(0.15) else "",
        }

    def attempts(self):
        rows = []
        for who in self.people:
            for number in range(1, self.rounds + 1):
                for n in range(self.dice.choice([0, 1, 1, 1, 2, 3])):
                    rows.append(self.attempt(who, number, n + 1))
        return rows

    def attempt(self, who, number, n):
        minutes = self.dice.randint(0, 40) * 5
        started = number * WEEK + minutes * MINUTE
        duration = self.dice.choice([1000, 1500, 2000, 4000])
        correct = self.dice.choices([5, 4, 3, 2, 0], [5, 3, 2, 1, 1])[0]
        return {
            "id": f"{who}.{number}.{n}",
            "entrant": who,
            "round": number,
            "number": n,
            "unit": self.dice.choice([None, None, None, *UNITS]),
            "score": correct * 1000
            - self.dice.choice([0, 0, 0, 500 if correct else 0]),
            "correct": correct,
            "answered": self.dice.choice([None, 5, 5, 5, 4]),
            "prediction": self.dice.choice([None, *[self.bound] * 3, self.bound // 2])
            if self.chance(0.5)
            else self.dice.randint(0, self.bound * 2),
            "started_at": started,
            "submitted_at": started + duration,
            "duration_ms": duration,
            "closed_by": self.dice.choices(["person", "time", "staff"], [8, 1, 1])[0],
            "day": 20250100 + 7 * number + minutes // 100,
        }

    def corrections(self, attempts):
        rows = []
        for place in range(self.dice.randint(0, 8)):
            kind = self.dice.choice(
                ["void", "unit", "audience", "eligibility", "same_person", "exclusion"]
            )
            row = {
                "id": f"c{place}",
                "kind": kind,
                "decided_at": self.dice.choice([10, 20, 1000, 1001]),
                "entrant": self.dice.choice(self.people),
            }
            if kind == "void" and self.chance(0.5):
                row |= {"attempt": self.dice.choice(attempts)["id"], "entrant": None}
            if kind in ("void", "unit") and self.chance(0.3):
                row["round"] = self.dice.randint(1, self.rounds)
            if kind == "unit":
                row["to"] = self.dice.choice([*UNITS, None])
            elif kind == "audience":
                row["to"] = self.dice.choice(AUDIENCES)
            elif kind == "same_person":
                row["to"] = self.dice.choice(self.people)
            elif self.chance(0.2):
                row["to"] = False
            if kind == "exclusion" and self.chance(0.3):
                row |= {"entrant": None, "unit": self.dice.choice(UNITS)}
            rows.append(row)
        return rows

    def external(self):
        people = self.some(self.people)
        rows = [
            {"source": "bai-viet", "entrant": who, "points": self.points()}
            for who in people
        ]
        rows += [
            {"source": "giam-khao", "unit": unit, "points": self.points()}
            for unit in UNITS
            for _ in range(self.dice.randint(0, 2))
        ]
        return rows

    def points(self):
        return self.dice.choice([0, 1000, 2500, 10_000])

    def below(self):
        """Awards and places of tallies that this one stands on, invented."""
        if self.chance(0.4):
            return []
        awards = []
        for who in self.dice.sample(self.people, 5):
            awards.append(
                {
                    "rule": "vong",
                    "round": self.dice.randint(1, 4),
                    "group": "can-bo",
                    "prize": self.dice.choice(["nhat", "nhi"]),
                    "special": self.chance(0.2),
                    "entrant": who,
                    "unit": None,
                    "audience": "can-bo",
                    "reports_to": self.dice.choice([*UNITS, None]),
                }
            )
        places = [[who, self.dice.randint(1, 30)] for who in self.some(self.people)]
        return [{"round": 1, "awards": awards, "places": {"r1": places}}]

    def frozen_truths(self):
        if self.chance(0.8):
            return []
        return [{"round": 1, "audience": "can-bo", "value": self.bound}]

    def decisions(self):
        """Decisions about every list that may have one; some order, some leave
        empty."""
        rows = []
        order = [*self.people, *UNITS]
        self.dice.shuffle(order)
        for rule in ("r1", "r2", "s1", "s2"):
            for number in (None, 1, 2):
                for group in ["", *AUDIENCES, *BLOCS, *UNITS]:
                    if self.chance(0.5):
                        rows.append(
                            {
                                "rule": rule,
                                "round": number,
                                "group": group,
                                "prize": self.dice.choice(["nhat", "nhi", "ba"]),
                                "order": order,
                                "leave_empty": self.chance(0.1),
                                "reason": "Biên bản",
                            }
                        )
        return rows
