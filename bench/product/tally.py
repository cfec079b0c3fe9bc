"""
Run as a program: how long the tallies of Huế 2025 take at full size.

The contest of ``data/hue`` is filled by ``simulate``; what is timed is the whole of
``tallies.compute``: reading, freezing the inputs, computing, writing every row.
"""

import json
import os
import sys
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from accounts.services.units import import_units  # noqa: E402
from contest.lib import clock  # noqa: E402
from leaderboards.services import demo, demo_people, tallies  # noqa: E402
from leaderboards.services.demo_documents import editions, units_file  # noqa: E402
from leaderboards.services.simulation import simulate  # noqa: E402
from quizzes.models import Attempt, ContestUnit  # noqa: E402


def silent(line):
    print(line, file=sys.stderr)


def filled(scale):
    call_command("migrate", verbosity=0)
    now = clock.now()
    import_units(units_file(), now=now)
    users = demo_people.make_accounts(now=now)
    past, _ = editions(now=now)
    contest = demo.set_up(past, users, now=now)
    for round in contest.rounds.all():
        demo.lock(round, users)
    simulate(contest, scale=scale, now=now, progress=silent)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return contest, users


def timed(contest, round, now):
    began = time.perf_counter()
    tallies.compute(contest, round, now=now)
    return time.perf_counter() - began


def measure(scale):
    contest, users = filled(scale)
    now = clock.now()
    rounds = []
    for round in contest.rounds.order_by("number"):
        rounds.append(timed(contest, round, now))
        demo.publish(contest, round, users, after=round.closes_at, progress=silent)
    whole = timed(contest, None, now)
    each = ", ".join(f"{seconds:.1f}" for seconds in rounds)
    return {
        "attempts": Attempt.objects.filter(round__contest=contest).count(),
        "units": ContestUnit.objects.filter(bloc__contest=contest).count(),
        "seconds": whole,
        "detail": f"the tallies of its {len(rounds)} rounds: {each} s",
    }


if __name__ == "__main__":
    json.dump(measure(os.environ["BENCH_SCALE"]), sys.stdout)
