"""A ranking's rule, read from JSON; ``docs/rules.md`` has the keys."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from leaderboards.rules.counting import Counting, read_counting
from leaderboards.rules.criteria import Criterion, read_chain
from leaderboards.rules.prize_rules import (
    OnePrize,
    Prize,
    read_one_prize,
    read_prize,
    read_prize_list,
)
from leaderboards.rules.prizes import Tie, read_tie
from leaderboards.rules.reading import Reader

GROUPS = ("audience", "all", "bloc", "unit")
AMONG = ("all", "winners", "perfect")


@dataclass(frozen=True)
class Admit:
    ranking: str
    places: int


@dataclass(frozen=True)
class Special:
    """A prize for whoever stands first by criteria of its own."""

    prize: Prize
    among: str
    chain: tuple[Criterion, ...]


@dataclass(frozen=True)
class Ranking:
    """One rule for lists of people."""

    code: str
    title: str
    order: int
    scope: str
    audiences: tuple[str, ...]
    group_by: str
    each_round: bool
    counting: Counting
    perfect_only: bool
    chain: tuple[Criterion, ...]
    tie: Tie
    prizes: tuple[Prize, ...]
    cap: Fraction | None
    one_prize: OnePrize
    admit: Admit | None
    special: tuple[Special, ...]


@dataclass(frozen=True)
class Known:
    """What a rule may name: codes of audiences, blocs and rankings of the contest."""

    audiences: tuple[str, ...]
    blocs: tuple[str, ...]
    rankings: tuple[str, ...]


def read_ranking(data: Any, path: str, known: Known) -> Ranking:
    """
    The ranking ``{code, title, order, scope, rule}``, checked.

    Raise ``RuleError`` with the path of the first fault.
    """
    outer = Reader(data, path)
    scope = outer.choice("scope", ("round", "contest"))
    with outer.part("rule") as read:
        ranking = Ranking(
            code=outer.text("code"),
            title=outer.text("title", ""),
            order=outer.integer("order", 0),
            scope=scope,
            **read_people(read, scope, known),
            **read_order(read),
            **read_prizes(read, scope, known),
        )
    outer.done()
    return ranking


def read_people(read: Reader, scope: str, known: Known) -> dict[str, Any]:
    each_round = read.flag("each_round")
    if each_round and scope != "contest":
        raise read.fault("each_round", "contest_only")
    return {
        "audiences": read.texts("audiences", known.audiences),
        "group_by": read.choice("group_by", GROUPS, "audience"),
        "each_round": each_round,
        "counting": read_counting(read),
        "perfect_only": read.flag("perfect_only"),
        "admit": read_admit(read, known),
    }


def read_admit(read: Reader, known: Known) -> Admit | None:
    if read.take("admit", None) is None:
        return None
    with read.part("admit") as part:
        ranking = part.choice("ranking", known.rankings)
        return Admit(ranking, part.integer("places", least=1))


def read_prediction(read: Reader) -> tuple[str, str]:
    with read.part("prediction", {}) as part:
        return (
            part.choice("order", ("lexicographic", "perfect_only"), "lexicographic"),
            part.choice("distance", ("absolute", "over_loses"), "absolute"),
        )


def read_order(read: Reader) -> dict[str, Any]:
    """The chain, the tie policy and the special prizes with chains of their own."""
    seed, prediction = read.text("lot_seed", ""), read_prediction(read)
    special = []
    for item in read.items("special"):
        chain = read_chain(item, "criteria", seed=seed, prediction=prediction)
        among = item.choice("among", AMONG, "all")
        special.append(Special(read_prize(item, None, None), among, chain))
    return {
        "chain": read_chain(read, "criteria", seed=seed, prediction=prediction),
        "tie": read_tie(read),
        "special": tuple(special),
    }


def read_prizes(read: Reader, scope: str, known: Known) -> dict[str, Any]:
    group_by = read.choice("group_by", GROUPS, "audience")
    codes = {"audience": known.audiences, "bloc": known.blocs}.get(group_by)
    grouped = None if group_by == "all" else group_by
    cap = None
    if read.take("cap", None) is not None:
        with read.part("cap") as part:
            cap = part.fraction("share")
            if cap > 1:
                raise part.fault("share", "out_of_range", least=0, most=1)
    return {
        "prizes": read_prize_list(read, grouped, codes),
        "cap": cap,
        "one_prize": read_one_prize(read, scope),
    }
