import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from contest.lib.clock import now
from contest.lib.refusals import Refused
from leaderboards.management.found import contest_named, round_numbered
from leaderboards.services import tallies, tally_versions
from leaderboards.services.tally_export import export
from leaderboards.wording_notes import notes


class Command(BaseCommand):
    help = "Compute the results of a contest or a round: tally C [--round N]"

    def add_arguments(self, parser):
        parser.add_argument("contest", help="the contest's slug")
        parser.add_argument("--round", type=int, help="the round's number")
        parser.add_argument(
            "--json", type=Path, dest="file", help="write the rows to this file"
        )
        parser.add_argument(
            "--changes", type=Path, help="write what differs from the version before"
        )

    def handle(self, *args, contest, round, file, changes, **options):
        found = contest_named(contest)
        try:
            tally = tallies.compute(found, round_numbered(found, round), now=now())
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        if file:
            write(export(tally), Path(file))
        if changes:
            write(tally_versions.changes_of(tally), Path(changes))
        told = {"number": tally.number, "hash": tally.hash, "name": found.slug}
        self.stdout.write(_("%(name)s: lần tính %(number)d, mã băm %(hash)s") % told)
        for note in notes(tally):
            self.stdout.write(note)


def write(document, file):
    try:
        file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    except OSError as error:
        raise CommandError(
            _("Không ghi được tệp %(path)s: %(why)s.")
            % {"path": file, "why": error.strerror}
        ) from error
