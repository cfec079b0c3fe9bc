"""
What a contest document says that cannot be, although its shape is right.

Pure: the document is complete (``docs/contest.schema.json`` with every default), and
what the database knows (topics, units) comes as arguments. Rules of rankings and
schemes are checked by ``validation``; here are the references between the parts.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from leaderboards.rules.problems import Problem, problem
from leaderboards.rules.ranking import Known, read_ranking
from leaderboards.rules.reading import RuleError
from leaderboards.rules.scheme import read_scheme
from leaderboards.rules.validation import validate

Document = Mapping[str, Any]


def contradictions(
    document: Document,
    *,
    topics: Mapping[str, Collection[str]],
    units: Collection[str],
) -> list[Problem]:
    """
    Every contradiction in ``document``.

    ``topics`` gives the topic codes that stored banks have beside the document's own;
    ``units`` are the codes of all units there are.
    """
    return [
        *_doubles(document),
        *_audiences(document),
        *_rounds(document, topics),
        *_blocs(document, units),
        *rule_problems(document),
    ]


def _doubles(document: Document) -> Iterator[Problem]:
    for kind in ("banks", "audiences", "blocs", "rankings", "schemes"):
        yield from _twice(kind, [row["code"] for row in document[kind]], "code")
    for place, bank in enumerate(document["banks"]):
        codes = [topic["code"] for topic in bank["topics"]]
        yield from _twice(f"banks[{place}].topics", codes, "code")
    for key in ("number", "code"):
        yield from _twice("rounds", [row[key] for row in document["rounds"]], key)


def _twice(path: str, values: list[Any], key: str) -> Iterator[Problem]:
    for place, value in enumerate(values):
        if value in values[:place]:
            yield problem(f"{path}[{place}].{key}", "twice", value=value)


def _audiences(document: Document) -> Iterator[Problem]:
    for place, audience in enumerate(document["audiences"]):
        path = f"audiences[{place}]"
        if audience["counts_for_unit"] and audience["unit_kind"] == "none":
            yield problem(f"{path}.unit_kind", "counts_without_unit")
        low, high = audience["min_age"], audience["max_age"]
        if low is not None and high is not None and low > high:
            yield problem(f"{path}.max_age", "ages_reversed")
        if audience["age_on"] and day_of(audience["age_on"]) is None:
            yield problem(f"{path}.age_on", "no_such_day", value=audience["age_on"])


def _rounds(
    document: Document, topics: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    audiences = [audience["code"] for audience in document["audiences"]]
    banks = {
        bank["code"]: {topic["code"] for topic in bank["topics"]}
        | set(topics.get(bank["code"], ()))
        for bank in document["banks"]
    }
    for place, round in enumerate(document["rounds"]):
        path = f"rounds[{place}]"
        yield from _window(round, path)
        codes = [paper["audience"] for paper in round["papers"]]
        yield from _twice(f"{path}.papers", codes, "audience")
        for inner, paper in enumerate(round["papers"]):
            where = f"{path}.papers[{inner}]"
            yield from paper_problems(paper, where, audiences, banks)


def _window(round: Document, path: str) -> Iterator[Problem]:
    moments = {key: moment_of(round[key]) for key in ("opens_at", "closes_at")}
    for key, moment in moments.items():
        if moment is None:
            yield problem(f"{path}.{key}", "no_such_moment", value=round[key])
    opens, closes = moments["opens_at"], moments["closes_at"]
    if opens and closes and opens >= closes:
        yield problem(f"{path}.closes_at", "closes_too_early")


def paper_problems(
    paper: Document,
    path: str,
    audiences: Collection[str],
    banks: Mapping[str, Collection[str]],
) -> Iterator[Problem]:
    yield from _known(f"{path}.audience", paper["audience"], audiences)
    yield from _known(f"{path}.bank", paper["bank"], banks)
    lines, fixed = paper["blueprint"], paper["fixed_items"]
    if bool(lines) == bool(fixed):
        yield problem(f"{path}.blueprint", "blueprint_or_fixed")
    planned = sum(line["count"] for line in lines) if lines else len(fixed)
    if planned and planned != paper["items"]:
        yield problem(
            f"{path}.items", "items_differ", planned=planned, items=paper["items"]
        )
    for place, line in enumerate(lines):
        if line["topic"] is not None and paper["bank"] in banks:
            where = f"{path}.blueprint[{place}].topic"
            yield from _known(where, line["topic"], banks[paper["bank"]])
    periods = [limit["per"] for limit in paper["attempts"]]
    yield from _twice(f"{path}.attempts", periods, "per")


def _known(path: str, code: str, known: Collection[str]) -> Iterator[Problem]:
    if code not in known:
        shown = ", ".join(sorted(known)[:20])
        yield problem(path, "unknown", value=code, known=shown)


def _blocs(document: Document, units: Collection[str]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for path, unit in _units(document):
        if unit["code"] in seen:
            yield problem(f"{path}.code", "twice", value=unit["code"])
        seen[unit["code"]] = path
        if unit["code"] not in units:
            yield problem(f"{path}.code", "no_such_unit", value=unit["code"])
    for path, unit in _units(document):
        yield from _succession(unit, path, seen)
        yield from _headcounts(unit, path, document)


def _units(document: Document) -> Iterator[tuple[str, Document]]:
    for outer, bloc in enumerate(document["blocs"]):
        for inner, unit in enumerate(bloc["units"]):
            yield f"blocs[{outer}].units[{inner}]", unit


def _succession(unit: Document, path: str, known: Collection[str]) -> Iterator[Problem]:
    other, since = unit["counts_as"], unit["counts_as_from"]
    if (other is None) != (since is None):
        yield problem(f"{path}.counts_as_from", "succession_incomplete")
    if other is not None and (other not in known or other == unit["code"]):
        yield problem(f"{path}.counts_as", "no_such_unit", value=other)
    if since is not None and moment_of(since) is None:
        yield problem(f"{path}.counts_as_from", "no_such_moment", value=since)


def _headcounts(unit: Document, path: str, document: Document) -> Iterator[Problem]:
    numbers = [round["number"] for round in document["rounds"]]
    audiences = [audience["code"] for audience in document["audiences"]]
    seen: set[tuple[Any, ...]] = set()
    for place, row in enumerate(unit["headcounts"]):
        where = f"{path}.headcounts[{place}]"
        key = (row["round"], row["audience"], row["category"])
        if key in seen:
            yield problem(where, "twice", value=" / ".join(str(part) for part in key))
        seen.add(key)
        if row["round"] is not None and row["round"] not in numbers:
            yield problem(f"{where}.round", "no_such_round", value=row["round"])
        if row["audience"] is not None:
            yield from _known(f"{where}.audience", row["audience"], audiences)


def rule_problems(document: Document) -> Iterator[Problem]:
    """The faults of the rules: the first of each list, then of all together."""
    rules, known = rules_of(document), known_of(document)
    found = [
        *_faults_of(rules["rankings"], "rankings", read_ranking, known),
        *_faults_of(rules["schemes"], "schemes", read_scheme, known),
    ]
    if not found:
        found = list(_fault(lambda: validate(rules)))
    yield from found


def _faults_of(
    rows: Iterable[Document], kind: str, read: Any, known: Known
) -> Iterator[Problem]:
    for place, row in enumerate(rows):
        yield from _fault(
            lambda row=row, place=place: read(row, f"{kind}[{place}]", known)
        )


def _fault(check: Any) -> Iterator[Problem]:
    try:
        check()
    except RuleError as error:
        yield Problem(error.path, error.code, dict(error.params))


def known_of(document: Document) -> Known:
    """What the rules of ``document`` may name."""
    return Known(
        audiences=tuple(audience["code"] for audience in document["audiences"]),
        blocs=tuple(bloc["code"] for bloc in document["blocs"]),
        rankings=tuple(row["code"] for row in document["rankings"]),
    )


def rules_of(document: Document) -> dict[str, Any]:
    """The part of a contest document that ``validation.validate`` reads."""
    return {
        "audiences": [audience["code"] for audience in document["audiences"]],
        "blocs": [bloc["code"] for bloc in document["blocs"]],
        **{
            kind: [
                {**row, "order": place} for place, row in enumerate(document[kind], 1)
            ]
            for kind in ("rankings", "schemes")
        },
    }


def moment_of(text: str) -> datetime | None:
    """The moment that an ISO text with offset names, None if there is no such."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def day_of(text: str) -> date | None:
    """The day that an ISO text names, or None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
