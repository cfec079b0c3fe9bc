from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from contest.lib.clock import now
from contest.lib.refusals import Refused
from leaderboards.management.found import contest_named, round_numbered, user_named
from leaderboards.services.readiness import lock


class Command(BaseCommand):
    help = "Seal a round's papers: lock_round C --round N --by U --approved-by U"

    def add_arguments(self, parser):
        parser.add_argument("contest", help="the contest's slug")
        parser.add_argument("--round", type=int, required=True)
        parser.add_argument("--by", required=True, help="who locks")
        parser.add_argument("--approved-by", required=True, help="another who agrees")

    def handle(self, *args, contest, round, by, approved_by, **options):
        found = round_numbered(contest_named(contest), round)
        people = {"by": user_named(by), "approved_by": user_named(approved_by)}
        try:
            pools = lock(found, **people, now=now())
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        for pool in pools:
            told = {"name": pool, "items": pool.items.count(), "hash": pool.hash}
            self.stdout.write(_("%(name)s: %(items)d câu, mã băm %(hash)s") % told)
