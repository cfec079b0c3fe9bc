"""
What every import answers: counts of what it did, and the faults it met.

An import is all or nothing: with a fault it raises ``Faulty`` and writes nothing,
unless it was told to take the sound part (``partial``).
"""

from dataclasses import dataclass, field

from contest.lib.faults import Faulty


@dataclass
class Report:
    """
    What an import did, or with ``is_dry_run`` would have done.

    ``counts`` maps a word (``created``, ``changed``, ``unchanged``, ...) to a number;
    ``warnings`` are sentences.
    """

    counts: dict = field(default_factory=dict)
    faults: list = field(default_factory=list)
    warnings: list = field(default_factory=list)
    is_dry_run: bool = False

    def count(self, word, number=1):
        self.counts[word] = self.counts.get(word, 0) + number

    @property
    def has_changes(self):
        """Whether anything at all was written."""
        return any(number for word, number in self.counts.items() if word != UNCHANGED)

    def as_dict(self):
        return {
            "dry_run": self.is_dry_run,
            **self.counts,
            "faults": [fault.as_dict() for fault in self.faults],
            "warnings": [str(warning) for warning in self.warnings],
        }


CREATED, CHANGED, UNCHANGED = "created", "changed", "unchanged"


def new_report(*words, dry_run):
    """An empty report that counts ``words`` from 0, so that each of them is told."""
    return Report(counts=dict.fromkeys(words, 0), is_dry_run=dry_run)


def refuse_faults(faults, *, partial):
    """Raise ``Faulty`` if there are faults and the import is not a partial one."""
    if faults and not partial:
        raise Faulty(sorted(faults, key=lambda fault: fault.row or 0))
