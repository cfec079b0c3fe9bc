"""
The tally: one pure function from frozen inputs to standings, unit results and awards.

    truths -> standings -> individual awards -> special prizes -> unit results -> awards

``docs/tally-inputs.md`` has the shapes of both sides.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from leaderboards.rules import inputs as reading
from leaderboards.rules import standings, truth, units
from leaderboards.rules.books import Books
from leaderboards.rules.inputs import Data
from leaderboards.rules.prizes import Holdings, Outcome, Winner, hand_out
from leaderboards.rules.ranking import Ranking
from leaderboards.rules.reasons import Reason
from leaderboards.rules.standings import Listing
from leaderboards.rules.units import UnitListing
from leaderboards.rules.validation import Rules, validate

Key = tuple[str, int | None, str]


@dataclass
class Work:
    """What has been found so far."""

    data: Data
    rules: Rules
    counted: truth.Counted
    truths: dict[tuple[int, str], int | None]
    held: Holdings
    listings: list[Listing] = field(default_factory=list)
    specials: list[Listing] = field(default_factory=list)
    unit_listings: list[UnitListing] = field(default_factory=list)
    awards: list[dict[str, Any]] = field(default_factory=list)
    near_misses: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)


def compute(inputs: dict[str, Any]) -> dict[str, Any]:
    """
    The results of one tally, as canonical JSON.

    The same inputs give the same bytes on every machine. Raise ``RuleError`` for inputs
    or rules that cannot be computed.
    """
    rules = rules_of(inputs)
    data = reading.read(inputs)
    counted = truth.counting_papers(data)
    work = Work(
        data=data,
        rules=rules,
        counted=counted,
        truths=truth.find(data, counted),
        held=Holdings(award for one in data.below for award in one["awards"]),
    )
    rank_people(work)
    award_people(work)
    award_specials(work)
    rank_and_award_units(work)
    return result(work)


def rules_of(inputs: dict[str, Any]) -> Rules:
    """The rules of this tally's scope; all of the contest's are checked."""
    rules = validate(
        {
            "audiences": [one["code"] for one in inputs["audiences"]],
            "blocs": [one["code"] for one in inputs["blocs"]],
            "rankings": inputs["rankings"],
            "schemes": inputs["schemes"],
        }
    )
    scope = inputs["scope"]
    return Rules(
        tuple(
            sorted(
                (one for one in rules.rankings if one.scope == scope),
                key=lambda one: (one.order, one.code),
            )
        ),
        tuple(
            sorted(
                (one for one in rules.schemes if one.scope == scope),
                key=lambda one: (one.order, one.code),
            )
        ),
    )


def rank_people(work: Work) -> None:
    """External points of two records of one person: the higher."""
    external: dict[str, dict[str, int]] = defaultdict(dict)
    for row in work.data.external:
        if row.get("entrant") is not None:
            held, source = external[row["entrant"]], row["source"]
            held[source] = max(row["points"], held.get(source, row["points"]))
    builder = standings.Builder(work.data, work.truths, external, work.notes)
    for ranking in work.rules.rankings:
        work.listings += builder.listings(ranking, admitted(work, ranking))


def admitted(work: Work, ranking: Ranking) -> frozenset[str] | None:
    """Who stands within the places that ``admit`` asks for; None admits everybody."""
    admit = ranking.admit
    if admit is None:
        return None
    people = {
        entrant
        for one in work.data.below
        for entrant, place in one.get("places", {}).get(admit.ranking, [])
        if place <= admit.places
    }
    for listing in work.listings:
        if listing.ranking.code == admit.ranking:
            people |= {
                facts.entrant
                for facts, place in zip(listing.rows, listing.places, strict=True)
                if place <= admit.places
            }
    return frozenset(people)


def award_people(work: Work) -> None:
    lists = [standings.prize_list(one, work.data.decisions) for one in work.listings]
    outcome = hand_out(lists, work.held)
    record(work, outcome, work.listings)


def award_specials(work: Work) -> None:
    """Special prizes, over people who competed or who won something by now."""
    below = (award for one in work.data.below for award in one["awards"])
    winners = frozenset(a["entrant"] for a in [*below, *work.awards] if a["entrant"])
    for listing in work.listings:
        for special in listing.ranking.special:
            one = standings.special_listing(listing, special, winners)
            prizes = standings.prize_list(one, work.data.decisions)
            record(work, hand_out([prizes], work.held), [one])


def rank_and_award_units(work: Work) -> None:
    below = work.data.below if work.data.scope == "contest" else []
    individual = [
        award for one in below for award in one["awards"] if award["entrant"]
    ] + work.awards
    books = Books(work.data, work.counted, individual)
    number = work.data.rounds[0] if work.data.scope == "round" else None
    for scheme in work.rules.schemes:
        work.unit_listings += units.listings(scheme, books, number)
    lists = [units.prize_list(one, work.data.decisions) for one in work.unit_listings]
    record(work, hand_out(lists, work.held), work.unit_listings)


def record(
    work: Work, outcome: Outcome, listings: list[Listing] | list[UnitListing]
) -> None:
    """Keep an outcome's awards in the order of the lists, its notes and near misses."""
    work.notes += outcome.notes
    for listing in listings:
        won = [one for one in outcome.winners if one.list.key == key_of(listing)]
        won.sort(key=in_order)
        work.awards += [award_json(listing, winner) for winner in won]
        work.near_misses += near_misses(listing, won)


def in_order(winner: Winner) -> tuple[int, int]:
    """By prize from the highest down, then by row."""
    return (list(winner.list.prizes).index(winner.prize), winner.contender.index)


def key_of(listing: Listing | UnitListing) -> Key:
    rule = listing.ranking if isinstance(listing, Listing) else listing.scheme
    return (rule.code, listing.round, listing.group)


def award_json(listing: Listing | UnitListing, winner: Winner) -> dict[str, Any]:
    is_entrant = isinstance(listing, Listing)
    award = {
        "kind": winner.list.kind,
        "rule": winner.list.rule,
        "round": winner.list.round,
        "group": winner.list.group,
        "prize": winner.prize.code,
        "title": winner.prize.title,
        "place": winner.contender.place,
        "value": winner.value,
        "shared_by": winner.shared_by,
        "special": winner.list.special,
        "entrant": winner.contender.id if is_entrant else None,
        "unit": None if is_entrant else winner.contender.id,
        "attempt": None,
        "audience": None,
        "reports_to": None,
        "reasons": [reason.as_json() for reason in reasons_of(listing, winner)],
    }
    if isinstance(listing, Listing):
        facts = listing.rows[winner.contender.index]
        award |= {
            "attempt": facts.attempt,
            "audience": facts.audience,
            "reports_to": facts.unit,
        }
    return award


def reasons_of(listing: Listing | UnitListing, winner: Winner) -> list[Reason]:
    """Gates, place, the comparison with the next below, then how the prize came
    here."""
    index = winner.contender.index
    chain: list[Reason] = []
    if isinstance(listing, UnitListing):
        gates = listing.rows[index].gates
        chain += [Reason("gate", gate.as_json()) for gate in gates]
    rivals = len(winner.list.contenders)
    place = {"place": winner.contender.place, "of": rivals}
    chain.append(Reason("place", place))
    if index + 1 < rivals:
        chain.append(listing.comparison(index, index + 1))
    return [*chain, *winner.reasons]


def near_misses(
    listing: Listing | UnitListing, won: list[Winner]
) -> list[dict[str, Any]]:
    """The first in order who won nothing in this list, against the last who did."""
    if not won:
        return []
    last = max((winner.contender for winner in won), key=lambda one: one.index)
    prizes = won[-1].list
    winners = {winner.contender.id for winner in won}
    skipped = {
        reason.params["who"]
        for winner in won
        for reason in winner.reasons
        if reason.code == "skipped"
    }
    found: list[dict[str, Any]] = []
    for one in prizes.contenders:
        if len(found) == standings.NEAR_MISSES:
            break
        if one.id not in winners and one.id not in skipped:
            reason = listing.comparison(one.index, last.index)
            found.append(
                {
                    "kind": prizes.kind,
                    "rule": prizes.rule,
                    "round": prizes.round,
                    "group": prizes.group,
                    "who": one.id,
                    "place": one.place,
                    "reasons": [reason.as_json()],
                }
            )
    return found


def result(work: Work) -> dict[str, Any]:
    data = work.data
    return {
        "format": 1,
        "scope": data.scope,
        "rounds": list(data.rounds),
        "truths": truths_json(work),
        "standings": [listing.as_json() for listing in work.listings],
        "units": [listing.as_json() for listing in work.unit_listings],
        "awards": work.awards,
        "near_misses": work.near_misses,
        "corrections": data.corrections,
        "notes": work.notes,
    }


def truths_json(work: Work) -> list[dict[str, Any]]:
    found = []
    for (number, audience), value in sorted(work.truths.items()):
        prediction = work.data.papers[number, audience].prediction or {}
        one = {"round": number, "audience": audience, "value": value}
        found.append({**one, "target": prediction["target"]})
    return found
