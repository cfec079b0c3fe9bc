"""
The naive recomputation that a tally is held against.

Written from ``docs/rules.md`` alone, apart from the product's rules: plain
dictionaries, every pair of rows compared, every prize handed out by looking at the
whole list again. Slow on purpose; shares no line with what it checks.
"""

from fractions import Fraction

from tests.leaderboards.brute_prizes import Prizes, lot, prize_list
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
        self.open_hands(inputs.get("below", []))

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


def choose(rule, valid, stands):
    """The attempts that count, out of valid ones in order of start."""
    policy = rule["policy"]
    if policy in ("first", "only"):
        return valid[:1]
    if policy == "last":
        return valid[-1:]
    if policy == "best":
        top = max(a["score"] for a in valid)
        return [min((a for a in valid if a["score"] == top), key=stands)]
    if policy == "best_of_day":
        return [best(valid, "day", day) for day in sorted({a["day"] for a in valid})]
    if policy == "sum":
        each = rule.get("each", "best_then_earliest")
        if each == "all":
            return list(valid)
        rounds = sorted({a["round"] for a in valid})
        chosen = []
        for number in rounds:
            mine = [a for a in valid if a["round"] == number]
            chosen += choose({"policy": each}, mine, stands)
        return chosen
    return [best(valid, None, None)]


def best(valid, part, value):
    mine = [a for a in valid if part is None or a[part] == value]
    found = mine[0]
    for a in mine[1:]:
        if a["score"] > found["score"] or (
            a["score"] == found["score"] and a["submitted_at"] < found["submitted_at"]
        ):
            found = a
    return found


# Lists of people -----------------------------------------------------------------


def lists_of(world, ranking, earlier):
    """The lists of a ranking by round and group."""
    rule = ranking["rule"]
    scopes = [(None, world.rounds)]
    if world.scope == "round":
        scopes = [(world.rounds[0], world.rounds)]
    elif rule.get("each_round"):
        scopes = [(number, [number]) for number in world.rounds]
    found = []
    for number, rounds in scopes:
        people = [
            facts
            for uuid in world.entrants
            if is_let_in(world, rule, uuid, earlier)
            and (facts := facts_of(world, rule, uuid, rounds))
        ]
        for group in sorted({f["group"] for f in people if f["group"] is not None}):
            rows = [facts for facts in people if facts["group"] == group]
            place_all(rows, rule["criteria"], rule)
            one = {"ranking": ranking, "round": number, "group": group, "rows": rows}
            found.append(one)
    return found


def place_all(rows, chain, rule):
    """One plus the number of rows that are better, for each row."""
    for row in rows:
        row["place"] = 1 + sum(
            compare(other, row, chain, rule) < 0 for other in rows if other is not row
        )
    rows.sort(key=lambda row: (row["place"], row["entrant"]))


def is_let_in(world, rule, uuid, earlier):
    audiences = rule.get("audiences") or list(world.counts)
    if world.entrants[uuid]["audience"] not in audiences:
        return False
    admit = rule.get("admit")
    if not admit:
        return True
    below = [
        who
        for one in world.inputs.get("below", [])
        for who, place in one.get("places", {}).get(admit["ranking"], [])
        if place <= admit["places"]
    ]
    here = [
        row["entrant"]
        for one in earlier
        if one["ranking"]["code"] == admit["ranking"]
        for row in one["rows"]
        if row["place"] <= admit["places"]
    ]
    return uuid in below + here


def facts_of(world, rule, uuid, rounds):
    valid = world.valid(uuid, rounds)
    if not valid:
        return None

    class Standing:
        """An attempt by how it would stand alone; ``min`` asks for nothing else."""

        def __init__(self, attempt):
            self.facts = added(world, rule, uuid, rounds, valid, [attempt])

        def __lt__(self, other):
            return compare(self.facts, other.facts, rule["criteria"], rule) < 0

    counting = rule.get("counting", {"policy": "best_then_earliest"})
    facts = added(world, rule, uuid, rounds, valid, choose(counting, valid, Standing))
    if world.barred(uuid, facts["unit"]):
        return None
    if rule.get("perfect_only") and not facts["perfect"]:
        return None
    facts["group"] = {
        "audience": facts["audience"],
        "all": "",
        "unit": facts["unit"],
        "bloc": world.units[facts["unit"]]["bloc"] if facts["unit"] else None,
    }[rule.get("group_by", "audience")]
    return facts


def added(world, rule, uuid, rounds, valid, chosen):
    entrant = world.entrants[uuid]
    last = chosen[0]
    for attempt in chosen[1:]:
        if (attempt["submitted_at"], attempt["id"]) > (
            last["submitted_at"],
            last["id"],
        ):
            last = attempt
    distances, is_over, is_missing = [], False, False
    for attempt in chosen:
        truth = world.truths.get((attempt["round"], entrant["audience"]))
        if truth is None:
            continue
        if attempt["prediction"] is None:
            is_missing = True
            continue
        distances.append(abs(truth - attempt["prediction"]))
        is_over = is_over or attempt["prediction"] > truth
    return {
        "entrant": uuid,
        "attempt": last["id"],
        "audience": entrant["audience"],
        "unit": last["unit"],
        "perfect": all(a["perfect"] for a in chosen),
        "score": sum(a["score"] for a in chosen),
        "correct": sum(a["correct"] for a in chosen),
        "prediction_distance": None if is_missing or not distances else sum(distances),
        "over": is_over and not is_missing,
        "duration": sum(a["duration_ms"] for a in chosen),
        "total_duration": sum(a["duration_ms"] for a in valid),
        "submitted_at": last["submitted_at"],
        "started_at": min(a["started_at"] for a in chosen),
        "registered_at": entrant["registered_at"],
        "attempts_used": len(world.used(uuid, rounds)),
        "times_at_full": len([a for a in valid if a["perfect"]]),
        "rounds_taken_part": len({a["round"] for a in valid}),
        "birth": entrant["birth"],
        "external": {
            row["source"]: row["points"]
            for row in world.inputs.get("external", [])
            if row.get("entrant") == uuid
        },
    }


HIGHEST = {"score", "correct", "times_at_full", "rounds_taken_part", "external"}


def compare(a, b, chain, rule):
    """Below zero if ``a`` comes first, above if ``b`` does, zero for equals."""
    for criterion in chain:
        usual = "desc" if criterion["code"] in HIGHEST else "asc"
        direction = criterion.get("direction", usual)
        one, other = (value_of(f, criterion, rule) for f in (a, b))
        if one is None and other is None:
            continue
        if one is None or other is None:
            return 1 if one is None else -1
        if criterion["code"] == "prediction_distance" and one[0] != other[0]:
            return -1 if one[0] < other[0] else 1
        if one != other:
            return -1 if (one < other) == (direction == "asc") else 1
    return 0


def value_of(facts, criterion, rule):
    code = criterion["code"]
    if code == "prediction_distance":
        settings = rule.get("prediction", {})
        distance = facts["prediction_distance"]
        if settings.get("order") == "perfect_only" and not facts["perfect"]:
            return None
        if distance is None:
            return None
        loses = settings.get("distance") == "over_loses" and facts["over"]
        return (1 if loses else 0, distance)
    if code == "age":
        birth = facts["birth"]
        if birth is None:
            return None
        if criterion.get("precision") == "year":
            return -(birth // 10_000)
        return None if birth % 10_000 == 0 else -birth
    if code == "lot":
        return lot(rule["lot_seed"], facts["entrant"])
    if code == "external":
        return facts["external"].get(criterion["source"])
    value = facts[code]
    if criterion.get("unit") == "s" and value is not None:
        return value // 1000
    return value


# Prize lists ---------------------------------------------------------------------


def prizes_of(world, one):
    rule = one["ranking"]["rule"]
    word = rule.get("group_by", "audience")
    prizes = [
        prize
        for prize in rule.get("prizes", [])
        if prize.get(word) is None or prize[word] == one["group"]
    ]
    most = None
    if rule.get("cap"):
        most = Fraction(rule["cap"]["share"]) * len(one["rows"]) // 1
    people = [
        {"who": row["entrant"], "rank": (row["place"],), "measure": row["score"]}
        for row in one["rows"]
    ]
    made = prize_list(world, one["ranking"], one["round"], one["group"], prizes, people)
    made["slots"] = made["slots"] if most is None else made["slots"][: int(most)]
    one["prizes"] = made
    return made


def special_of(world, one, special):
    ranking = one["ranking"]
    rows = [dict(row) for row in one["rows"]]
    if special.get("among") == "perfect":
        rows = [row for row in rows if row["perfect"]]
    elif special.get("among") == "winners":
        below = [a for b in world.inputs.get("below", []) for a in b["awards"]]
        winners = {award["entrant"] for award in below} | world.main_winners
        rows = [row for row in rows if row["entrant"] in winners]
    place_all(rows, special["criteria"], ranking["rule"])
    people = [
        {"who": row["entrant"], "rank": (row["place"],), "measure": row["score"]}
        for row in rows
    ]
    made = prize_list(world, ranking, one["round"], one["group"], [special], people)
    made |= {"per": "none", "joint": False, "special": True}
    return made
