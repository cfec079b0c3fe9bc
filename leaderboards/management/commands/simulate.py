from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from contest.lib.clock import now
from contest.lib.refusals import Refused
from leaderboards.services.simulation import SEED, simulate
from quizzes.models import Contest


class Command(BaseCommand):
    help = "Fill a contest's past rounds with invented people: simulate C --scale 0.02"

    def add_arguments(self, parser):
        parser.add_argument("contest", help="the contest's slug")
        parser.add_argument("--scale", default="0.02", help="above 0, at most 1")
        parser.add_argument("--seed", default=SEED)

    def handle(self, *args, contest, scale, seed, **options):
        found = Contest.objects.filter(slug=contest).first()
        if found is None:
            raise CommandError(_("Không có hội thi %(slug)s.") % {"slug": contest})
        try:
            simulate(
                found, scale=scale, now=now(), seed=seed, progress=self.stdout.write
            )
        except Refused as refused:
            raise CommandError(str(refused)) from refused
