"""Small inputs for tallies: each builder needs only what the test is about."""

from leaderboards.rules import tables

HOUR = 3_600_000
OPENS = 1_759_078_800_000  # 29 September 2025, 00:00 in Huế
WEEK = 7 * 24 * HOUR


def entrant(name, audience="can-bo", unit=None, **more):
    return {"uuid": name, "audience": audience, "unit": unit, **more}


def attempt(entrant, score=15000, *, round=1, number=1, minute=0, **more):
    """A full-score attempt of ten minutes, started ``minute`` minutes after opening."""
    started = OPENS + (round - 1) * WEEK + minute * 60_000
    submitted = more.pop("submitted_at", started + 10 * 60_000)
    return {
        "id": f"{entrant}-{round}-{number}",
        "entrant": entrant,
        "round": round,
        "number": number,
        "score": score,
        "correct": score // 1000,
        "started_at": started,
        "submitted_at": submitted,
        "duration_ms": submitted - started,
        "day": 20250929 + 7 * (round - 1),
        **more,
    }


def as_table(rows, columns):
    """Objects as a table; what a row lacks is left to the default by being None."""
    used = [c for c in columns if any(c in row for row in rows)] or list(columns)[:2]
    return tables.make(used, [[row.get(c, columns[c]) for c in used] for row in rows])


def ranking(code="ca-nhan", scope="round", order=1, **rule):
    rule = {"criteria": [{"code": "score"}], **rule}
    return {"code": code, "title": code, "order": order, "scope": scope, "rule": rule}


def scheme(code="tap-the", scope="round", order=1, **rule):
    component = {
        "code": "rate",
        "metric": "rate",
        "normaliser": {"code": "percent"},
        "weight": "100",
    }
    rule = {"components": [component], **rule}
    return {"code": code, "title": code, "order": order, "scope": scope, "rule": rule}


def prize(code="nhat", count=1, value=800_000, **more):
    return {"code": code, "title": code, "count": count, "value": value, **more}


ENTRANT = {
    "uuid": None,
    "audience": None,
    "unit": None,
    "birth": None,
    "registered_at": None,
    "eligible": True,
    "excluded": False,
    "category": "",
}
ATTEMPT = {
    "id": None,
    "entrant": None,
    "round": None,
    "number": 1,
    "audience": None,
    "unit": None,
    "score": None,
    "correct": 0,
    "answered": None,
    "prediction": None,
    "started_at": None,
    "submitted_at": None,
    "duration_ms": None,
    "closed_by": "person",
    "day": 0,
}


def inputs(
    *,
    entrants=(),
    attempts=(),
    rankings=(),
    schemes=(),
    rounds=1,
    scope="round",
    units=(),
    blocs=("khoi",),
    audiences=("can-bo", "cong-dan"),
    prediction=None,
    counting=None,
    settings=None,
    **more,
):
    """The inputs of a tally; people who are only named by attempts are officials."""
    named = {one["uuid"] for one in entrants}
    others = sorted({one["entrant"] for one in attempts} - named)
    people = [*entrants, *(entrant(name) for name in others)]
    paper = {"max_score": 15000, "item_count": 15}
    if prediction:
        paper["prediction"] = prediction
    if counting:
        paper["counting"] = counting
    return {
        "format": 1,
        "scope": scope,
        "cutoff": OPENS + rounds * WEEK,
        "contest": {"slug": "hoi-thi"},
        "rounds": [{"number": n + 1} for n in range(rounds)],
        "audiences": [
            {"code": code, "counts_for_unit": code == "can-bo"} for code in audiences
        ],
        "papers": [
            {"round": n + 1, "audience": code, **paper}
            for n in range(rounds)
            for code in audiences
        ],
        "blocs": [{"code": code} for code in blocs],
        "units": list(units),
        "headcounts": [],
        "entrants": as_table(people, ENTRANT),
        "attempts": as_table(attempts, ATTEMPT),
        "rankings": list(rankings),
        "schemes": list(schemes),
        "settings": {
            "abandoned_counts": True,
            "incomplete_void": False,
            "excluded_counts_for_unit": True,
            **(settings or {}),
        },
        **more,
    }
