"""Units, naively: every number counted again from the attempts each time it is
asked."""

from fractions import Fraction

from tests.leaderboards.brute_prizes import prize_list


def recount_units(world):
    """Unit lists by scheme and group; their prizes are handed out in ``world``."""
    individual = [award for award in world.won if award[4] is not None]
    found, lists = {}, []
    for scheme in world.rules("schemes"):
        rule = scheme["rule"]
        by_bloc = rule.get("group_by", "bloc") == "bloc"
        groups = [bloc["code"] for bloc in world.inputs["blocs"]] if by_bloc else [""]
        for group in groups:
            units = [
                code
                for code, unit in sorted(world.units.items())
                if stands(world, unit)
                and (not rule.get("blocs") or unit["bloc"] in rule["blocs"])
                and (not by_bloc or unit["bloc"] == group)
            ]
            if units:
                rows = list_of(Asked(world, rule, individual), rule, units)
                found[scheme["code"], group] = [
                    (row["place"], row["who"], str(row["measure"])) for row in rows
                ]
                lists.append(prizes_of(world, scheme, group, rows))
    world.hand_out(lists)
    return found


def stands(world, unit):
    opens = min(one.get("opens_at", 0) for one in world.inputs["rounds"])
    return not unit.get("counts_as") or unit.get("counts_as_from", 0) > opens


def prizes_of(world, scheme, group, rows):
    prizes = [
        prize
        for prize in scheme["rule"].get("prizes", [])
        if prize.get("bloc") in (None, group)
    ]
    rows = [row | {"rank": (row["place"],)} for row in rows if row["place"]]
    number = world.rounds[0] if world.scope == "round" else None
    return prize_list(world, scheme, number, group, prizes, rows, kind="unit")


def list_of(asked, rule, units):
    rows = []
    for unit in units:
        passes = all(asked.passes(gate, unit) for gate in rule.get("gates", []))
        is_in = passes and not asked.world.units[unit].get("excluded")
        rows.append({"who": unit, "is_in": is_in, "place": None})
    rivals = [row["who"] for row in rows if row["is_in"]]
    for row in rows:
        total = Fraction(0)
        for component in rule["components"]:
            worth, full = normalised(asked, component, row["who"], rivals)
            decimals = component.get("decimals", rule.get("decimals"))
            if decimals is not None:
                worth = rounded(worth, decimals)
            total += worth * Fraction(component["weight"]) / full
        row["measure"] = total
        row["chain"] = [(total, "desc")]
        for tie in rule.get("tie_chain", []):
            measure = tie
            if tie.get("component"):
                measure = next(
                    c for c in rule["components"] if c["code"] == tie["component"]
                )
            value = asked.value(measure, row["who"])[0]
            row["chain"].append((value, tie.get("direction", "desc")))
    ranked = [row for row in rows if row["is_in"]]
    for row in ranked:
        row["place"] = 1 + sum(is_better(other, row) for other in ranked)
    ranked.sort(key=lambda row: (row["place"], row["who"]))
    return ranked + [row for row in rows if not row["is_in"]]


def is_better(one, other):
    for (a, direction), (b, _) in zip(one["chain"], other["chain"], strict=True):
        if a == b:
            continue
        if a is None or b is None:
            return b is None
        return a > b if direction == "desc" else a < b
    return False


def rounded(value, decimals):
    scaled = value * 10**decimals
    whole = scaled.numerator // scaled.denominator
    return Fraction(whole + (scaled - whole >= Fraction(1, 2)), 10**decimals)


def normalised(asked, component, unit, rivals):
    """What the component's value is worth, and what earns the whole weight."""
    rule = component["normaliser"]
    value, most = asked.value(component, unit)
    zero = Fraction(0)
    if rule["code"] == "raw":
        return value or zero, 1
    if rule["code"] == "percent":
        return (value or zero) * 100, 100
    if rule["code"] == "share_of_max":
        return (value / most * 100 if value and most else zero), 100
    if rule["code"] == "bands":
        reached = [
            band
            for band in rule["bands"]
            if value is not None and value >= Fraction(band["from"])
        ]
        top = max(reached, key=lambda band: Fraction(band["from"]), default=None)
        return Fraction(top["points"]) if top else zero, 1
    others = [asked.value(component, rival)[0] for rival in rivals]
    others = [other for other in others if other is not None]
    if rule["code"] == "linear_to_best":
        best = max(others, default=zero)
        if value is None or best <= 0:
            return zero, 100
        return min(value * 100 / best, Fraction(100)), 100
    points = rule.get("points") or range(rule["top"], 0, -1)
    if unit not in rivals or value is None:
        return zero, 1
    above = sum(other > value for other in others)
    return (Fraction(list(points)[above]) if above < len(points) else zero), 1


class Asked:
    """Answers a scheme's questions about a unit."""

    def __init__(self, world, rule, individual):
        self.world = world
        self.rule = rule
        self.individual = individual

    def over(self, measure):
        """Rounds, attempts, audiences and categories that a measure is about."""
        how = {
            key: measure.get(key) or self.rule.get(key) or usual
            for key, usual in (
                ("rounds", "mean"),
                ("attempts", "counting"),
                ("population", {}),
            )
        }
        population = how["population"]
        counts = self.world.counts
        audiences = set(population.get("audiences", []))
        audiences = audiences or {code for code in counts if counts[code]}
        if population.get("citizens_by_commune"):
            audiences |= {code for code in counts if not counts[code]}
        categories = population.get("categories", [])
        return how["rounds"], how["attempts"], audiences, categories

    def papers(self, unit, number, attempts, audiences, categories):
        world, found = self.world, []
        for uuid, entrant in world.entrants.items():
            if entrant["audience"] not in audiences:
                continue
            if categories and entrant["category"] not in categories:
                continue
            mine = world.valid(uuid, [number])
            if attempts == "counting":
                mine = world.counting_in(uuid, number)
            keep = world.inputs["settings"]["excluded_counts_for_unit"]
            for attempt in mine:
                if attempt["unit"] == unit and (keep or not world.barred(uuid, unit)):
                    found.append((uuid, attempt["score"], attempt["max"]))
        return found

    def heads(self, unit, number, audiences, categories):
        """Declared people in a round, or in the contest if ``number`` is None."""
        if number is None and len(self.world.rounds) == 1:
            number = self.world.rounds[0]
        order = [number, None]
        if number is None:
            order = [None, *sorted(self.world.rounds, reverse=True)]

        def declared(audience):
            for when in order:
                rows = [
                    row
                    for row in self.world.inputs["headcounts"]
                    if row["unit"] == unit
                    and row.get("round") == when
                    and row.get("audience") == audience
                ]
                if categories:
                    rows = [r for r in rows if r.get("category", "") in categories]
                elif any(not r.get("category") for r in rows):
                    rows = [r for r in rows if not r.get("category")]
                if rows:
                    return sum(r["people"] for r in rows)
            return None

        found = [n for n in map(declared, sorted(audiences)) if n is not None]
        return sum(found) if found else declared(None)

    def value(self, measure, unit):
        """The value of a metric for a unit and the most it could be, or None each."""
        code, params = measure["metric"], measure.get("params", {})
        rounds, attempts, audiences, categories = self.over(measure)
        cells = {
            n: self.papers(unit, n, attempts, audiences, categories)
            for n in self.world.rounds
        }
        if code in ("individual_prizes", "prize_points"):
            return self.prizes(code, params, unit, audiences), None
        if code == "external":
            return self.external(params, unit)
        if code == "rounds_count":
            taken = sum(bool(papers) for papers in cells.values())
            return Fraction(taken), Fraction(len(cells))
        heads = {n: self.heads(unit, n, audiences, categories) for n in cells}
        if code == "steadiness":
            rates = [one(("rate", {}), cells[n], heads[n])[0] for n in cells]
            rates = [rate for rate in rates if rate is not None]
            if not rates:
                return None, Fraction(1)
            return (min(rates) / max(rates) if max(rates) else Fraction(0)), Fraction(1)
        metric = (code, params)
        if rounds == "mean":
            values = [one(metric, cells[n], heads[n]) for n in cells]
            values = [value for value in values if value[0] is not None]
            if not values:
                return None, None
            most = [value[1] for value in values if value[1] is not None]
            return average([value[0] for value in values]), average(most)
        if rounds == "pooled":
            return pooled(metric, cells, heads)
        whole = self.heads(unit, None, audiences, categories)
        return one(metric, together(cells, rounds), whole)

    def prizes(self, code, params, unit, audiences):
        total = Fraction(0)
        for rule, prize, audience, reports_to in self.individual_awards():
            if reports_to != unit or audience not in audiences:
                continue
            if params.get("rankings") and rule not in params["rankings"]:
                continue
            points = params.get("points", {}).get(prize, 0)
            total += 1 if code == "individual_prizes" else Fraction(points)
        return total

    def individual_awards(self):
        below = self.world.inputs.get("below", [])
        if self.world.scope == "contest":
            for one in below:
                for a in one["awards"]:
                    if a["entrant"] is not None:
                        yield a["rule"], a["prize"], a["audience"], a["reports_to"]
        for rule, number, group, prize, entrant, *_ in self.individual:
            audience = self.world.entrants[entrant]["audience"]
            yield (
                rule,
                prize,
                audience,
                self.world.unit_in[rule, number, group, entrant],
            )

    def external(self, params, unit):
        points = [
            row["points"]
            for row in self.world.inputs.get("external", [])
            if row.get("unit") == unit and row["source"] == params["source"]
        ]
        most = Fraction(params["max"]) if params.get("max") is not None else None
        if not points:
            return None, most
        total = Fraction(sum(points), 1000)
        return (total / len(points) if params.get("combine") == "mean" else total), most

    def passes(self, gate, unit):
        code = gate["code"]
        measure = {
            k: gate[k] for k in ("rounds", "attempts", "population") if k in gate
        }
        needed, minimum = Fraction(gate["value"]), gate.get("minimum")
        if code == "metric":
            measure |= {"metric": gate["metric"], "params": gate.get("params", {})}
        elif code == "individual_prizes":
            params = {"rankings": gate.get("rankings", [])}
            measure |= {"metric": code, "params": params}
        elif code == "external":
            measure |= {"metric": code, "params": gate}
        else:
            if code == "compulsory":
                population = dict(self.rule.get("population", {}))
                population = dict(gate.get("population", population))
                population["categories"] = [gate["category"]]
                measure["population"] = population
            _, _, audiences, categories = self.over(measure)
            heads = self.heads(unit, None, audiences, categories)
            for band in gate.get("bands", []):
                if heads is not None and heads < band["below"]:
                    needed, minimum = Fraction(band["value"]), band.get("minimum")
                    break
            if code == "compulsory" and not heads:
                return True
            measure["metric"] = "rate"
        value = self.value(measure, unit)[0]
        if value is None:
            return False
        if value > needed or (value == needed and gate.get("op", ">=") == ">="):
            return True
        if minimum is None:
            return False
        return self.value(measure | {"metric": "participants"}, unit)[0] >= minimum


def pooled(metric, cells, heads):
    if metric[0] in ("rate", "score_per_head"):
        cells = {n: papers for n, papers in cells.items() if heads[n]}
    papers = [(n, *row) for n, rows in cells.items() for row in rows]
    people = [((n, uuid), score, most) for n, uuid, score, most in papers]
    known = [heads[n] or 0 for n in cells]
    return one(metric, people, sum(known) if known else None)


def together(cells, rounds):
    """Each person's best paper, or the papers of those who have one in every round."""
    whole = [row for rows in cells.values() for row in rows]
    if rounds == "distinct":
        return [
            max(
                (row for row in whole if row[0] == uuid),
                key=lambda row: (row[1], -row[2]),
            )
            for uuid in sorted({row[0] for row in whole})
        ]
    return [
        row
        for row in whole
        if all(any(r[0] == row[0] for r in rows) for rows in cells.values())
    ]


def average(values):
    return sum(values, Fraction(0)) / len(values) if values else None


def one(metric, papers, heads):
    """A metric of one set of papers, and the most it could be."""
    code, params = metric
    people = len({row[0] for row in papers})
    points = Fraction(sum(row[1] for row in papers), 1000)
    most = Fraction(sum(row[2] for row in papers), 1000)
    count = len(papers)
    mean_most = most / count if count else Fraction(0)
    share = Fraction(1) if count else Fraction(0)
    if code == "participants":
        return Fraction(people), Fraction(heads or 0)
    if code == "attempts":
        return Fraction(count), None
    if code == "rate":
        return (
            (min(Fraction(people, heads), Fraction(1)), Fraction(1))
            if heads
            else (
                None,
                None,
            )
        )
    if code == "mean_score":
        return (points / count if count else Fraction(0)), mean_most
    if code == "total_score":
        return points, most
    if code == "score_per_head":
        return (points / heads, mean_most) if heads else (None, None)
    if code == "perfect_share":
        good = [row for row in papers if row[1] >= row[2] > 0]
    elif "points" in params:
        good = [row for row in papers if row[1] >= params["points"]]
    else:
        good = [row for row in papers if row[1] >= Fraction(params["share"]) * row[2]]
    return (Fraction(len(good), count) if count else Fraction(0)), share
