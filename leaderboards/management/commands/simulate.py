from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from contest.lib.clock import now
from contest.lib.refusals import Refused
from leaderboards import live_simulation
from leaderboards.services.configuration import contest_called
from leaderboards.services.simulation import SEED, simulate

FAULTS_SHOWN = 10


class Command(BaseCommand):
    help = (
        "Fill a contest with invented people. simulate C --scale S: the rounds that "
        "have opened, through the drawing and scoring rules. simulate C --live "
        "--people N --minutes M: the open round, over HTTP against a running portal."
    )

    def add_arguments(self, parser):
        parser.add_argument("contest", help="the contest's slug")
        parser.add_argument("--scale", default="0.02", help="above 0, at most 1")
        parser.add_argument("--seed", default=SEED)
        parser.add_argument("--live", action="store_true")
        parser.add_argument("--people", type=counted, default=50)
        parser.add_argument("--minutes", type=counted, default=5)
        parser.add_argument("--url", default="http://127.0.0.1:8000")

    def handle(self, *args, live, **options):
        try:
            self.run_live(**options) if live else self.fill(**options)
        except Refused as refused:
            raise CommandError(str(refused)) from refused

    def fill(self, *, contest, scale, seed, **options):
        simulate(
            contest_called(contest),
            scale=scale,
            now=now(),
            seed=seed,
            progress=self.stdout.write,
        )

    def run_live(self, *, contest, people, minutes, url, **options):
        outcome = live_simulation.run(
            url, contest, people=people, minutes=minutes, progress=self.stdout.write
        )
        self.stdout.write(
            _("%(people)s người đã nộp bài, %(saves)s lần lưu được xác nhận.")
            % {"people": outcome.submitted, "saves": outcome.saves}
        )
        for fault in outcome.faults[:FAULTS_SHOWN]:
            self.stderr.write(fault)
        if outcome.faults:
            raise CommandError(
                _("%(count)s người không nộp được bài.")
                % {"count": len(outcome.faults)}
            )


def counted(text):
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number
