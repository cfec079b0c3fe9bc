"""What a command's arguments name, or one clear line and exit code 1."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from accounts.models import User
from quizzes.models import Contest


def contest_named(slug):
    found = Contest.objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(_("Không có hội thi %(slug)s.") % {"slug": slug})
    return found


def round_numbered(contest, number):
    """The round, or None where no number is given: the contest as a whole."""
    if number is None:
        return None
    found = contest.rounds.filter(number=number).first()
    if found is None:
        raise CommandError(
            _("Hội thi %(slug)s không có vòng %(number)d.")
            % {"slug": contest.slug, "number": number}
        )
    return found


def user_named(username):
    found = User.objects.filter(username=username).first()
    if found is None:
        raise CommandError(_("Không có tài khoản %(name)s.") % {"name": username})
    return found
