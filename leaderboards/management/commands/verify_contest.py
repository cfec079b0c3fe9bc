import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from contest.lib.clock import now
from leaderboards.services.verification.verify import verify
from quizzes.models import Contest


class Command(BaseCommand):
    help = "Check what must hold before results are published: verify_contest C"

    def add_arguments(self, parser):
        parser.add_argument("contest", help="the contest's slug")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args, contest, as_json, **options):
        found = Contest.objects.filter(slug=contest).first()
        if found is None:
            raise CommandError(_("Không có hội thi %(slug)s.") % {"slug": contest})
        findings = verify(found, now=now())
        errors = [finding for finding in findings if not finding.is_warning]
        if as_json:
            told = {"ok": not errors, "findings": [f.as_dict() for f in findings]}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            for finding in findings:
                level = _("cảnh báo") if finding.is_warning else _("lỗi")
                self.stdout.write(f"{finding.code} ({level}): {finding.sentence}")
        if errors:
            raise CommandError(
                _("%(count)s điều không đúng trong hội thi %(slug)s.")
                % {"count": len(errors), "slug": contest}
            )
        if not as_json:
            self.stdout.write(_("Mọi điều kiện đều đúng."))
