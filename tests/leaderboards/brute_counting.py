"""Which attempts count, naively."""


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
