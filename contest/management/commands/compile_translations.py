"""Write the .mo files next to the .po files; no gettext programs are needed."""

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Compile every catalogue in LOCALE_PATHS."

    def handle(self, **options):
        done = 0
        for folder in settings.LOCALE_PATHS:
            for catalogue in sorted(folder.glob("*/LC_MESSAGES/*.po")):
                compiled(catalogue)
                done += 1
        self.stdout.write(f"{done} catalogues compiled")


def compiled(path):
    """Compile one file, leaving fuzzy entries out; refuse wrong placeholders."""
    with path.open("rb") as source:
        catalogue = read_po(source, locale=path.parent.parent.name)
    faults = [
        f"{path}:{message.lineno}: {error}"
        for message, errors in catalogue.check()
        for error in errors
    ]
    if faults:
        raise CommandError("\n".join(faults))
    draft = path.with_suffix(".mo.new")
    with draft.open("wb") as target:
        write_mo(target, catalogue)
    draft.replace(path.with_suffix(".mo"))
