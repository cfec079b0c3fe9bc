"""The measurements: each ratio from windows that alternate within one run."""

import itertools
from collections import Counter
from dataclasses import dataclass, field

from bench.generator import Load, measure, median_rate
from bench.scenarios import CeilingAttempt, PortalAttempt, PortalSaves

SAVE_PATH = "/api/v1/attempts/{attempt}/responses/"
YARDSTICK_PATH = "/yardstick/{attempt}/"
# A window's saves carry numbers above those of the window before.
SEQS_A_WINDOW = 50_000
PEOPLE_A_WINDOW = 1_500


@dataclass
class Ledger:
    """What all windows together promised and broke."""

    errors: Counter = field(default_factory=Counter)
    strangers: list = field(default_factory=list)
    acknowledged: int = 0
    lost: list = field(default_factory=list)

    def enter(self, window, stand):
        """Take a window in; look every acknowledged attempt up in the database."""
        self.errors += window.errors
        self.strangers.append(window.strangers)
        stored = stand.stored(window.acknowledged)
        for uuid, (seq, body) in window.acknowledged.items():
            self.acknowledged += 1
            _state, held, responses = stored.get(uuid, (None, 0, None))
            if held < seq or (held == seq and responses != body["responses"]):
                self.lost.append(uuid)


@dataclass
class Pair:
    """Two sides measured in turn; ``ratio`` is ours over the other's."""

    ours: list
    theirs: list
    step: str | None = None

    @property
    def ratio(self):
        return self.our_rate / self.their_rate

    @property
    def our_rate(self):
        return median_rate(self.ours, self.step)

    @property
    def their_rate(self):
        return median_rate(self.theirs, self.step)


def in_turn(windows, ours, theirs):
    """Measure both sides ``windows`` times; who comes first alternates."""
    pair = Pair([], [])
    for number in range(windows):
        sides = [(ours, pair.ours), (theirs, pair.theirs)]
        for side, results in sides if number % 2 == 0 else reversed(sides):
            results.append(side(number))
    return pair


def saves(stand, ledger, *, windows, load):
    """One save against the yardstick of a save, on the same server."""
    held = stand.facts["held"][: load.users]
    cpu = {**stand.groups, "web": stand.groups["portal"]}
    firsts = itertools.count(1, SEQS_A_WINDOW)

    def drive(path):
        scenario = PortalSaves({"held": held, "seq": next(firsts)}, path)
        return measure(scenario, load, stand.portal, cpu)

    def ours(number):
        window = drive(SAVE_PATH)
        ledger.enter(window, stand)
        return window

    pair = in_turn(windows, ours, lambda number: drive(YARDSTICK_PATH))
    pair.step = "save"
    return pair


def whole_attempts(stand, ledger, *, windows, load, sign_in, first):
    """Whole attempts against the ceiling; person ``first`` is the first to come."""
    ours_cpu = {**stand.groups, "web": stand.groups["portal"]}
    theirs_cpu = {**stand.groups, "web": stand.groups["ceiling"]}

    def ours(number):
        person = first + number * PEOPLE_A_WINDOW
        scenario = PortalAttempt(stand.facts, sign_in=sign_in, first=person)
        window = measure(scenario, load, stand.portal, ours_cpu)
        ledger.enter(window, stand)
        return window

    def theirs(number):
        scenario = CeilingAttempt(sign_in=sign_in)
        return measure(scenario, load, stand.ceiling, theirs_cpu)

    return in_turn(windows, ours, theirs)


def arrivals(stand, ledger, *, rate, seconds, first):
    """People arrive at ``rate`` a second, sign in and make an attempt."""
    load = Load(users=400, rate=rate, measure_s=seconds)
    cpu = {**stand.groups, "web": stand.groups["portal"]}
    scenario = PortalAttempt(stand.facts, sign_in=True, first=first)
    window = measure(scenario, load, stand.portal, cpu)
    ledger.enter(window, stand)
    return window


def milliseconds_of_web(windows, step=None):
    """Return the web's CPU milliseconds per attempt, or per ``step``."""
    count = sum(len(w.steps[step]) if step else len(w.attempts) for w in windows)
    return 1000 * sum(w.cpu["web"] for w in windows) / count
