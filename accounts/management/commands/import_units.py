from accounts.services.units import import_units
from contest.lib.commands import ImportCommand


class Command(ImportCommand):
    help = "Import units with their parents, successors and other spellings"

    def run(self, data, *, now, dry_run, **options):
        return import_units(data, now=now, dry_run=dry_run)
