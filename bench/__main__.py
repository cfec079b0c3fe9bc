"""``python -m bench``: measure, print, and write ``docs/benchmarks.md``."""

import argparse
import sys

from bench import page, runs
from bench.generator import Load
from bench.stand import ROOT, THREADS, WORKERS, batches, durability, standing

PARTS = ("saves", "attempts", "sign-in", "arrivals", "scoring", "tally")
ARRIVALS = 20


def options():
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", choices=PARTS, nargs="+", default=PARTS)
    parser.add_argument("--windows", type=int, default=4, help="windows a side")
    parser.add_argument("--seconds", type=float, default=8, help="seconds a window")
    parser.add_argument("--scale", default="1.0", help="of the tally: 1.0 is 102,000")
    return parser.parse_args()


def over_http(stand, chosen):
    """Measure what goes over HTTP; return its lines."""
    lines, ledger = [], runs.Ledger()
    load = Load(users=24, measure_s=chosen.seconds)
    turns = {"windows": chosen.windows, "load": load}
    stand.start_portal()
    if "saves" in chosen.only:
        pair = runs.saves(stand, ledger, **turns)
        lines.append(page.ratio_line("one save, of its yardstick", pair, 0.6, "saves"))
    if {"attempts", "sign-in"} & set(chosen.only):
        stand.start_ceiling()
    if "attempts" in chosen.only:
        pair = runs.whole_attempts(stand, ledger, sign_in=False, first=0, **turns)
        title = "whole attempts, signed in before, of the ceiling"
        lines.append(page.ratio_line(title, pair, 0.5, "attempts"))
    if "sign-in" in chosen.only:
        pair = runs.whole_attempts(stand, ledger, sign_in=True, first=750, **turns)
        title = "whole attempts with sign-in, of the ceiling"
        lines.append(page.ratio_line(title, pair, 0.6, "attempts"))
    if "arrivals" in chosen.only:
        seconds = chosen.windows * chosen.seconds
        window = runs.arrivals(
            stand, ledger, rate=ARRIVALS, seconds=seconds, first=6500
        )
        for step in ("save", "submit"):
            lines.append(page.latency_line(window, step, ARRIVALS))
    return [*lines, *page.ledger_lines(ledger)]


def in_batches(stand, chosen):
    """Measure the worker's share: scoring and the tally."""
    lines = []
    if "scoring" in chosen.only:
        done = batches(stand, "scoring")
        rate = done["attempts"] / done["seconds"]
        reached = (
            f"{rate:,.0f}/s ({done['attempts']:,} attempts, {done['batch']} a batch)"
        )
        title = "attempts scored by one worker, rule in Python"
        lines.append(page.Line(title, reached, ">= 10,000/s", rate >= 10_000))
    if "tally" in chosen.only:
        done = batches(stand, "tally", BENCH_SCALE=chosen.scale)
        reached = f"{done['seconds']:.1f} s ({done['detail']})"
        title = f"a tally of {done['attempts']:,} attempts over {done['units']} units"
        lines.append(page.Line(title, reached, "<= 20 s", done["seconds"] <= 20))
    return lines


def main():
    chosen = options()
    with standing() as stand:
        version = durability(stand.postgres)["server_version"]
        lines = in_batches(stand, chosen)
        if set(chosen.only) - {"scoring", "tally"}:
            lines = over_http(stand, chosen) + lines
    text = page.written(
        lines,
        command=" ".join(["make bench", *sys.argv[1:]]),
        version=version.split()[0],
        workers=WORKERS,
        threads=THREADS,
    )
    print(text)
    if set(chosen.only) == set(PARTS):
        (ROOT / "docs" / "benchmarks.md").write_text(text)
    return 0 if all(line.met for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
