"""Tallies: computed, equal to what their input files give, and up to date."""

from contest.lib.refusals import Refused
from leaderboards.models import Tally
from leaderboards.rules import canonical, tables
from leaderboards.rules.tally import compute as compute_results
from leaderboards.services import tally_files, tally_inputs, tally_rows
from leaderboards.services.tally_readiness import newest, refuse_unready
from leaderboards.services.verification.findings import Finding


def missing(contest, now):
    """Rounds that are over and have no results computed."""
    for round in contest.rounds.filter(closes_at__lte=now):
        if newest(contest, round) is None:
            yield Finding("no_tally", {"round": str(round)})


def recomputed(contest, now):
    """Published and newest tallies whose files or rows give another result."""
    for tally in _in_use(contest):
        try:
            result = compute_results(tally_files.load(tally.inputs_hash))
        except (OSError, ValueError):
            yield Finding("inputs_missing", {"tally": str(tally)})
            continue
        if canonical.digest(result) != tally.hash:
            yield Finding("tally_differs", {"tally": str(tally)})
        elif _stored(tally) != _expected(tally, result):
            yield Finding("rows_differ", {"tally": str(tally)})


def outdated(contest, now):
    """Published tallies below which something changed; newest ones of older rows."""
    for tally in Tally.objects.filter(contest=contest, publication__isnull=False):
        if tally.is_outdated:
            yield Finding("tally_outdated", {"tally": str(tally)})
    for tally in _in_use(contest):
        if tally == newest(contest, tally.round) and _has_other_inputs(tally, now):
            yield Finding("changed_since", {"tally": str(tally)})


def _in_use(contest):
    places = [None, *contest.rounds.order_by("number")]
    latest = [newest(contest, round) for round in places]
    published = Tally.objects.filter(contest=contest, publication__isnull=False)
    found = {tally.pk: tally for tally in [*latest, *published] if tally is not None}
    return [found[pk] for pk in sorted(found)]


def _has_other_inputs(tally, now):
    """Whether the rows as they are now make other inputs than the tally's."""
    try:
        with tally_inputs.one_moment():
            lower = refuse_unready(tally.contest, tally.round, now=now)
            gathered = tally_inputs.gather(tally.contest, tally.round, lower, now=now)
    except Refused:
        return False
    return canonical.digest(gathered.inputs) != tally.inputs_hash


def _stored(tally):
    standings = tally.standings.values_list(
        "ranking__code", "group", "position", "place", "entrant__uuid"
    )
    units = tally.unit_results.values_list(
        "scheme__code", "contest_unit__unit__code", "place", "points"
    )
    awards = tally.awards.values_list(
        "order",
        "prize",
        "place",
        "value",
        "entrant__uuid",
        "contest_unit__unit__code",
    )
    return {
        "standings": {(*row[:-1], str(row[-1])) for row in standings},
        "units": set(units),
        "awards": {
            (*row[:4], str(row[4]) if row[4] else None, row[5]) for row in awards
        },
    }


def _expected(tally, result):
    standings = {
        (
            listing["ranking"],
            tally_rows.list_name(tally, listing),
            position,
            row["place"],
            row["entrant"],
        )
        for listing in result["standings"]
        for position, row in enumerate(tables.records(listing), start=1)
    }
    units = {
        (listing["scheme"], row["unit"], row["place"], row["points"])
        for listing in result["units"]
        for row in listing["rows"]
    }
    awards = {
        (order, a["prize"], a["place"], a["value"], a["entrant"] or None, a["unit"])
        for order, a in enumerate(result["awards"], start=1)
    }
    return {"standings": standings, "units": units, "awards": awards}


CHECKS = (missing, recomputed, outdated)
