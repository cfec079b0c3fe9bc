"""
Writing a tally's rows: staged in chunks of their own transactions.

Nobody reads rows of a tally that is still computing, so they may appear bit by bit.
"""

from itertools import islice

from leaderboards.models import Award, Standing, UnitResult
from leaderboards.rules import tables

CHUNK = 500
SHOWN_APART = {"place", "entrant", "attempt", "audience", "unit", "reason"}


def stage(tally, result, keys):
    """Write the rows of ``result`` for ``tally``, whose earlier rows are removed."""
    clear(tally)
    rankings = dict(tally.contest.rankings.values_list("code", "pk"))
    schemes = dict(tally.contest.schemes.values_list("code", "pk"))
    write(Standing, standings(tally, result, keys, rankings))
    write(UnitResult, unit_results(tally, result, keys, schemes))
    write(Award, awards(tally, result, keys, rankings, schemes))


def write(model, rows):
    while chunk := list(islice(rows, CHUNK)):
        model.objects.bulk_create(chunk)


def clear(tally):
    """Remove a tally's rows, a chunk at a time."""
    for model in (Award, UnitResult, Standing):
        rows = model.objects.filter(tally=tally).order_by("pk")
        while pks := list(rows.values_list("pk", flat=True)[:CHUNK]):
            model.objects.filter(pk__in=pks).delete()


def standings(tally, result, keys, rankings):
    for listing in result["standings"]:
        for position, row in enumerate(tables.records(listing), start=1):
            unit = row["unit"]
            yield Standing(
                tally=tally,
                ranking_id=rankings[listing["ranking"]],
                group=list_name(tally, listing),
                position=position,
                place=row["place"],
                entrant_id=keys.entrants[row["entrant"]],
                attempt_id=keys.attempts[row["attempt"]],
                audience_id=keys.audiences[row["audience"]],
                unit_id=keys.units.get(unit),
                bloc_id=keys.bloc_of_unit.get(unit),
                facts={k: v for k, v in row.items() if k not in SHOWN_APART},
                reason=comparison(row["reason"]),
            )


def list_name(tally, listing):
    """The group; in a contest's tally with one list per round, ``round/group``."""
    if tally.round_id is None and listing["round"] is not None:
        return f"{listing['round']}/{listing['group']}"
    return listing["group"]


def comparison(reason):
    """``[code, above, own]`` as an object; empty for the first of a list."""
    if reason is None:
        return {}
    if not reason:
        return {"code": "equal"}
    code, above, own = reason
    return {"code": "behind", "criterion": code, "above": above, "own": own}


def unit_results(tally, result, keys, schemes):
    for listing in result["units"]:
        for position, row in enumerate(listing["rows"], start=1):
            facts = {k: v for k, v in row.items() if k not in {"unit", "reason"}}
            yield UnitResult(
                tally=tally,
                scheme_id=schemes[listing["scheme"]],
                bloc_id=keys.bloc_of_unit[row["unit"]],
                contest_unit_id=keys.contest_units[row["unit"]],
                position=position,
                place=row["place"],
                points=row["points"],
                facts=facts,
                reason=comparison(row["reason"]),
            )


def awards(tally, result, keys, rankings, schemes):
    for order, award in enumerate(result["awards"], start=1):
        unit = award["unit"] or award["reports_to"]
        yield Award(
            tally=tally,
            ranking_id=rankings.get(award["rule"]) if award["entrant"] else None,
            scheme_id=schemes.get(award["rule"]) if award["unit"] else None,
            order=order,
            prize=award["prize"],
            title=award["title"],
            place=award["place"],
            value=award["value"],
            audience_id=keys.audiences.get(award["audience"]),
            bloc_id=keys.bloc_of_unit.get(unit),
            entrant_id=keys.entrants.get(award["entrant"]),
            contest_unit_id=keys.contest_units.get(award["unit"]),
            reasons=award["reasons"],
        )
