"""Random contests: rules of every kind over attempts that often tie."""

import random

from tests.leaderboards.building import ATTEMPT, ENTRANT, as_table

CRITERIA = [
    "score",
    "correct",
    "prediction_distance",
    "duration",
    "total_duration",
    "submitted_at",
    "started_at",
    "registered_at",
    "attempts_used",
    "times_at_full",
    "rounds_taken_part",
    "age",
    "external",
    "lot",
]
TIMED = {"duration", "total_duration", "submitted_at", "started_at", "registered_at"}
COUNTING = ["only", "first", "best", "best_then_earliest", "last", "best_of_day", "sum"]
METRICS = [
    "participants",
    "attempts",
    "rate",
    "mean_score",
    "total_score",
    "score_per_head",
    "perfect_share",
    "share_above",
    "prize_points",
    "individual_prizes",
    "rounds_count",
    "steadiness",
    "external",
]
RATIOS = {"rate", "perfect_share", "share_above", "steadiness"}
NO_MAXIMUM = {"attempts", "prize_points", "individual_prizes"}
NORMALISERS = [
    "raw",
    "percent",
    "share_of_max",
    "linear_to_best",
    "rank_points",
    "bands",
]
GATES = ["rate", "compulsory", "individual_prizes", "external", "metric"]
TIES = ["share", "extend", "lot", "organiser"]
ROUNDS = ["mean", "pooled", "distinct", "all_rounds"]
AUDIENCES = ["can-bo", "cong-dan"]
BLOCS = ["khoi-a", "khoi-b"]
UNITS = ["u1", "u2", "u3", "u4", "u5", "u6"]
MINUTE = 60_000
WEEK = 7 * 24 * 60 * MINUTE


class RandomContest:
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

    # Rules -----------------------------------------------------------------------

    def counting(self):
        policy = self.dice.choice(COUNTING)
        if policy == "sum" and self.chance(0.5):
            return {
                "policy": policy,
                "each": self.dice.choice(["all", "first", "last"]),
            }
        return {"policy": policy}

    def ranking(self, place):
        word = self.dice.choice(["audience", "audience", "all", "bloc", "unit"])
        rule = {
            "audiences": self.some(AUDIENCES),
            "group_by": word,
            "counting": self.counting(),
            "perfect_only": self.chance(0.15),
            "prediction": {
                "order": self.dice.choice(["lexicographic", "perfect_only"]),
                "distance": self.dice.choice(["absolute", "over_loses"]),
            },
            "criteria": self.chain(self.dice.choice([1, 1, 2, 3, 4])),
            "ties": self.dice.choice(TIES),
            "lot_seed": f"seed {self.number}",
            "prizes": self.prizes(),
            "one_prize": self.one_prize(),
        }
        if self.scope == "contest" and self.chance(0.4):
            rule["each_round"] = True
        if self.chance(0.25):
            rule["cap"] = {"share": self.dice.choice(["1/2", "1/4", "1/10"])}
        if place == 2 and self.chance(0.3):
            rule["admit"] = {"ranking": "r1", "places": self.dice.randint(1, 20)}
        if self.chance(0.4):
            among = self.dice.choice(["all", "winners", "perfect"])
            special = {"among": among, "criteria": self.chain(2), **self.prize("dac")}
            rule["special"] = [special]
        return self.ruled(f"r{place}", place, rule)

    def ruled(self, code, place, rule):
        return {
            "code": code,
            "title": code,
            "order": place,
            "scope": self.scope,
            "rule": rule,
        }

    def chain(self, length):
        chosen = self.dice.sample(CRITERIA, length)
        if self.chance(0.5) and "score" not in chosen:
            chosen[0] = "score"
        return [self.criterion(code) for code in chosen]

    def criterion(self, code):
        made = {"code": code}
        if self.chance(0.25):
            made["direction"] = self.dice.choice(["asc", "desc"])
        if code == "external":
            made["source"] = "bai-viet"
        if code in TIMED and self.chance(0.5):
            made["unit"] = "s"
        if code == "age" and self.chance(0.5):
            made["precision"] = "year"
        return made

    def prizes(self):
        return [
            self.prize(code)
            for code in ["nhat", "nhi", "ba"][: self.dice.randint(1, 3)]
        ]

    def prize(self, code):
        made = {
            "code": code,
            "title": code,
            "count": self.dice.randint(1, 3),
            "value": self.dice.choice([100, 200, 250]),
        }
        if self.chance(0.1):
            made["at_least"] = self.dice.choice([1, 4000, 5000])
        return made

    def one_prize(self):
        per = self.dice.choice(["none", "round", "contest"])
        policy = "earlier_stands"
        if self.scope == "contest" and self.chance(0.5):
            policy = "highest_only"
        return {"per": per, "policy": policy}

    def scheme(self, place):
        rule = {
            "blocs": self.some(BLOCS),
            "group_by": self.dice.choice(["bloc", "bloc", "all"]),
            "gates": [self.gate() for _ in range(self.dice.choice([0, 0, 1, 1, 2]))],
            "components": [
                self.component(f"k{n}") for n in range(self.dice.choice([1, 1, 2, 3]))
            ],
            "ties": self.dice.choice(TIES),
            "lot_seed": f"seed {self.number}",
            "prizes": self.prizes(),
            "one_prize": self.one_prize(),
        } | self.over()
        if self.chance(0.3):
            rule["decimals"] = self.dice.randint(0, 2)
        if self.chance(0.6):
            rule["tie_chain"] = [
                self.tie_break() for _ in range(self.dice.randint(1, 2))
            ]
        return self.ruled(f"s{place}", place, rule)

    def over(self):
        """Settings that may stand on a scheme or on a part of it."""
        made = {}
        if self.chance(0.6):
            made["rounds"] = self.dice.choice(ROUNDS)
        if self.chance(0.5):
            made["attempts"] = self.dice.choice(["counting", "all"])
        if self.chance(0.4):
            made["population"] = {
                "audiences": self.some(AUDIENCES),
                "citizens_by_commune": self.chance(0.4),
                "categories": ["lanh-dao"] if self.chance(0.1) else [],
            }
        return made

    def metric(self, code=None):
        code = code or self.dice.choice(METRICS)
        params = {}
        if code == "share_above":
            params = self.dice.choice([{"points": 4000}, {"share": "3/5"}])
        elif code == "prize_points":
            params = {"points": {"nhat": 3, "nhi": "3/2"}}
        elif code == "external":
            params = {"source": "giam-khao", "max": "20"}
            params["combine"] = self.dice.choice(["sum", "mean"])
        if code in ("prize_points", "individual_prizes") and self.chance(0.3):
            params["rankings"] = ["r1"]
        return {"metric": code, "params": params}

    def component(self, code):
        made = self.metric()
        possible = [
            name
            for name in NORMALISERS
            if (name != "percent" or made["metric"] in RATIOS)
            and (name != "share_of_max" or made["metric"] not in NO_MAXIMUM)
        ]
        name = self.dice.choice(possible)
        settings = {"code": name}
        if name == "rank_points":
            settings |= self.dice.choice([{"top": 3}, {"points": [5, "5/2", 1]}])
        if name == "bands":
            settings["bands"] = [
                {"from": "1/2", "points": 1},
                {"from": "2", "points": "5/2"},
                {"from": "0", "points": "1/3"},
            ]
        if self.chance(0.2):
            made["decimals"] = self.dice.randint(0, 3)
        weight = self.dice.choice(["40", "1/3", 1, "0.5"])
        return (
            made
            | {"code": code, "normaliser": settings, "weight": weight}
            | self.over()
        )

    def tie_break(self):
        direction = self.dice.choice(["asc", "desc"])
        if self.chance(0.3):
            return {"component": "k0", "direction": direction}
        return self.metric() | self.over() | {"direction": direction}

    def gate(self):
        code = self.dice.choice(GATES)
        made = {"code": code, "op": self.dice.choice([">=", ">"])} | self.over()
        made["value"] = self.dice.choice(["0", "1/3", "1/2"])
        if code == "compulsory":
            made["category"] = "lanh-dao"
        if code == "external":
            made |= {"source": "giam-khao", "value": "1"}
        if code == "individual_prizes":
            made["value"] = self.dice.choice([0, 1])
        if code == "metric":
            made |= self.metric()
        if code in ("rate", "compulsory") and self.chance(0.5):
            made["minimum"] = self.dice.randint(0, 5)
        if code in ("rate", "compulsory") and self.chance(0.5):
            made["bands"] = [
                {"below": 8, "value": "1/4"},
                {"below": 20, "value": "2/5", "minimum": 3},
            ]
        return made
