import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from contest.lib.refusals import Refused
from leaderboards.services.configuration import contest_called
from leaderboards.services.contest_document import export_contest


class Command(BaseCommand):
    help = "Write a contest's set-up as import_contest reads it"

    def add_arguments(self, parser):
        parser.add_argument("contest")
        parser.add_argument("--output", type=Path, help="a file; else the terminal")

    def handle(self, *args, contest, output, **options):
        try:
            document = export_contest(contest_called(contest))
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        text = json.dumps(document, ensure_ascii=False, indent=2)
        if output:
            output.write_text(text + "\n", encoding="utf-8")
        else:
            self.stdout.write(text)
