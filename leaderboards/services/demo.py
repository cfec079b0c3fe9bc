"""
The demo's contests: loaded once, marked as simulated, dated from the day of loading.

``load`` fills an empty, migrated database; ``staleness`` says when its dates passed.
"""


def load(*, scale, now, progress):
    """
    Fill the database; ``scale`` 1.0 is 102,000 attempts, ``progress`` takes a line.

    Nothing is loaded before the contests' files are part of the project.
    """
    progress("no contest is loaded: the portal starts empty")


def staleness(now):
    """Return a sentence when the round that was open at loading has closed, or None."""
    return None
