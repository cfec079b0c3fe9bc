"""
What one part of a stored contest would make wrong, before it is stored.

The admin edits a contest row by row; each row is checked inside the whole document,
by the same schema and the same rules as a file.
"""

from contest.lib.faults import Fault
from leaderboards.formats.contest_schema import complete, path_of, schema_faults
from leaderboards.problem_wording import fault_of
from leaderboards.rules.contradictions import paper_problems, rule_problems
from leaderboards.services.contest_document import export_contest


def faults_of_list(contest, kind, row) -> list[Fault]:
    """
    Faults of a ranking or scheme ``{code, title, scope, rule}`` in ``contest``.

    ``kind`` is ``rankings`` or ``schemes``; the row of the same code is replaced.
    """
    document = export_contest(contest)
    others = [other for other in document[kind] if other["code"] != row["code"]]
    document[kind] = [*others, row]
    path = path_of([kind, len(others)])
    faults = _within(path, schema_faults(document))
    if faults:
        return faults
    found = rule_problems(complete(document))
    return _within(path, [fault_of(problem) for problem in found])


def faults_of_paper(contest, number, paper, bank) -> list[Fault]:
    """Faults of ``paper`` (as in the contest format) in round ``number``."""
    document = export_contest(contest)
    place = [round["number"] for round in document["rounds"]].index(number)
    others = [
        other
        for other in document["rounds"][place]["papers"]
        if other["audience"] != paper["audience"]
    ]
    document["rounds"][place]["papers"] = [*others, paper]
    path = path_of(["rounds", place, "papers", len(others)])
    faults = _within(path, schema_faults(document))
    if faults:
        return faults
    topics = set(bank.topics.values_list("code", flat=True))
    audiences = [audience["code"] for audience in document["audiences"]]
    found = paper_problems(paper, path, audiences, {bank.code: topics})
    return [fault_of(problem) for problem in found]


def _within(path, faults):
    """The faults at or below ``path``, their paths told from there on."""
    return [
        Fault(
            fault.message,
            fault.remedy,
            column=fault.column.removeprefix(path).strip("."),
        )
        for fault in faults
        if fault.column.startswith(path)
    ]
