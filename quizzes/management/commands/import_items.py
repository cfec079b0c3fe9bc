from contest.lib.commands import ImportCommand
from quizzes.formats import FORMATS, format_for
from quizzes.services.bank_import import import_into


class Command(ImportCommand):
    help = "Import items into a question bank: import_items FILE --bank B"
    can_be_partial = True

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--bank", required=True)
        parser.add_argument("--title", default="", help="makes the bank if it is new")
        parser.add_argument("--format", default="", choices=["", *sorted(FORMATS)])
        parser.add_argument("--approve", action="store_true")

    def run(self, data, *, now, file, bank, title, format, **options):
        return import_into(
            bank,
            data,
            title=title,
            format=format_for(file.name, format),
            now=now,
            partial=options["partial"],
            dry_run=options["dry_run"],
            approve=options["approve"],
        )
