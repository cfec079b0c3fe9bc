"""The page ``docs/benchmarks.md``: what was reached, against what was asked."""

import os
import platform
import statistics
from dataclasses import dataclass
from datetime import UTC, datetime

from bench.runs import milliseconds_of_web

HEAD = """# Benchmarks

Made by `{command}` on {day}: {cores} cores, {system}, Python {python}, PostgreSQL
{version} with fsync, synchronous_commit and full_page_writes on (asserted by SHOW),
load generator included. Single figures move by 20 % from run to run and more on a busy
machine; the ratios, taken in windows that alternate within one run, travel.

An attempt is nine requests: page, start, five saves, submit, result; with sign-in ten.
The *ceiling* is a bare Django app with the same steps and no rules (`bench/ceiling`);
the *yardstick* is a view with a save's token check, a JSON parse and one UPDATE
(`bench/product`). All run under the same server: granian, {workers} processes of
{threads} threads.

| measure | reached | asked | |
|---|---|---|---|
"""


@dataclass(frozen=True)
class Line:
    """One row of the page."""

    measure: str
    reached: str
    asked: str
    met: bool

    def __str__(self):
        verdict = "yes" if self.met else "**no**"
        return f"| {self.measure} | {self.reached} | {self.asked} | {verdict} |"


def ratio_line(measure, pair, asked, unit):
    reached = (
        f"{pair.ratio:.0%} ({pair.our_rate:.0f} of {pair.their_rate:.0f} {unit}/s; "
        f"{milliseconds_of_web(pair.ours, pair.step):.2f} against "
        f"{milliseconds_of_web(pair.theirs, pair.step):.2f} ms of web CPU each)"
    )
    return Line(measure, reached, f">= {asked:.0%}", pair.ratio >= asked)


def latency_line(window, step, rate):
    median, late = (window.percentile_ms(step, share) for share in (0.5, 0.99))
    measure = f"{step} at {rate} arrivals/s with sign-in, p50 / p99"
    reached = f"{median:.0f} / {late:.0f} ms ({len(window.steps[step])} requests)"
    return Line(measure, reached, "p99 <= 100 ms", late <= 100)


def noise_line(ledger):
    cores = statistics.median(ledger.strangers)
    reached = f"{cores:.1f} of {os.cpu_count()} cores, at the median window"
    return Line("used by other programs meanwhile", reached, "<= 0.2", cores <= 0.2)


def ledger_lines(ledger):
    errors = sum(ledger.errors.values())
    kinds = "; ".join(f"{text}: {n}" for text, n in ledger.errors.most_common(3))
    lost = len(ledger.lost)
    reached = f"{lost} of {ledger.acknowledged} attempts looked up in the database"
    return [
        noise_line(ledger),
        Line("acknowledged and lost", reached, "0", not lost),
        Line("errors", f"{errors} {kinds}".strip(), "0", not errors),
    ]


def written(lines, *, command, version, workers, threads):
    head = HEAD.format(
        command=command,
        day=datetime.now(UTC).date(),
        cores=os.cpu_count(),
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
        version=version,
        workers=workers,
        threads=threads,
    )
    return head + "\n".join(map(str, lines)) + "\n"
