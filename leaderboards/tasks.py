"""Ticks of the results: rows say what is left to do."""

from celery import shared_task

from contest.lib.clock import now
from leaderboards.services import tallies


@shared_task(ignore_result=True)
def compute_requested():
    """Compute until no tally waits. A late, lost or doubled run does no harm."""
    while tallies.compute_requested(now=now()):
        pass
