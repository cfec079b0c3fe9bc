"""
What is known about units: papers, headcounts, individual awards, external points.

Papers are kept per population and kind of attempts, because each component may name its
own; a paper is ``(person, score, maximum)`` in thousandths.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from leaderboards.rules.facts import Attempt
from leaderboards.rules.inputs import Data
from leaderboards.rules.reading import Reader
from leaderboards.rules.truth import Counted, by_round

PaperRow = tuple[str, int, int]
Papers = Mapping[str, Mapping[int, list[PaperRow]]]


@dataclass(frozen=True)
class Population:
    """Whose papers and headcount; no ``audiences`` are those that count for their
    unit."""

    audiences: tuple[str, ...] = ()
    citizens_by_commune: bool = False
    categories: tuple[str, ...] = ()

    def of_category(self, category: str) -> "Population":
        return replace(self, categories=(category,))


def read_population(
    read: Reader, known: Sequence[str], default: Population
) -> Population:
    if read.take("population", None) is None:
        return default
    with read.part("population") as part:
        return Population(
            audiences=part.texts("audiences", known),
            citizens_by_commune=part.flag("citizens_by_commune"),
            categories=part.texts("categories"),
        )


class Books:
    """Answers what the metrics ask of a unit; nothing here is rounded."""

    def __init__(
        self, data: Data, counted: Counted, awards: list[dict[str, Any]]
    ) -> None:
        self.data = data
        self.rounds = data.rounds
        self.counted = counted
        self.awards = awards
        self.kept: dict[tuple[Population, str], Papers] = {}
        self.heads = heads_by_unit(data)

    def audiences_of(self, population: Population) -> frozenset[str]:
        counts = self.data.audiences
        named = population.audiences or [code for code in counts if counts[code]]
        if population.citizens_by_commune:
            named = [*named, *(code for code in counts if not counts[code])]
        return frozenset(named)

    def papers(self, population: Population, attempts: str) -> Papers:
        """Per unit and round the papers of ``population``: the counting ones or all."""
        key = (population, attempts)
        if key not in self.kept:
            self.kept[key] = self.collect(population, attempts)
        return self.kept[key]

    def collect(self, population: Population, attempts: str) -> Papers:
        found: dict[str, dict[int, list[PaperRow]]] = {}
        audiences = self.audiences_of(population)
        keep_barred = self.data.settings.excluded_counts_for_unit
        for uuid, person in self.data.people.items():
            entrant = person.entrant
            if entrant.audience not in audiences:
                continue
            if population.categories and entrant.category not in population.categories:
                continue
            for attempt in self.attempts_of(uuid, attempts):
                unit = attempt.unit
                if unit is None:
                    continue
                if not keep_barred and self.data.is_barred(entrant, unit):
                    continue
                rounds = found.setdefault(unit, {})
                row = (uuid, attempt.score, attempt.max_score)
                rounds.setdefault(attempt.round, []).append(row)
        return found

    def attempts_of(self, uuid: str, attempts: str) -> list[Attempt]:
        valid = self.data.people[uuid].valid
        if attempts == "all":
            return valid
        rounds = by_round(valid)
        return [a for number in rounds for a in self.counted[number][uuid]]

    def headcount(
        self, unit: str, number: int | None, population: Population
    ) -> int | None:
        """People of ``unit`` in a round, or in the contest if ``number`` is None; None
        where nothing is declared."""
        if number is None and len(self.rounds) == 1:
            number = self.rounds[0]
        numbers = [
            self.declared(unit, number, audience, population.categories)
            for audience in sorted(self.audiences_of(population))
        ]
        if all(people is None for people in numbers):
            return self.declared(unit, number, None, population.categories)
        return sum(people for people in numbers if people is not None)

    def declared(
        self,
        unit: str,
        number: int | None,
        audience: str | None,
        categories: tuple[str, ...],
    ) -> int | None:
        """The first that is declared: for the round, then for the whole contest; asked
        for the contest, the whole contest's, then the last round's."""
        order: list[int | None] = [number, None]
        if number is None:
            order = [None, *reversed(self.rounds)]
        for when in order:
            rows = self.heads.get((unit, when, audience), {})
            if categories:
                rows = {c: people for c, people in rows.items() if c in categories}
            elif "" in rows:
                rows = {"": rows[""]}
            if rows:
                return sum(rows.values())
        return None

    def external(self, unit: str, source: str) -> list[int]:
        """External points of the unit, in thousandths, the lowest first."""
        return sorted(
            row["points"]
            for row in self.data.external
            if row.get("unit") == unit and row["source"] == source
        )

    def individual_awards(
        self, unit: str, rankings: Sequence[str], population: Population
    ) -> list[dict[str, Any]]:
        """Awards of people who report to ``unit``, of this tally and those below."""
        audiences = self.audiences_of(population)
        return [
            award
            for award in self.awards
            if award["reports_to"] == unit
            and award["audience"] in audiences
            and (not rankings or award["rule"] in rankings)
        ]


def heads_by_unit(
    data: Data,
) -> dict[tuple[str, int | None, str | None], dict[str, int]]:
    heads: dict[tuple[str, int | None, str | None], dict[str, int]] = {}
    for row in data.headcounts:
        rows = heads.setdefault((row.unit, row.round, row.audience), {})
        rows[row.category] = rows.get(row.category, 0) + row.people
    return heads
