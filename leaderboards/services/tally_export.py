"""
A tally's rows as one JSON document, for whoever works outside the portal.

``{version, hash, inputs_hash, round, truths, standings, units, awards}``; rows as the
API has them, moments in epoch milliseconds, exact fractions as texts, ``ref`` the name
that another platform gave a person.
"""

from leaderboards.models import Award, Standing, UnitResult

SHOWN_APART = {"place", "points"}


def export(tally):
    """The rows of a complete ``tally``."""
    return {
        "version": tally.number,
        "hash": tally.hash,
        "inputs_hash": tally.inputs_hash,
        "contest": tally.contest.slug,
        "round": tally.round.number if tally.round else None,
        "truths": tally.truths,
        "standings": [standing(row) for row in standings_of(tally)],
        "units": [unit_result(row) for row in unit_results_of(tally)],
        "awards": [award(row) for row in awards_of(tally)],
        "notes": tally.summary["notes"],
    }


def standings_of(tally):
    rows = Standing.objects.filter(tally=tally).order_by(
        "ranking__order", "ranking__code", "group", "position"
    )
    return rows.select_related(
        "ranking", "entrant__person", "audience", "unit", "bloc"
    ).iterator(chunk_size=2000)


def unit_results_of(tally):
    return (
        UnitResult.objects.filter(tally=tally)
        .select_related("scheme", "bloc", "contest_unit__unit")
        .order_by("scheme__order", "scheme__code", "bloc__order", "position")
    )


def awards_of(tally):
    return (
        Award.objects.filter(tally=tally)
        .select_related(
            "ranking",
            "scheme",
            "entrant__person",
            "audience",
            "bloc",
            "contest_unit__unit",
        )
        .order_by("order")
    )


def standing(row):
    return {
        "ranking": row.ranking.code,
        "group": row.group,
        "place": row.place,
        "entrant": entrant(row.entrant),
        "audience": row.audience.code,
        "unit": named(row.unit),
        "bloc": named(row.bloc),
        **row.facts,
        "reason": row.reason,
    }


def unit_result(row):
    facts = {k: v for k, v in row.facts.items() if k not in SHOWN_APART}
    return {
        "scheme": row.scheme.code,
        "bloc": named(row.bloc),
        "unit": named(row.contest_unit.unit),
        "place": row.place,
        "points": row.points,
        **facts,
        "reason": row.reason,
    }


def award(row):
    return {
        "uuid": str(row.uuid),
        "rule": (row.ranking or row.scheme).code,
        "prize": row.prize,
        "title": row.title,
        "place": row.place,
        "audience": row.audience.code if row.audience else None,
        "bloc": named(row.bloc),
        "entrant": entrant(row.entrant) if row.entrant else None,
        "unit": named(row.contest_unit.unit) if row.contest_unit else None,
        "value": row.value,
        "reasons": row.reasons,
    }


def entrant(row):
    name = row.person.full_name
    return {"uuid": str(row.uuid), "ref": row.external_ref, "name": name}


def named(row):
    return {"code": row.code, "name": row.name} if row else None
