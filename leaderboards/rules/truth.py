"""
The truth of a prediction, per round and audience.

Counted are eligible people who are not excluded, in the audience they are read in:
*people* have a counting attempt, *perfect people* have the full score in all of theirs,
*attempts* are valid ones. A free question has the answer the organiser gives. A truth
frozen by an earlier tally is used as it is.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from leaderboards.rules.facts import Attempt
from leaderboards.rules.inputs import Data
from leaderboards.rules.reading import Reader
from leaderboards.rules.registry import Registry

Truths = Mapping[tuple[int, str], int | None]


class Target:
    """Counts from, per person, the counting attempts and the number of valid ones."""

    code = ""

    def __init__(self, read: Reader) -> None:
        self.answer = read.integer("answer", None)

    def count(self, people: Iterable[tuple[list[Attempt], int]]) -> int | None:
        raise NotImplementedError


targets: Registry[Target] = Registry("prediction target")


@targets.register
class PerfectPeople(Target):
    """How many people answered everything rightly (Huế, most contests)."""

    code = "perfect_people"

    def count(self, people: Iterable[tuple[list[Attempt], int]]) -> int:
        return sum(all(a.is_perfect for a in counted) for counted, _ in people)


@targets.register
class People(Target):
    """How many people took part (Đắk Lắk 2025)."""

    code = "people"

    def count(self, people: Iterable[tuple[list[Attempt], int]]) -> int:
        return sum(1 for _ in people)


@targets.register
class Attempts(Target):
    """How many valid attempts were made (MyAloha 2022)."""

    code = "attempts"

    def count(self, people: Iterable[tuple[list[Attempt], int]]) -> int:
        return sum(valid for _, valid in people)


@targets.register
class Free(Target):
    """A number the organiser gives; without it there is no truth."""

    code = "free"

    def count(self, people: Iterable[tuple[list[Attempt], int]]) -> int | None:
        return self.answer


Counted = dict[int, dict[str, list[Attempt]]]


def counting_papers(data: Data) -> Counted:
    """Per round and person the attempts that count by the paper's own counting."""
    counted: Counted = {number: {} for number in data.rounds}
    for uuid, person in data.people.items():
        for number, attempts in by_round(person.valid).items():
            policy = data.countings.get((number, person.entrant.audience))
            if policy is None:
                policy = data.countings[number, attempts[0].audience]
            if len(attempts) > 1:
                attempts = policy.choose(attempts, lambda attempt: attempt.order)
            counted[number][uuid] = attempts
    return counted


def by_round(attempts: list[Attempt]) -> dict[int, list[Attempt]]:
    """Attempts by round, in their order."""
    rounds: dict[int, list[Attempt]] = {}
    for attempt in attempts:
        rounds.setdefault(attempt.round, []).append(attempt)
    return rounds


def find(data: Data, counted: Counted) -> dict[tuple[int, str], int | None]:
    """The truth of every paper that asks for a prediction."""
    truths: dict[tuple[int, str], int | None] = {}
    for key, paper in sorted(data.papers.items()):
        if paper.prediction is None:
            continue
        if key in data.frozen_truths:
            truths[key] = data.frozen_truths[key]
            continue
        target = read_target(paper.prediction)
        everybody = paper.prediction.get("scope", "audience") == "all"
        audience = None if everybody else paper.audience
        truths[key] = target.count(competing(data, counted, paper.round, audience))
    return truths


def read_target(prediction: Mapping[str, Any]) -> Target:
    return targets.build(Reader(prediction, "prediction"), "target")


def competing(
    data: Data, counted: Counted, number: int, audience: str | None
) -> Iterable[tuple[list[Attempt], int]]:
    """Those in ``audience`` (all if None) who took part in the round and may win."""
    for uuid, attempts in counted.get(number, {}).items():
        person = data.people[uuid]
        if audience is not None and person.entrant.audience != audience:
            continue
        if data.is_barred(person.entrant, attempts[-1].unit):
            continue
        valid = sum(attempt.round == number for attempt in person.valid)
        yield attempts, valid
