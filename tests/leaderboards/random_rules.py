"""Random rules: every behaviour that is registered, in every combination."""

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


class RandomRules:
    """Draws rules with ``dice`` for a tally of ``scope``."""

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
