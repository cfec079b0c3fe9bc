from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from accounts.models import User
from contest.lib.commands import ImportCommand
from quizzes.models import Round
from quizzes.services.attempt_import import import_attempts


class Command(ImportCommand):
    help = "Import attempts made elsewhere: import_attempts FILE --contest C --round N"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--contest", required=True, help="the contest's slug")
        parser.add_argument("--round", required=True, type=int)
        parser.add_argument("--by", help="who signs the voids of the file")
        parser.add_argument("--approved-by", help="another who approves them")

    def run(self, data, *, now, contest, round, by, approved_by, dry_run, **options):
        found = Round.objects.filter(contest__slug=contest, number=round)
        found = found.select_related("contest").first()
        if found is None:
            raise CommandError(
                _("Không có vòng %(number)d trong hội thi %(slug)s.")
                % {"number": round, "slug": contest}
            )
        return import_attempts(
            found,
            data,
            now=now,
            by=user_named(by),
            approved_by=user_named(approved_by),
            dry_run=dry_run,
        )


def user_named(username):
    if username is None:
        return None
    found = User.objects.filter(username=username).first()
    if found is None:
        raise CommandError(_("Không có tài khoản %(name)s.") % {"name": username})
    return found
