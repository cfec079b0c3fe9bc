"""
A contest set up from a file, and written to one.

``import_contest`` is all or nothing; the same file again changes nothing. Once a round
is locked or its results are out, what it was promised on stays: its papers and times,
the audiences, the rules of rankings and schemes, the blocs and their units.
"""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from contest.lib import audit
from contest.lib.imports import (
    CHANGED,
    CREATED,
    UNCHANGED,
    new_report,
    refuse_faults,
)
from contest.lib.refusals import Refused
from leaderboards.formats import contest_v1
from leaderboards.formats.contest_schema import complete, schema_faults
from leaderboards.formats.json_text import read_json
from leaderboards.problem_wording import fault_of
from leaderboards.rules.contradictions import contradictions
from leaderboards.services.contest_document import export_contest
from leaderboards.services.contest_rows import REMOVED, write_contest
from quizzes.models import Bank, Contest, Headcount
from quizzes.services.contests import fixed_rounds

PARTS = {
    "late_start": gettext_lazy("cách xử lý người vào thi muộn"),
    "timed_out_counts": gettext_lazy("cách tính bài hết giờ"),
    "incomplete_counts": gettext_lazy("cách tính bài bỏ trống"),
    "excluded_count_for_unit": gettext_lazy("cách tính người không được xét giải"),
    "truth_after_void": gettext_lazy("đáp số dự đoán khi có bài bị huỷ"),
    "exclusions_text": gettext_lazy("những người không được dự thi"),
    "audiences": gettext_lazy("đối tượng dự thi"),
    "rankings": gettext_lazy("quy tắc xếp hạng cá nhân"),
    "schemes": gettext_lazy("quy tắc xếp hạng tập thể"),
}


class UnknownContest(Refused):
    code = "unknown_contest"
    sentence = gettext_lazy("Không có hội thi “%(contest)s”.")


class Locked(Refused):
    code = "contest_locked"
    sentence = gettext_lazy(
        "%(rounds)s đã khoá đề hoặc đã công bố nên không đổi được: %(parts)s."
    )


class Archived(Refused):
    code = "contest_archived"
    sentence = gettext_lazy("Hội thi “%(contest)s” đã lưu trữ nên không đổi được.")


class InUse(Refused):
    code = "part_in_use"
    sentence = gettext_lazy(
        "Không bỏ được %(parts)s vì đã có bài thi hoặc kết quả dựa vào đó."
    )


def nothing_beside(name):
    """A contest file that stands alone."""


def read_contest(data, beside=nothing_beside):
    """
    ``(complete document, warnings)`` of the bytes of a contest file of any version.

    ``beside(name)`` gives the bytes of a file that version 1 names, or None. Raise
    ``Faulty``.
    """
    document, faults = read_json(data)
    refuse_faults(faults, partial=False)
    warnings = []
    if isinstance(document, dict) and document.get("schema_version") == 1:
        document, faults, warnings = contest_v1.upgrade(document, beside)
        refuse_faults(faults, partial=False)
    refuse_faults(schema_faults(document), partial=False)
    return complete(document), warnings


@transaction.atomic
def import_contest(document, *, now, by=None, dry_run=False):
    """
    Make the contest what ``document`` (of version 2) says and return a ``Report``.

    The contest is found by its slug and its row locked. Raise ``Faulty`` with every
    fault; ``Locked``, ``Archived`` or ``InUse`` where the change is not allowed.
    """
    refuse_faults(schema_faults(document), partial=False)
    document = complete(document)
    refuse_faults(_faults(document), partial=False)
    slug = document["slug"]
    contest = Contest.objects.select_for_update().filter(slug=slug).first()
    if contest is not None:
        refuse_locked_changes(contest, document)
    report = new_report(CREATED, CHANGED, REMOVED, UNCHANGED, dry_run=dry_run)
    report.warnings = warnings_of(document)
    try:
        with transaction.atomic():
            contest = write_contest(contest, document, report)
    except ProtectedError as error:
        parts = ", ".join(sorted({str(row) for row in error.protected_objects})[:5])
        raise InUse(parts=parts) from error
    if report.has_changes:
        audit.record(
            "configuration.import", contest, by=by, now=now, after=report.counts
        )
    if dry_run:
        transaction.set_rollback(True)
    return report


def contest_called(slug):
    """The contest with this slug; raise ``UnknownContest``."""
    contest = Contest.objects.filter(slug=slug).first()
    if contest is None:
        raise UnknownContest(contest=slug)
    return contest


def warnings_of(document):
    """Sentences about what is stored but does not work yet."""
    return [
        _(
            "Đối tượng “%(name)s” dự thi theo danh sách của đơn vị, nhưng danh sách "
            "chưa được nhập; tạm thời người dự thi tự chọn đơn vị."
        )
        % {"name": audience["name"]}
        for audience in document["audiences"]
        if audience["entry"] == "roster"
    ]


def _faults(document):
    codes = [unit["code"] for bloc in document["blocs"] for unit in bloc["units"]]
    units = set(Unit.objects.filter(code__in=codes).values_list("code", flat=True))
    topics = {}
    banks = Bank.objects.filter(code__in=[bank["code"] for bank in document["banks"]])
    for bank, topic in banks.values_list("code", "topics__code"):
        topics.setdefault(bank, set()).add(topic)
    found = contradictions(document, topics=topics, units=units)
    return [fault_of(problem) for problem in found]


def refuse_locked_changes(contest, document):
    """Raise ``Locked`` or ``Archived`` if ``document`` changes what must stay."""
    stored = export_contest(contest)
    if contest.state == Contest.State.ARCHIVED and stored != document:
        raise Archived(contest=contest.slug)
    fixed = list(fixed_rounds(contest.pk))
    numbers = {round.number for round in fixed}
    parts = _changed_parts(contest, stored, document, numbers)
    if fixed and parts:
        names = ", ".join(round.title for round in fixed)
        raise Locked(rounds=names, parts=", ".join(parts))


def _changed_parts(contest, stored, document, numbers):
    """The words for the parts that must stay and that ``document`` changes."""
    changed = [
        str(words) for key, words in PARTS.items() if stored[key] != document[key]
    ]
    if _members(stored) != _members(document):
        changed.append(_("các khối và đơn vị của khối"))
    wanted = {row["number"]: row for row in document["rounds"]}
    changed += [
        _("thời gian và đề của vòng %(number)d") % {"number": row["number"]}
        for row in stored["rounds"]
        if row["number"] in numbers
        and _promise(row) != _promise(wanted.get(row["number"]))
    ]
    return changed + _frozen_headcounts(contest, stored, document)


def _promise(round):
    """What must stay of a round; its title may be mended, equal moments are equal."""
    if round is None:
        return None
    papers = sorted(round["papers"], key=lambda paper: paper["audience"])
    moments = [_moment(round[key]) for key in ("opens_at", "closes_at")]
    return [round["code"], moments, papers]


def _members(document):
    return {
        bloc["code"]: {
            unit["code"]: (unit["counts_as"], _moment(unit["counts_as_from"]))
            for unit in bloc["units"]
        }
        for bloc in document["blocs"]
    }


def _moment(text):
    return parse_datetime(text) if text else None


def _frozen_headcounts(contest, stored, document):
    frozen = Headcount.objects.filter(
        contest_unit__contest=contest, frozen_at__isnull=False
    )
    codes = set(frozen.values_list("contest_unit__unit__code", flat=True))
    before, after = _people(stored, codes), _people(document, codes)
    return [
        f"headcounts {code}" for code in sorted(codes) if before[code] != after[code]
    ]


def _people(document, codes):
    found = dict.fromkeys(codes)
    for bloc in document["blocs"]:
        for unit in bloc["units"]:
            if unit["code"] in codes:
                found[unit["code"]] = sorted(
                    (
                        line["round"] or 0,
                        line["audience"] or "",
                        line["category"],
                        line["people"],
                    )
                    for line in unit["headcounts"]
                )
    return found
