"""Handing out prizes, naively: the whole list is looked at again for each."""

import hashlib
from fractions import Fraction


class Prizes:
    """What has been won, and the handing out of more."""

    def open_hands(self, below):
        self.won = []
        self.holds = [
            (award["entrant"], award["unit"], award["round"])
            for one in below
            for award in one["awards"]
            if not award.get("special")
        ]
        self.tied_lines = 0

    def hand_out(self, lists):
        joint = [one for one in lists if one["joint"]]
        for one in lists:
            if not one["joint"]:
                while one["slots"]:
                    self.give_next(one)
            elif one is joint[0]:
                while any(other["slots"] for other in joint):
                    waiting = [other for other in joint if other["slots"]]
                    self.give_next(min(waiting, key=highest_first))

    def give_next(self, one):
        slot = one["slots"][0]
        decision = one["decisions"].get(slot["code"], {})
        same = [s for s in one["slots"] if s is slot]
        if decision.get("leave_empty"):
            del one["slots"][: len(same)]
            return
        free = [row for row in one["rows"] if not self.is_out(one, row)]
        if not free:
            one["slots"] = []
            return
        first = min(row["rank"] for row in free)
        tied = [row for row in free if row["rank"] == first]
        if slot["at_least"] is not None and any(
            row["measure"] < slot["at_least"] for row in tied
        ):
            del one["slots"][: len(same)]
        elif len(tied) <= len(same):
            for row in tied:
                one["slots"].pop(0)
                self.win(one, row, slot, slot["value"])
        else:
            self.tied_lines += 1
            self.break_tie(one, tied, slot, same, decision)

    def break_tie(self, one, tied, slot, same, decision):
        if one["ties"] == "share":
            filled = one["slots"][: len(tied)]
            del one["slots"][: len(tied)]
            for row in tied:
                self.win(one, row, slot, sum(s["value"] for s in filled) // len(tied))
        elif one["ties"] == "extend":
            del one["slots"][: len(same)]
            for row in tied:
                self.win(one, row, slot, slot["value"])
        elif one["ties"] == "lot":
            for row in tied:
                row["rank"] = (*row["rank"], lot(one["seed"], row["who"]))
        elif set(decision.get("order", [])) >= {row["who"] for row in tied}:
            for row in tied:
                row["rank"] = (*row["rank"], decision["order"].index(row["who"]))
        else:
            del one["slots"][: len(tied)]
            one["done"] |= {row["who"] for row in tied}

    def is_out(self, one, row):
        if row["who"] in one["done"]:
            return True
        per = one["per"]
        at = 0 if one["kind"] == "entrant" else 1
        return per != "none" and any(
            held[at] == row["who"] and (per == "contest" or held[2] == one["round"])
            for held in self.holds
        )

    def win(self, one, row, slot, value):
        one["done"].add(row["who"])
        entrant = row["who"] if one["kind"] == "entrant" else None
        unit = None if one["kind"] == "entrant" else row["who"]
        award = (one["rule"], one["round"], one["group"], slot["code"])
        self.won.append((*award, entrant, unit, value, row["rank"][0]))
        one["winners"].append((row, slot))
        if not one["special"]:
            self.holds.append((entrant, unit, one["round"]))


def lot(seed, name):
    return hashlib.sha256((seed + name).encode()).hexdigest()


def highest_first(one):
    slot = one["slots"][0]
    order = [prize["code"] for prize in one["prizes"]].index(slot["code"])
    return (
        -slot["value"],
        order,
        one["order"],
        one["rule"],
        one["round"] or 0,
        one["group"],
    )


def prize_list(world, rule, number, group, prizes, rows, kind="entrant"):
    settings = rule["rule"].get("one_prize", {"per": "none"})
    prizes = [{**prize, "at_least": least_of(prize)} for prize in prizes]
    return {
        "kind": kind,
        "rule": rule["code"],
        "order": rule["order"],
        "round": number,
        "group": group,
        "prizes": prizes,
        "slots": [prize for prize in prizes for _ in range(prize["count"])],
        "rows": rows,
        "ties": rule["rule"].get("ties", "share"),
        "seed": rule["rule"].get("lot_seed", ""),
        "per": settings["per"],
        "joint": settings["per"] != "none" and settings.get("policy") == "highest_only",
        "decisions": {
            row["prize"]: row
            for row in world.inputs.get("decisions", [])
            if (row["rule"], row["round"], row["group"])
            == (rule["code"], number, group)
        },
        "done": set(),
        "winners": [],
        "special": False,
    }


def least_of(prize):
    least = prize.get("at_least")
    return None if least is None else Fraction(least)
