"""A scheme's rule, read from JSON; ``docs/rules.md`` has the keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from leaderboards.rules.books import Population, read_population
from leaderboards.rules.gates import Gate, read_gates
from leaderboards.rules.metrics import (
    ATTEMPTS,
    ROUNDS,
    Defaults,
    Measure,
    read_measure,
)
from leaderboards.rules.normalisers import Normaliser, read_normaliser
from leaderboards.rules.prize_rules import (
    OnePrize,
    Prize,
    read_one_prize,
    read_prize_list,
)
from leaderboards.rules.prizes import Tie, read_tie
from leaderboards.rules.ranking import Known
from leaderboards.rules.reading import Reader


@dataclass(frozen=True)
class Component:
    """A metric, made comparable, with its weight."""

    code: str
    title: str
    measure: Measure
    normaliser: Normaliser
    weight: Fraction
    decimals: int | None


@dataclass(frozen=True)
class TieBreak:
    """A comparison after the points: a component's raw value or another measure."""

    component: str | None
    measure: Measure
    direction: str

    @property
    def code(self) -> str:
        return self.component or self.measure.metric.code


@dataclass(frozen=True)
class Scheme:
    """One rule for lists of units."""

    code: str
    title: str
    order: int
    scope: str
    blocs: tuple[str, ...]
    group_by: str
    defaults: Defaults
    gates: Sequence[Gate]
    components: tuple[Component, ...]
    tie_chain: tuple[TieBreak, ...]
    tie: Tie
    prizes: tuple[Prize, ...]
    one_prize: OnePrize


def read_scheme(data: Any, path: str, known: Known) -> Scheme:
    """
    The scheme ``{code, title, order, scope, rule}``, checked.

    Raise ``RuleError`` with the path of the first fault.
    """
    outer = Reader(data, path)
    scope = outer.choice("scope", ("round", "contest"))
    with outer.part("rule") as read:
        defaults = read_defaults(read, known)
        components = read_components(read, defaults)
        group_by = read.choice("group_by", ("bloc", "all"), "bloc")
        scheme = Scheme(
            code=outer.text("code"),
            title=outer.text("title", ""),
            order=outer.integer("order", 0),
            scope=scope,
            blocs=read.texts("blocs", known.blocs),
            group_by=group_by,
            defaults=defaults,
            gates=read_gates(read, defaults),
            components=components,
            tie_chain=read_tie_chain(read, defaults, components),
            tie=read_tie(read),
            prizes=read_prize_list(
                read, "bloc" if group_by == "bloc" else None, known.blocs
            ),
            one_prize=read_one_prize(read, scope),
        )
    outer.done()
    return scheme


def read_defaults(read: Reader, known: Known) -> Defaults:
    return Defaults(
        rounds=read.choice("rounds", ROUNDS, "mean"),
        attempts=read.choice("attempts", ATTEMPTS, "counting"),
        population=read_population(read, known.audiences, Population()),
        audiences=known.audiences,
    )


def read_components(read: Reader, defaults: Defaults) -> tuple[Component, ...]:
    decimals = read.integer("decimals", None, most=9)
    found: list[Component] = []
    for item in read.items("components", needed=True):
        measure = read_measure(item, defaults)
        component = Component(
            code=item.text("code"),
            title=item.text("title", ""),
            measure=measure,
            normaliser=read_normaliser(item, measure.metric),
            weight=item.fraction("weight"),
            decimals=read_decimals(item, decimals),
        )
        if component.code in [other.code for other in found]:
            raise item.fault("code", "twice", value=component.code)
        found.append(component)
    return tuple(found)


def read_decimals(item: Reader, default: int | None) -> int | None:
    """The component's own, else the scheme's."""
    own = item.integer("decimals", None, most=9)
    return default if own is None else own


def read_tie_chain(
    read: Reader, defaults: Defaults, components: tuple[Component, ...]
) -> tuple[TieBreak, ...]:
    by_code = {component.code: component for component in components}
    chain = []
    for item in read.items("tie_chain"):
        direction = item.choice("direction", ("asc", "desc"), "desc")
        code = item.take("component", None)
        if code is None:
            measure = read_measure(item, defaults)
        else:
            measure = by_code[item.choice("component", by_code)].measure
        chain.append(TieBreak(code, measure, direction))
    return tuple(chain)
