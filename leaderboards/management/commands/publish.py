from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from contest.lib.clock import now
from contest.lib.refusals import Refused
from leaderboards.management.found import contest_named, round_numbered, user_named
from leaderboards.services.publication import publish_newest


class Command(BaseCommand):
    help = "Publish the newest results: publish C [--round N] --by U --approved-by U"

    def add_arguments(self, parser):
        parser.add_argument("contest", help="the contest's slug")
        parser.add_argument("--round", type=int, help="the round's number")
        parser.add_argument("--by", required=True, help="who publishes")
        parser.add_argument("--approved-by", required=True, help="another who agrees")
        parser.add_argument("--decision", default="", help="number of the decision")
        parser.add_argument("--decided-on", type=date.fromisoformat, default=None)

    def handle(self, *args, contest, round, by, approved_by, **options):
        found = contest_named(contest)
        try:
            publication = publish_newest(
                found,
                round_numbered(found, round),
                by=user_named(by),
                approved_by=user_named(approved_by),
                decision_number=options["decision"],
                decided_on=options["decided_on"],
                now=now(),
            )
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        told = {"name": found.slug, "number": publication.tally.number}
        self.stdout.write(_("%(name)s: đã công bố lần tính %(number)d.") % told)
