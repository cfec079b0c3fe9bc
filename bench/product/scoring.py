"""Run as a program: how many attempts one worker scores in a second."""

import gc
import json
import random
import sys
import time
from datetime import timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from bench.product.prepare import join, open_round  # noqa: E402
from contest.lib import clock  # noqa: E402
from quizzes.models import Attempt, Pool  # noqa: E402
from quizzes.rules import drawing  # noqa: E402
from quizzes.services import scoring  # noqa: E402
from quizzes.tasks import BATCH  # noqa: E402

ATTEMPTS = 40_000


def submitted(pool, entrant, number, choices, now):
    paper = drawing.draw(pool.sealed, seed=drawing.make_seed(f"{number}"), seen=())
    began = now - timedelta(minutes=30)
    return Attempt(
        entrant=entrant,
        round=pool.round,
        audience=pool.audience,
        unit=entrant.unit,
        pool=pool,
        number=number,
        day=now.date(),
        state=Attempt.State.SUBMITTED,
        closed_by=Attempt.ClosedBy.PERSON,
        paper=paper,
        item_count=len(paper),
        responses={str(n + 1): [choices.choice("abcd")] for n in range(len(paper))},
        started_at=began,
        deadline=began + timedelta(minutes=20),
        accepts_until=began + timedelta(minutes=21),
        submitted_at=began + timedelta(minutes=10),
        duration_ms=600_000,
    )


def measure():
    call_command("migrate", verbosity=0)
    now, choices = clock.now(), random.Random(1)
    round, audience = open_round(now)
    _, entrants = join(audience, now)
    pool = Pool.objects.select_related("round", "audience").get(round=round)
    Attempt.objects.bulk_create(
        (
            submitted(
                pool, entrants[n % len(entrants)], n // len(entrants) + 1, choices, now
            )
            for n in range(ATTEMPTS)
        ),
        batch_size=1000,
    )
    # A worker does not carry the people that were made here; its collector would walk
    # over them in every other batch.
    gc.collect()
    gc.freeze()
    began = time.perf_counter()
    done = 0
    while count := scoring.score_batch(BATCH):
        done += count
    return {"attempts": done, "seconds": time.perf_counter() - began, "batch": BATCH}


if __name__ == "__main__":
    json.dump(measure(), sys.stdout)
