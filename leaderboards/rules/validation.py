"""Checking all rules of a contest at once, as set-up does before it stores them."""

from dataclasses import dataclass
from typing import Any

from leaderboards.rules.ranking import Known, Ranking, read_ranking
from leaderboards.rules.reading import Reader, RuleError
from leaderboards.rules.scheme import Scheme, read_scheme


@dataclass(frozen=True)
class Rules:
    rankings: tuple[Ranking, ...]
    schemes: tuple[Scheme, ...]


def validate(rules: dict[str, Any]) -> Rules:
    """
    The rules of a contest, read and checked.

    ``rules`` is ``{"audiences": [codes], "blocs": [codes], "rankings": [{code, title,
    order, scope, rule}], "schemes": [the same]}``. Raise ``RuleError`` at the first
    fault, with a path such as ``rankings[0].rule.criteria[1].code``.
    """
    rankings = rules.get("rankings", [])
    known = Known(
        audiences=tuple(rules["audiences"]),
        blocs=tuple(rules["blocs"]),
        rankings=tuple(codes_of(rankings, "rankings")),
    )
    schemes = rules.get("schemes", [])
    codes_of(schemes, "schemes")
    found = Rules(
        tuple(
            read_ranking(row, f"rankings[{place}]", known)
            for place, row in enumerate(rankings)
        ),
        tuple(
            read_scheme(row, f"schemes[{place}]", known)
            for place, row in enumerate(schemes)
        ),
    )
    check_admissions(found)
    return found


def codes_of(rows: list[Any], kind: str) -> list[str]:
    codes: list[str] = []
    for place, row in enumerate(rows):
        read = Reader(row, f"{kind}[{place}]")
        code = read.text("code")
        if code in codes:
            raise read.fault("code", "twice", value=code)
        codes.append(code)
    return codes


def check_admissions(rules: Rules) -> None:
    """A ranking may admit from one that is computed before it, not from itself."""
    by_code = {ranking.code: ranking for ranking in rules.rankings}
    for place, ranking in enumerate(rules.rankings):
        if ranking.admit is None:
            continue
        source = by_code[ranking.admit.ranking]
        path = f"rankings[{place}].rule.admit.ranking"
        if source.code == ranking.code:
            raise RuleError(path, "itself")
        if (source.scope, ranking.scope) == ("contest", "round"):
            raise RuleError(path, "computed_later", value=source.code)
