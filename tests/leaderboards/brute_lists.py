"""Lists of people, naively: a place is one plus the number of those who are better."""

from fractions import Fraction

from tests.leaderboards.brute_counting import choose
from tests.leaderboards.brute_prizes import lot, prize_list


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
            for row in sorted(
                world.inputs.get("external", []), key=lambda row: row["points"]
            )
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
