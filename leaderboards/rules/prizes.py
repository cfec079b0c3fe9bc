"""
Prizes: places x count x value, handed down a list in order.

One engine for people and units. It knows ties on a prize line, prizes somebody already
holds, a cap, and prizes that stay empty; it records why each went where it went.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from leaderboards.rules.criteria import drawn
from leaderboards.rules.prize_rules import OnePrize, Prize
from leaderboards.rules.reading import Reader
from leaderboards.rules.reasons import Reason
from leaderboards.rules.registry import Registry


@dataclass(frozen=True, slots=True)
class Contender:
    """Somebody in a list: ``index`` is the row, ``measure`` what ``at_least`` asks
    of."""

    id: str
    place: int
    index: int
    measure: Fraction | int


@dataclass
class PrizeList:
    """The prizes of one list and those who may win them, in order."""

    kind: str
    rule: str
    order: int
    round: int | None
    group: str
    prizes: Sequence[Prize]
    contenders: Sequence[Contender]
    tie: "Tie"
    one_prize: OnePrize = field(default_factory=OnePrize)
    cap: int | None = None
    decisions: dict[str, dict[str, Any]] = field(default_factory=dict)
    special: bool = False

    @property
    def key(self) -> tuple[str, int | None, str]:
        return (self.rule, self.round, self.group)

    @property
    def position(self) -> tuple[int, str, int, str]:
        return (self.order, self.rule, self.round or 0, self.group)


@dataclass
class Winner:
    """One award: the contender, the prize, what it is worth and the chain of
    reasons."""

    list: PrizeList
    prize: Prize
    contender: Contender
    value: int
    shared_by: int
    reasons: list[Reason]


Candidate = tuple[Contender, Reason | None]


@dataclass
class Outcome:
    winners: list[Winner] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)


class Holdings:
    """Who holds what: awards of the tallies below and those made so far."""

    def __init__(self, below: Iterable[dict[str, Any]]) -> None:
        self.held: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for award in below:
            if not award.get("special"):
                kind = "entrant" if award["entrant"] is not None else "unit"
                self.add(kind, award[kind], reference(award))

    def add(self, kind: str, who: str, award: dict[str, Any]) -> None:
        self.held.setdefault((kind, who), []).append(award)

    def blocking(self, prizes: PrizeList, who: str) -> dict[str, Any] | None:
        """The prize because of which ``who`` may not win in this list, if any."""
        per = prizes.one_prize.per
        if per == "none":
            return None
        kind = "entrant" if prizes.kind == "ranking" else "unit"
        for award in self.held.get((kind, who), ()):
            if per == "contest" or award["round"] == prizes.round:
                return award
        return None


def reference(award: dict[str, Any]) -> dict[str, Any]:
    """What a reason says of a prize held; its code where no title is known."""
    held = {key: award[key] for key in ("rule", "round", "group", "prize")}
    return {**held, "title": award.get("title", award["prize"])}


class Tie:
    """What happens to those tied across a prize line: they are given something, or put
    into an order and handed on one by one."""

    code = ""

    def __init__(self, read: Reader) -> None:
        self.seed = read.text("lot_seed", "")

    def settle(self, handing: "Handing", tied: list[Contender]) -> None:
        raise NotImplementedError


ties: Registry[Tie] = Registry("tie policy")


@ties.register
class Share(Tie):
    """All take the higher prize; the values of the places they fill are divided."""

    code = "share"

    def settle(self, handing: "Handing", tied: list[Contender]) -> None:
        prize = handing.left[0][0]
        filled = [slot for _ in tied if (slot := handing.pop())]
        total = sum(slot.value for slot in filled)
        params = {"with": len(tied), "places": len(filled), "total": total}
        for one in tied:
            reasons = [Reason("tie_shared", params)]
            handing.give(one, prize, total // len(tied), reasons, len(tied))


@ties.register
class Extend(Tie):
    """All take the higher prize in full; the next prize is untouched."""

    code = "extend"

    def settle(self, handing: "Handing", tied: list[Contender]) -> None:
        prize, _ = handing.left.popleft()
        for one in tied:
            reasons = [Reason("tie_extended", {"with": len(tied)})]
            handing.give(one, prize, prize.value, reasons)


@ties.register
class DrawnLot(Tie):
    """The order is drawn with the published seed."""

    code = "lot"

    def __init__(self, read: Reader) -> None:
        super().__init__(read)
        if not self.seed:
            raise read.fault("lot_seed", "missing")

    def settle(self, handing: "Handing", tied: list[Contender]) -> None:
        lots = {drawn(self.seed, one.id): one for one in tied}
        handing.drawn.extend(
            (lots[lot], Reason("tie_by_lot", {"with": len(tied), "lot": lot}))
            for lot in sorted(lots)
        )


@ties.register
class Organiser(Tie):
    """A recorded decision gives the order; until then the prizes stay open."""

    code = "organiser"

    def settle(self, handing: "Handing", tied: list[Contender]) -> None:
        prize = handing.left[0][0]
        decision = handing.list.decisions.get(prize.code, {})
        order = decision.get("order", [])
        if not {one.id for one in tied} <= set(order):
            for _ in tied:
                handing.pop()
            handing.note("tie_awaits_decision", prize, tied=[one.id for one in tied])
            return
        params = {"with": len(tied), "reason": decision.get("reason", "")}
        handing.drawn.extend(
            (one, Reason("tie_by_organiser", params))
            for one in sorted(tied, key=lambda one: order.index(one.id))
        )


class Handing:
    """Handing out one list's prizes, a prize line at a time."""

    def __init__(self, prizes: PrizeList, held: Holdings, outcome: Outcome) -> None:
        self.list = prizes
        self.held = held
        self.outcome = outcome
        self.left: deque[list[Any]] = deque([p, p.count] for p in prizes.prizes)
        self.drawn: deque[tuple[Contender, Reason]] = deque()
        self.at = 0
        self.skipped: list[Reason] = []
        self.apply_cap()

    def apply_cap(self) -> None:
        """Take prizes away from the bottom until the cap is kept."""
        cap = self.list.cap
        over = 0 if cap is None else sum(count for _, count in self.left) - cap
        while over > 0:
            prize, count = self.left.pop()
            lost = min(over, count)
            over -= lost
            if count > lost:
                self.left.append([prize, count - lost])
            self.note("capped", prize, count=lost, cap=cap)

    @property
    def head(self) -> Prize | None:
        return self.left[0][0] if self.left else None

    def step(self) -> None:
        """Hand out the next prize to the next in order, or leave it empty."""
        prize, count = self.left[0]
        decision = self.list.decisions.get(prize.code, {})
        if decision.get("leave_empty"):
            self.leave_empty("left_empty", reason=decision.get("reason", ""))
            return
        tied = self.next_group()
        if not tied:
            while self.left:
                self.leave_empty("no_contender")
        elif prize.at_least is not None and lowest(tied) < prize.at_least:
            self.leave_empty("below_at_least", at_least=str(prize.at_least))
        elif len(tied) <= count:
            self.take_group(tied)
            for one, reason in tied:
                self.pop()
                self.give(one, prize, prize.value, [reason] if reason else [])
        else:
            self.take_group(tied)
            self.list.tie.settle(self, [one for one, _ in tied])

    def next_group(self) -> list[Candidate]:
        """The next in order who may win, with all who are tied with them."""
        while self.drawn:
            one, reason = self.drawn[0]
            if not self.is_skipped(one):
                return [(one, reason)]
            self.drawn.popleft()
        rows = self.list.contenders
        while self.at < len(rows) and self.is_skipped(rows[self.at]):
            self.at += 1
        end = self.end_of_group()
        first = self.at
        group = [rows[first]] if first < end else []
        group += [
            rows[i] for i in range(first + 1, end) if not self.is_skipped(rows[i])
        ]
        return [(one, None) for one in group]

    def end_of_group(self) -> int:
        """The index after the last row tied with the row at hand."""
        rows = self.list.contenders
        end = self.at
        while end < len(rows) and rows[end].place == rows[self.at].place:
            end += 1
        return end

    def take_group(self, tied: list[Candidate]) -> None:
        """Move past the group that ``next_group`` named."""
        if tied[0][1] is None:
            self.at = self.end_of_group()
        else:
            self.drawn.popleft()

    def is_skipped(self, one: Contender) -> bool:
        award = self.held.blocking(self.list, one.id)
        if award is None:
            return False
        reason = Reason("skipped", {"who": one.id, "place": one.place, "holds": award})
        if reason not in self.skipped:
            self.skipped.append(reason)
        return True

    def pop(self) -> Prize | None:
        """Take the next single prize, if there is one."""
        if not self.left:
            return None
        slot = self.left[0]
        slot[1] -= 1
        if not slot[1]:
            self.left.popleft()
        return slot[0]

    def give(
        self,
        one: Contender,
        prize: Prize,
        value: int,
        reasons: list[Reason],
        shared_by: int = 1,
    ) -> None:
        chain = [*self.skipped, *reasons]
        won = Winner(self.list, prize, one, value, shared_by, chain)
        self.outcome.winners.append(won)
        if not self.list.special:
            kind = "entrant" if self.list.kind == "ranking" else "unit"
            self.held.add(kind, one.id, {**self.named(prize), "title": prize.title})

    def named(self, prize: Prize) -> dict[str, Any]:
        return {
            "rule": self.list.rule,
            "round": self.list.round,
            "group": self.list.group,
            "prize": prize.code,
        }

    def leave_empty(self, code: str, **params: Any) -> None:
        prize, count = self.left.popleft()
        self.note(code, prize, count=count, **params)

    def note(self, code: str, prize: Prize, **params: Any) -> None:
        self.outcome.notes.append({"code": code, **self.named(prize), **params})


def lowest(tied: list[Candidate]) -> Fraction | int:
    return min(one.measure for one, _ in tied)


def hand_out(lists: Sequence[PrizeList], held: Holdings) -> Outcome:
    """
    Award all lists in the order of their rules.

    Lists under ``highest_only`` are awarded together, where the first of them stands:
    always the highest prize not yet given, so that everybody keeps the highest.
    """
    outcome = Outcome()
    ordered = sorted(lists, key=lambda one: one.position)
    together = [one for one in ordered if is_joint(one)]
    for prizes in ordered:
        if not is_joint(prizes):
            handing = Handing(prizes, held, outcome)
            while handing.head:
                handing.step()
        elif prizes is together[0]:
            hand_out_together([Handing(one, held, outcome) for one in together])
    return outcome


def is_joint(prizes: PrizeList) -> bool:
    one = prizes.one_prize
    return one.per != "none" and one.policy == "highest_only"


def hand_out_together(handings: list[Handing]) -> None:
    while waiting := [one for one in handings if one.head]:
        min(waiting, key=height).step()


def height(handing: Handing) -> tuple[Any, ...]:
    """The highest value first; then the position in the list and of the list."""
    prize = handing.left[0][0]
    index = list(handing.list.prizes).index(prize)
    return (-prize.value, index, *handing.list.position)


def read_tie(read: Reader) -> Tie:
    policy = read.choice("ties", ties.codes(), "share")
    return ties.classes[policy](read)
