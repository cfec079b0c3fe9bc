"""
The form of every import command: a file in, clear lines out, exit 0 or 1.

Subclasses say what they import; they parse their options and call one service.
"""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.lib.clock import now
from contest.lib.faults import Faulty, lines_of
from contest.lib.refusals import Refused

LARGEST_FILE = 50 * 1024 * 1024
WORDS = {
    "created": gettext_lazy("thêm mới"),
    "changed": gettext_lazy("thay đổi"),
    "relabelled": gettext_lazy("đổi nhãn"),
    "removed": gettext_lazy("bỏ đi"),
    "unchanged": gettext_lazy("giữ nguyên"),
}


class ImportCommand(BaseCommand):
    """
    ``NAME FILE [--dry-run] [--json]``.

    Subclasses implement ``run(data, *, now, **options)``, which answers with a
    ``Report``; a refusal is printed and ends with exit code 1.
    """

    can_be_partial = False

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--json", action="store_true", dest="as_json")
        if self.can_be_partial:
            parser.add_argument("--partial", action="store_true")

    def handle(self, *args, file, as_json, **options):
        try:
            report = self.run(read(file), now=now(), file=file, **options)
        except Faulty as faulty:
            self.refuse(str(faulty), faulty.code, as_json, faulty.faults)
        except Refused as refused:
            self.refuse(str(refused), refused.code, as_json)
        else:
            self.answer(report, as_json)

    def run(self, data, *, now, **options):
        raise NotImplementedError

    def answer(self, report, as_json):
        """Print what was done: one line of counts, one per warning and fault."""
        if as_json:
            self.stdout.write(json.dumps({"ok": True} | report.as_dict()))
            return
        for line in [*map(str, report.warnings), *lines_of(report.faults)]:
            self.stderr.write(line)
        counts = ", ".join(
            f"{WORDS.get(word, word)}: {n}" for word, n in report.counts.items()
        )
        prefix = _("Chạy thử, chưa ghi gì: ") if report.is_dry_run else ""
        self.stdout.write(prefix + counts)

    def refuse(self, sentence, code, as_json, faults=()):
        """Print the refusal, with every fault, and end with exit code 1."""
        if as_json:
            told = {"ok": False, "code": code, "detail": sentence}
            told["faults"] = [fault.as_dict() for fault in faults]
            self.stdout.write(json.dumps(told))
        for line in lines_of(faults):
            self.stderr.write(line)
        raise CommandError(sentence)


def read(path):
    """The bytes of ``path``; one clear line where it cannot be read or is too big."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise CommandError(
            _("Không đọc được tệp %(path)s: %(why)s.")
            % {"path": path, "why": error.strerror}
        ) from error
    if len(data) > LARGEST_FILE:
        raise CommandError(
            _("Tệp %(path)s lớn hơn %(most)d MB.")
            % {"path": path, "most": LARGEST_FILE // (1024 * 1024)}
        )
    return data
