from functools import partial
from pathlib import Path

from contest.lib.commands import ImportCommand, read
from leaderboards.services.configuration import import_contest, read_contest


class Command(ImportCommand):
    help = "Set a contest up from its file (docs/contest-format.md)"

    def run(self, data, *, now, file, dry_run, **options):
        document, warnings = read_contest(data, partial(beside, file.parent))
        report = import_contest(document, now=now, dry_run=dry_run)
        report.warnings = [*warnings, *report.warnings]
        return report


def beside(folder, name):
    """The bytes of the file ``name`` in ``folder``; None where there is none."""
    path = folder / Path(name).name
    return read(path) if path.is_file() else None
