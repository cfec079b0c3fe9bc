"""
The naive recomputation that a tally is held against.

Written from ``docs/rules.md`` alone, apart from the product's rules: plain
dictionaries, every pair of rows compared, every prize handed out by looking at the
whole list again. Slow on purpose; shares no line with what it checks.
"""

from tests.leaderboards.brute_counting import choose
from tests.leaderboards.brute_lists import lists_of, prizes_of, special_of
from tests.leaderboards.brute_prizes import Prizes
from tests.leaderboards.brute_units import recount_units

ENTRANT = {
    "unit": None,
    "birth": None,
    "registered_at": None,
    "eligible": True,
    "excluded": False,
    "category": "",
}
ATTEMPT = {
    "number": 1,
    "audience": None,
    "unit": None,
    "correct": 0,
    "answered": None,
    "prediction": None,
    "closed_by": "person",
    "day": 0,
}


def recount(inputs):
    """``{"truths", "standings", "units", "awards", "tied_lines"}`` of ``inputs``."""
    world = World(inputs)
    lists = []
    for ranking in world.rules("rankings"):
        lists += lists_of(world, ranking, lists)
    world.hand_out([prizes_of(world, one) for one in lists])
    world.unit_in = {
        (*key_of(one), row["entrant"]): row["unit"]
        for one in lists
        for row in one["rows"]
    }
    world.main_winners = {award[4] for award in world.won}
    for one in lists:
        for special in one["ranking"]["rule"].get("special", []):
            world.hand_out([special_of(world, one, special)])
    units = recount_units(world)
    return {
        "truths": world.truths,
        "standings": {
            key_of(one): [
                (row["place"], row["entrant"], row["attempt"]) for row in one["rows"]
            ]
            for one in lists
        },
        "units": units,
        "awards": sorted(world.won, key=str),
        "tied_lines": world.tied_lines,
    }


def key_of(one):
    return (one["ranking"]["code"], one["round"], one["group"])


def rows_of(table, usual):
    for row in table["rows"]:
        yield usual | dict(zip(table["columns"], row, strict=True))


class World(Prizes):
    """The inputs after corrections, and what has been won so far."""

    def __init__(self, inputs):
        self.inputs = inputs
        self.scope = inputs["scope"]
        self.rounds = sorted(one["number"] for one in inputs["rounds"])
        self.counts = {a["code"]: a["counts_for_unit"] for a in inputs["audiences"]}
        self.papers = {(p["round"], p["audience"]): p for p in inputs["papers"]}
        self.units = {u["code"]: dict(u) for u in inputs["units"]}
        self.entrants = {
            e["uuid"]: e for e in rows_of(inputs["entrants"], dict(ENTRANT))
        }
        self.attempts = list(rows_of(inputs["attempts"], dict(ATTEMPT)))
        for attempt in self.attempts:
            owner = self.entrants[attempt["entrant"]]
            attempt["audience"] = attempt["audience"] or owner["audience"]
            attempt["unit"] = attempt["unit"] or owner["unit"]
            paper = self.papers[attempt["round"], attempt["audience"]]
            attempt["max"] = paper["max_score"]
            attempt["perfect"] = attempt["score"] >= attempt["max"] > 0
            attempt["void"] = False
        self.correct()
        for attempt in self.attempts:
            attempt["unit"] = self.heir(attempt["unit"], attempt["started_at"])
        self.known = {}
        self.truths = self.find_truths()
        self.open_hands(self.inputs.get("below", []))

    def rules(self, kind):
        mine = [rule for rule in self.inputs[kind] if rule["scope"] == self.scope]
        return sorted(mine, key=lambda rule: (rule["order"], rule["code"]))

    def heir(self, unit, moment):
        while unit is not None and self.units[unit].get("counts_as"):
            if moment < self.units[unit].get("counts_as_from", 0):
                break
            unit = self.units[unit]["counts_as"]
        return unit

    # Corrections -----------------------------------------------------------------

    def correct(self):
        same = {}
        corrections = self.inputs.get("corrections", [])
        for one in sorted(corrections, key=lambda c: (c["decided_at"], c["id"])):
            if one["decided_at"] > self.inputs["cutoff"]:
                continue
            who = one.get("entrant")
            if one["kind"] == "same_person":
                a, b = follow(same, who), follow(same, one["to"])
                if a in self.entrants and b in self.entrants and a != b:
                    same[a] = b
            else:
                self.correct_one(one, who)
        for uuid in same:
            kept = follow(same, uuid)
            if self.entrants[uuid]["excluded"]:
                self.entrants[kept]["excluded"] = True
            for attempt in self.attempts:
                if attempt["entrant"] == uuid:
                    attempt["entrant"] = kept
        for uuid in same:
            del self.entrants[uuid]
        kept = {uuid: follow(same, uuid) for uuid in same}
        for part in ("external", "below"):
            found = renamed(self.inputs.get(part, []), kept)
            self.inputs = {**self.inputs, part: found}

    def correct_one(self, one, who):
        mine = [
            a
            for a in self.attempts
            if (one.get("attempt") is not None and a["id"] == one["attempt"])
            or (
                one.get("attempt") is None
                and who is not None
                and a["entrant"] == who
                and one.get("round") in (None, a["round"])
            )
        ]
        if one["kind"] == "void":
            for attempt in mine:
                attempt["void"] = one.get("to") is not False
        elif one["kind"] == "unit":
            for attempt in mine:
                attempt["unit"] = one["to"]
            if one.get("attempt") is None and one.get("round") is None:
                self.entrants[who]["unit"] = one["to"]
        elif one["kind"] == "audience":
            self.entrants[who]["audience"] = one["to"]
        elif one["kind"] == "eligibility":
            self.entrants[who]["eligible"] = one.get("to") is not False
        elif one.get("unit"):
            self.units[one["unit"]]["excluded"] = one.get("to") is not False
        else:
            self.entrants[who]["excluded"] = one.get("to") is not False

    # Attempts --------------------------------------------------------------------

    def used(self, uuid, rounds):
        """Attempts that are not void, in order of start."""
        mine = [
            a
            for a in self.attempts
            if a["entrant"] == uuid and not a["void"] and a["round"] in rounds
        ]
        return sorted(mine, key=lambda a: (a["started_at"], a["number"], a["id"]))

    def valid(self, uuid, rounds):
        """Attempts that may count; remembered, for they are asked for all the time."""
        key = (uuid, *rounds)
        if key not in self.known:
            self.known[key] = self.find_valid(uuid, rounds)
        return self.known[key]

    def find_valid(self, uuid, rounds):
        if not self.entrants[uuid]["eligible"]:
            return []
        chosen = self.inputs["settings"]
        found = []
        for attempt in self.used(uuid, rounds):
            if attempt["closed_by"] == "time" and not chosen["abandoned_counts"]:
                continue
            items = self.papers[attempt["round"], attempt["audience"]]["item_count"]
            answered = attempt["answered"]
            if chosen["incomplete_void"] and answered is not None and answered < items:
                continue
            found.append(attempt)
        return found

    def counting_in(self, uuid, number):
        """The attempts that count in a round by the paper's own counting."""
        valid = self.valid(uuid, [number])
        if not valid:
            return []
        paper = self.papers[number, self.entrants[uuid]["audience"]]
        rule = paper.get("counting", {"policy": "best_then_earliest"})
        return choose(rule, valid, lambda a: (a["started_at"], a["number"], a["id"]))

    def barred(self, uuid, unit):
        if self.entrants[uuid]["excluded"]:
            return True
        near = [unit, self.entrants[uuid]["unit"]]
        return any(u is not None and self.units[u].get("excluded") for u in near)

    def find_truths(self):
        truths = {}
        frozen = {
            (t["round"], t["audience"]): t["value"]
            for t in self.inputs.get("frozen_truths", [])
        }
        for key, paper in self.papers.items():
            prediction = paper.get("prediction")
            if prediction:
                truths[key] = frozen.get(key, self.count(key, prediction))
        return truths

    def count(self, key, prediction):
        number, audience = key
        people = perfect = attempts = 0
        for uuid, entrant in self.entrants.items():
            counting = self.counting_in(uuid, number)
            if prediction.get("scope") != "all" and entrant["audience"] != audience:
                continue
            if not counting or self.barred(uuid, counting[-1]["unit"]):
                continue
            people += 1
            perfect += all(a["perfect"] for a in counting)
            attempts += len(self.valid(uuid, [number]))
        answers = {"people": people, "perfect_people": perfect, "attempts": attempts}
        return answers.get(prediction["target"], prediction.get("answer"))


def follow(same, uuid):
    while uuid in same:
        uuid = same[uuid]
    return uuid


def renamed(value, names):
    """A JSON value with every string that ``names`` has under its new name."""
    if isinstance(value, dict):
        return {key: renamed(one, names) for key, one in value.items()}
    if isinstance(value, list):
        return [renamed(one, names) for one in value]
    return names.get(value, value) if isinstance(value, str) else value
