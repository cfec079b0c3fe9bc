"""
The results of a tally computed again from its input file, and what parts two of them.

Old versions keep their files when their rows are gone, so any two can be compared.
"""

from leaderboards.models import Tally
from leaderboards.rules.differences import differences
from leaderboards.rules.tally import compute
from leaderboards.services import tally_files

NOTHING = {"truths": [], "standings": [], "units": [], "awards": []}


def results_of(tally):
    """The results of a tally, computed again from its input file."""
    return compute(tally_files.load(tally.inputs_hash))


def differences_between(before, after):
    """What changed from one tally to another, both computed from their files."""
    return differences(results_of(before), results_of(after))


def changes_of(tally):
    """What changed from the version before; all of it if there was none."""
    versions = Tally.objects.of(tally.contest, tally.round).complete()
    before = versions.filter(number__lt=tally.number).first()
    if before is None:
        return differences(NOTHING, results_of(tally))
    return differences_between(before, tally)
