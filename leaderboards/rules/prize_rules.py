"""What a rule says of prizes: which, how many, worth what, and how many one may
hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from leaderboards.rules.reading import Reader


@dataclass(frozen=True)
class Prize:
    """``count`` prizes of ``value`` đồng; ``group`` None is for every list of the
    rule."""

    code: str
    title: str
    count: int
    value: int
    at_least: Fraction | None = None
    group: str | None = None


@dataclass(frozen=True)
class OnePrize:
    per: str = "none"
    policy: str = "earlier_stands"


def read_prize(read: Reader, grouped: str | None, known: Iterable[str] | None) -> Prize:
    """A prize; ``grouped`` is the key that may bind it to one list."""
    group = read.take(grouped, None) if grouped else None
    if group is not None and (
        not isinstance(group, str) or (known and group not in known)
    ):
        raise read.fault(grouped or "", "unknown", value=str(group)[:60])
    return Prize(
        code=read.text("code"),
        title=read.text("title"),
        count=read.integer("count", least=1, most=100_000),
        value=read.integer("value", 0, most=10**12),
        at_least=read.fraction("at_least", None),
        group=group,
    )


def read_one_prize(read: Reader, scope: str) -> OnePrize:
    with read.part("one_prize", {"per": "none"}) as part:
        per = part.choice("per", ("none", "round", "contest"))
        policies = ("earlier_stands", "highest_only")
        policy = part.choice("policy", policies, "earlier_stands")
        if policy == "highest_only" and scope != "contest":
            raise part.fault("policy", "contest_only")
    return OnePrize(per, policy)


def read_prize_list(
    read: Reader, grouped: str | None, codes: Iterable[str] | None
) -> tuple[Prize, ...]:
    """Prizes from the highest down; a code may occur once in each list."""
    found: list[Prize] = []
    for item in read.items("prizes"):
        item.take("place", None)
        prize = read_prize(item, grouped, codes)
        for other in found:
            meets = None in (prize.group, other.group) or prize.group == other.group
            if other.code == prize.code and meets:
                raise item.fault("code", "twice", value=prize.code)
        found.append(prize)
    return tuple(found)
