"""
Standings: people in order, with the facts compared and the reason for each place.

Equal on the whole chain is the same place (1, 1, 3). Rows that are equal are shown by
the entrant's uuid, which decides nothing.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from leaderboards.rules import tables
from leaderboards.rules.criteria import Criterion, compared
from leaderboards.rules.facts import Attempt, Facts, Person
from leaderboards.rules.inputs import Data
from leaderboards.rules.prizes import Contender, PrizeList
from leaderboards.rules.ranking import Ranking, Special
from leaderboards.rules.reasons import Reason

BASE = (
    "score",
    "max_score",
    "correct",
    "prediction",
    "prediction_distance",
    "duration_ms",
    "submitted_at",
)
NEAR_MISSES = 3


@dataclass
class Listing:
    """One list of a ranking: facts in order and the place of each."""

    ranking: Ranking
    round: int | None
    group: str
    chain: tuple[Criterion, ...]
    rows: list[Facts]
    places: list[int]
    special: Special | None = None

    def as_json(self) -> dict[str, Any]:
        extra = [c for c in self.chain if c.column not in BASE]
        columns = ["place", "entrant", "attempt", "audience", "unit", *BASE]
        columns += [c.column for c in extra] + ["reason"]
        return {
            "ranking": self.ranking.code,
            "round": self.round,
            "group": self.group,
            "chain": [[c.code, c.direction] for c in self.chain],
            **tables.make(columns, self.json_rows(extra)),
        }

    def json_rows(self, extra: list[Criterion]) -> Any:
        above = None
        for place, facts in zip(self.places, self.rows, strict=True):
            reason: list[Any] | None = None
            if above is not None:
                parted = compared(self.chain, above, facts)
                reason = parted[1] if parted else []
            yield (
                place,
                facts.entrant,
                facts.attempt,
                facts.audience,
                facts.unit,
                *(getattr(facts, name) for name in BASE),
                *(criterion.shown(facts) for criterion in extra),
                reason,
            )
            above = facts

    def comparison(self, index: int, other: int) -> Reason:
        """How row ``index`` stands against row ``other`` (normally the one below)."""
        mine, theirs = self.rows[index], self.rows[other]
        upper, lower = (mine, theirs) if index < other else (theirs, mine)
        parted = compared(self.chain, upper, lower)
        params: dict[str, Any] = {"with": theirs.entrant, "place": self.places[other]}
        if parted is None:
            return Reason("equal", params)
        params["criterion"], params["column"] = (
            parted[1][0],
            self.chain[parted[0]].column,
        )
        params["a"] = self.chain[parted[0]].shown(mine)
        params["b"] = self.chain[parted[0]].shown(theirs)
        params["equal"] = [[c.column, c.shown(mine)] for c in self.chain[: parted[0]]]
        params["max_score"] = mine.max_score
        return Reason("before" if index < other else "behind", params)


@dataclass
class Builder:
    """Makes the listings of one ranking from the data and the truths."""

    data: Data
    truths: Mapping[tuple[int, str], int | None]
    external: Mapping[str, Mapping[str, int]]
    notes: list[dict[str, Any]] = field(default_factory=list)

    def listings(
        self, ranking: Ranking, admitted: frozenset[str] | None
    ) -> list[Listing]:
        """All lists of ``ranking``, by round and group, those without people left
        out."""
        rounds: list[int | None] = [None]
        if ranking.scope == "round":
            rounds = [self.data.rounds[0]]
        elif ranking.each_round:
            rounds = list(self.data.rounds)
        found = []
        for number in rounds:
            groups: dict[str, list[Facts]] = defaultdict(list)
            for facts in self.people(ranking, number, admitted):
                group = self.group_of(ranking, facts)
                if group is not None:
                    groups[group].append(facts)
            for group in sorted(groups):
                rows, places = ranked(ranking.chain, groups[group])
                found.append(
                    Listing(ranking, number, group, ranking.chain, rows, places)
                )
        return found

    def group_of(self, ranking: Ranking, facts: Facts) -> str | None:
        if ranking.group_by == "audience":
            return facts.audience
        if ranking.group_by == "all":
            return ""
        if ranking.group_by == "unit":
            return facts.unit
        return self.data.bloc_of(facts.unit)

    def people(
        self, ranking: Ranking, number: int | None, admitted: frozenset[str] | None
    ) -> Any:
        """The facts of everybody who competes in the list of round ``number``."""
        barred = several = 0
        for uuid, person in self.data.people.items():
            if ranking.audiences and person.entrant.audience not in ranking.audiences:
                continue
            if admitted is not None and uuid not in admitted:
                continue
            valid = [a for a in person.valid if number is None or a.round == number]
            if not valid:
                continue
            chosen = self.choose(ranking, person, valid, number)
            if self.data.is_barred(person.entrant, latest(chosen).unit):
                barred += 1
                continue
            several += ranking.counting.code == "only" and len(valid) > 1
            facts = self.facts(person, valid, chosen, number)
            if facts.is_perfect or not ranking.perfect_only:
                yield facts
        self.report(ranking, number, "barred_left_out", barred)
        self.report(ranking, number, "several_attempts", several)

    def report(self, ranking: Ranking, number: int | None, code: str, n: int) -> None:
        if n:
            self.notes.append(
                {"code": code, "rule": ranking.code, "round": number, "count": n}
            )

    def choose(
        self, ranking: Ranking, person: Person, valid: list[Attempt], number: int | None
    ) -> list[Attempt]:
        if len(valid) == 1:
            return valid

        def stand(attempt: Attempt) -> tuple[int, ...]:
            facts = self.facts(person, valid, [attempt], number)
            return tuple(criterion.key(facts) for criterion in ranking.chain)

        return ranking.counting.choose(valid, stand)

    def facts(
        self,
        person: Person,
        valid: list[Attempt],
        chosen: list[Attempt],
        number: int | None,
    ) -> Facts:
        entrant, last = person.entrant, latest(chosen)
        distance, is_over = self.distance(entrant.audience, chosen)
        used = sum(number is None or a.round == number for a in person.attempts)
        return Facts(
            entrant=entrant.uuid,
            attempt=last.id,
            audience=entrant.audience,
            unit=last.unit,
            is_perfect=all(a.is_perfect for a in chosen),
            score=sum(a.score for a in chosen),
            max_score=sum(a.max_score for a in chosen),
            correct=sum(a.correct for a in chosen),
            prediction=last.prediction if len(chosen) == 1 else None,
            prediction_distance=distance,
            is_over=is_over,
            duration_ms=sum(a.duration_ms for a in chosen),
            total_duration_ms=sum(a.duration_ms for a in valid),
            submitted_at=last.submitted_at,
            started_at=min(a.started_at for a in chosen),
            registered_at=entrant.registered_at,
            attempts_used=used,
            times_at_full=sum(a.is_perfect for a in valid),
            rounds_taken_part=len({a.round for a in valid}),
            birth=entrant.birth,
            external=self.external.get(entrant.uuid, {}),
        )

    def distance(self, audience: str, chosen: list[Attempt]) -> tuple[int | None, bool]:
        """Distances from the truth added up, None if one has no prediction where asked,
        and whether one is above the truth."""
        total, is_over, asked = 0, False, False
        for attempt in chosen:
            truth = self.truths.get((attempt.round, audience))
            if truth is None:
                continue
            if attempt.prediction is None:
                return None, False
            asked = True
            total += abs(attempt.prediction - truth)
            is_over |= attempt.prediction > truth
        return (total if asked else None), is_over


def latest(chosen: list[Attempt]) -> Attempt:
    if len(chosen) == 1:
        return chosen[0]
    return max(chosen, key=lambda attempt: (attempt.submitted_at, attempt.id))


def ranked(
    chain: tuple[Criterion, ...], people: list[Facts]
) -> tuple[list[Facts], list[int]]:
    """The people in order and their places."""
    keyed = [
        (tuple([criterion.key(facts) for criterion in chain]), facts.entrant, facts)
        for facts in people
    ]
    keyed.sort(key=lambda row: row[:2])
    places: list[int] = []
    for index, row in enumerate(keyed):
        tied = index and row[0] == keyed[index - 1][0]
        places.append(places[-1] if tied else index + 1)
    return [row[2] for row in keyed], places


def prize_list(listing: Listing, decisions: list[dict[str, Any]]) -> PrizeList:
    """What ``prizes.hand_out`` needs of a listing."""
    ranking, rows = listing.ranking, listing.rows
    prizes = [p for p in ranking.prizes if p.group in (None, listing.group)]
    cap = None if ranking.cap is None else int(ranking.cap * len(rows))
    if listing.special:
        prizes, cap = [listing.special.prize], None
    return PrizeList(
        kind="ranking",
        rule=ranking.code,
        order=ranking.order,
        round=listing.round,
        group=listing.group,
        prizes=prizes,
        contenders=[
            Contender(facts.entrant, place, index, facts.score)
            for index, (facts, place) in enumerate(
                zip(rows, listing.places, strict=True)
            )
        ],
        tie=ranking.tie,
        **({} if listing.special else {"one_prize": ranking.one_prize}),
        cap=cap,
        decisions=decided(decisions, ranking.code, listing.round, listing.group),
        special=listing.special is not None,
    )


def decided(
    decisions: list[dict[str, Any]], rule: str, number: int | None, group: str
) -> dict[str, dict[str, Any]]:
    """The organiser's decisions about one list, by prize."""
    return {
        row["prize"]: row
        for row in decisions
        if (row["rule"], row["round"], row["group"]) == (rule, number, group)
    }


def special_listing(
    listing: Listing, special: Special, winners: frozenset[str]
) -> Listing:
    """The list of a special prize: some of the people, by criteria of its own."""
    people = listing.rows
    if special.among == "perfect":
        people = [facts for facts in people if facts.is_perfect]
    elif special.among == "winners":
        people = [facts for facts in people if facts.entrant in winners]
    rows, places = ranked(special.chain, people)
    return Listing(
        listing.ranking,
        listing.round,
        listing.group,
        special.chain,
        rows,
        places,
        special,
    )
