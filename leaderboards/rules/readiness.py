"""
Is a contest ready to lock? What is missing, and what deserves a second look.

Pure: the complete contest document and what the banks hold. Problems forbid the lock;
warnings tell of choices that organisers regretted (``docs/contest-format.md``).
"""

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

from leaderboards.rules.contradictions import (
    Document,
    contradictions,
    known_of,
    moment_of,
)
from leaderboards.rules.problems import Problem, problem, warning
from leaderboards.rules.ranking import Ranking, read_ranking
from leaderboards.rules.scheme import Scheme, read_scheme

DECISIVE = {
    "submitted_at",
    "started_at",
    "registered_at",
    "duration",
    "total_duration",
    "lot",
}
# Below twice what a paper takes, neighbours in an office see mostly the same items.
AMPLE = 2

Stock = Mapping[str, Mapping[tuple[str, str], int]]


def problems(
    document: Document,
    *,
    stock: Stock,
    items: Mapping[str, Collection[str]],
    units: Collection[str],
) -> list[Problem]:
    """
    Problems and warnings, in the document's order.

    ``stock`` counts the approved items of each bank by (topic, difficulty); ``items``
    are the codes of those items; ``units`` the codes of all units.
    """
    topics = {bank: {topic for topic, _ in cells} for bank, cells in stock.items()}
    found = contradictions(document, topics=topics, units=units)
    if found:
        return found
    rankings, schemes = rules_of(document)
    return [
        *_papers(document, stock, items),
        *_calendar(document),
        *_audiences(document, rankings),
        *_chains(document, rankings),
        *_predictions(document, rankings),
        *_schemes(document, schemes),
    ]


def rules_of(document: Document) -> tuple[list[Ranking], list[Scheme]]:
    known = known_of(document)
    return (
        [read_ranking(row, "rankings", known) for row in document["rankings"]],
        [read_scheme(row, "schemes", known) for row in document["schemes"]],
    )


def each_paper(document: Document) -> Iterator[tuple[str, Document]]:
    for outer, round in enumerate(document["rounds"]):
        for inner, paper in enumerate(round["papers"]):
            yield f"rounds[{outer}].papers[{inner}]", paper


def _papers(
    document: Document, stock: Stock, items: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    for path, paper in each_paper(document):
        cells = stock.get(paper["bank"], {})
        for place, line in enumerate(paper["blueprint"]):
            available = sum(
                count
                for (topic, difficulty), count in cells.items()
                if line["topic"] in (None, topic)
                and line["difficulty"] in (None, difficulty)
            )
            where = f"{path}.blueprint[{place}]"
            facts = {"needed": line["count"], "available": available}
            if available < line["count"]:
                yield problem(where, "pool_too_small", **facts)
            elif available < AMPLE * line["count"]:
                yield warning(where, "pool_thin", **facts)
        known = items.get(paper["bank"], ())
        for code in paper["fixed_items"]:
            if code not in known:
                yield problem(f"{path}.fixed_items", "no_such_item", value=code)


def _calendar(document: Document) -> Iterator[Problem]:
    windows = sorted(
        (opens, closes, place)
        for place, round in enumerate(document["rounds"])
        for opens in [moment_of(round["opens_at"])]
        for closes in [moment_of(round["closes_at"])]
        if opens and closes
    )
    for (_, closes, _), (opens, _, place) in pairwise(windows):
        if opens < closes:
            yield warning(f"rounds[{place}].opens_at", "rounds_overlap")


def _audiences(document: Document, rankings: list[Ranking]) -> Iterator[Problem]:
    for place, audience in enumerate(document["audiences"]):
        path = f"audiences[{place}]"
        if not any(
            not ranking.audiences or audience["code"] in ranking.audiences
            for ranking in rankings
        ):
            yield warning(path, "audience_unranked", value=audience["name"])
        if not any(
            paper["audience"] == audience["code"] for _, paper in each_paper(document)
        ):
            yield warning(path, "audience_without_paper", value=audience["name"])
        if audience["entry"] == "roster":
            yield warning(f"{path}.entry", "roster_missing", value=audience["name"])


def _chains(document: Document, rankings: list[Ranking]) -> Iterator[Problem]:
    several = any(
        not paper["attempts"]
        or min(limit["n"] for limit in paper["attempts"]) > 1
        or all(limit["per"] == "day" for limit in paper["attempts"])
        for _, paper in each_paper(document)
    )
    for place, ranking in enumerate(rankings):
        path = f"rankings[{place}].rule"
        codes = {criterion.code for criterion in ranking.chain}
        if ranking.prizes and not codes & DECISIVE:
            yield warning(f"{path}.criteria", "chain_undecided")
        if not ranking.prizes and not ranking.special:
            yield warning(f"{path}.prizes", "no_prizes")
        if ranking.counting.code == "only" and several:
            yield warning(f"{path}.counting", "only_with_several")


def _predictions(document: Document, rankings: list[Ranking]) -> Iterator[Problem]:
    uses = [
        "prediction_distance" in {criterion.code for criterion in ranking.chain}
        for ranking in rankings
    ]
    asks = {
        paper["audience"]
        for _, paper in each_paper(document)
        if paper["prediction"] is not None
    }
    for place, ranking in enumerate(rankings):
        who = ranking.audiences or [row["code"] for row in document["audiences"]]
        if uses[place] and not asks & set(who):
            yield problem(f"rankings[{place}].rule.criteria", "no_prediction")
    if asks and not any(uses):
        yield warning("rounds", "prediction_unused")


def _schemes(document: Document, schemes: list[Scheme]) -> Iterator[Problem]:
    sizes = {bloc["code"]: len(bloc["units"]) for bloc in document["blocs"]}
    for place, scheme in enumerate(schemes):
        path = f"schemes[{place}].rule"
        parts = [part.weight for part in scheme.components]
        is_percent = all(part.normaliser.full == 100 for part in scheme.components)
        if is_percent and sum(parts, Fraction(0)) != 100:
            total = str(sum(parts, Fraction(0)))
            yield warning(f"{path}.components", "weights_not_100", value=total)
        yield from _prizes(scheme, path, sizes)
    if schemes:
        yield from _headcounts(document)


def _prizes(scheme: Scheme, path: str, sizes: Mapping[str, int]) -> Iterator[Problem]:
    if not scheme.prizes:
        yield warning(f"{path}.prizes", "no_prizes")
    if scheme.group_by != "bloc":
        return
    for bloc in scheme.blocs or sizes:
        planned = sum(
            prize.count for prize in scheme.prizes if prize.group in (None, bloc)
        )
        if planned > sizes[bloc]:
            facts = {"bloc": bloc, "planned": planned, "units": sizes[bloc]}
            yield warning(f"{path}.prizes", "more_prizes_than_units", **facts)


def _headcounts(document: Document) -> Iterator[Problem]:
    for outer, bloc in enumerate(document["blocs"]):
        bare = [unit["code"] for unit in bloc["units"] if not _people(unit)]
        if bare:
            facts: dict[str, Any] = {"value": ", ".join(bare[:5]), "count": len(bare)}
            yield warning(f"blocs[{outer}]", "no_headcount", **facts)


def _people(unit: Document) -> int:
    return sum(row["people"] for row in unit["headcounts"])
