"""A tally against the naive recomputation, on two hundred random contests."""

from collections import Counter

from leaderboards.rules import tables
from leaderboards.rules.counting import counting
from leaderboards.rules.criteria import criteria
from leaderboards.rules.gates import gates
from leaderboards.rules.metrics import metrics
from leaderboards.rules.normalisers import normalisers
from leaderboards.rules.prizes import ties
from leaderboards.rules.tally import compute
from leaderboards.rules.truth import targets
from tests.leaderboards.brute_force import recount
from tests.leaderboards.random_contests import RandomContest

SETS = 200


def told(result):
    """What the naive recomputation tells, out of a tally's results."""
    return {
        "truths": {(t["round"], t["audience"]): t["value"] for t in result["truths"]},
        "standings": {
            (one["ranking"], one["round"], one["group"]): [
                (row["place"], row["entrant"], row["attempt"])
                for row in tables.records(one)
            ]
            for one in result["standings"]
        },
        "units": {
            (one["scheme"], one["group"]): [
                (row["place"], row["unit"], row["points"]) for row in one["rows"]
            ]
            for one in result["units"]
        },
        "awards": sorted(
            (
                (
                    award["rule"],
                    award["round"],
                    award["group"],
                    award["prize"],
                    award["entrant"],
                    award["unit"],
                    award["value"],
                    award["place"],
                )
                for award in result["awards"]
            ),
            key=str,
        ),
    }


def used(inputs):
    """Every behaviour that a contest's rules name, once."""
    found = set()
    for ranking in inputs["rankings"]:
        rule = ranking["rule"]
        found.add(("ties", rule["ties"]))
        found.add(("counting", rule["counting"]["policy"]))
        found |= {("criterion", one["code"]) for one in rule["criteria"]}
    for scheme in inputs["schemes"]:
        rule = scheme["rule"]
        found.add(("ties", rule["ties"]))
        found |= {("gate", gate["code"]) for gate in rule["gates"]}
        for one in rule["components"]:
            found.add(("metric", one["metric"]))
            found.add(("normaliser", one["normaliser"]["code"]))
    for paper in inputs["papers"]:
        if paper["prediction"]:
            found.add(("target", paper["prediction"]["target"]))
    return found


def registered():
    kinds = {
        "criterion": criteria,
        "counting": counting,
        "metric": metrics,
        "normaliser": normalisers,
        "gate": gates,
        "ties": ties,
        "target": targets,
    }
    return {(kind, code) for kind, one in kinds.items() for code in one.codes()}


def test_random_contests_agree_with_the_naive_recomputation():
    seen, tied = Counter(), 0
    for number in range(SETS):
        inputs = RandomContest(number).inputs()

        naive = recount(inputs)
        computed = told(compute(inputs))

        for part, expected in computed.items():
            assert naive[part] == expected, f"contest {number}: {part}"
        seen.update(used(inputs))
        tied += naive["tied_lines"] > 0
    rare = {one: seen[one] for one in registered() if seen[one] < 10}
    assert not rare
    assert tied >= SETS / 5
