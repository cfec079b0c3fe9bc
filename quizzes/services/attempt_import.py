"""
Attempts made on another platform: from a CSV file into a round, all or nothing.

A person is known by ``person``, any text unique in the contest. The same file again
changes nothing; a mended file changes what it says otherwise, until the round's results
are published. ``void`` becomes a correction, as every void is.
"""

import hashlib

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person, Unit, User
from contest.lib import audit
from contest.lib.faults import Fault
from contest.lib.imports import (
    CHANGED,
    CREATED,
    UNCHANGED,
    new_report,
    refuse_faults,
)
from contest.lib.refusals import Refused
from contest.lib.sheets import Limits, read_csv
from quizzes.models import (
    Attempt,
    Contest,
    ContestUnit,
    Correction,
    Entrant,
    PaperSpec,
)
from quizzes.services.attempt_rows import OPTIONAL, REQUIRED, RowReader, Spoiled

PEOPLE, VOIDED = "people", "voided"
LIMITS = Limits(size=50 * 1024 * 1024, rows=1_000_000, cell=2_000)
BATCH = 1000
CLERK, ELSEWHERE = "import-attempts", "other-platform"
STORED = (
    "unit_id",
    "score",
    "correct_count",
    "prediction",
    "started_at",
    "submitted_at",
    "deadline",
    "accepts_until",
    "duration_ms",
    "day",
)


class AlreadyPublished(Refused):
    code = "already_published"
    sentence = gettext_lazy("%(round)s đã công bố kết quả nên không nhập thêm bài.")


@transaction.atomic
def import_attempts(round, data, *, now, by=None, approved_by=None, dry_run=False):
    """
    Bring the attempts of ``data`` into ``round`` and return a ``Report``.

    Takes the contest's row. ``by`` and ``approved_by`` sign the voids; without them
    two accounts nobody can sign in with do. Raise ``Faulty`` with every fault, or
    ``AlreadyPublished`` if anything would change after publication.
    """
    contest = Contest.objects.select_for_update().get(pk=round.contest_id)
    rows, faults = read_rows(round, contest, data, now)
    store = Store(round, contest, rows, data, now)
    faults += store.contradictions()
    refuse_faults(faults, partial=False)
    report = new_report(CREATED, CHANGED, UNCHANGED, PEOPLE, VOIDED, dry_run=dry_run)
    store.write(report, by, approved_by)
    if report.has_changes:
        round.refresh_from_db()
        if round.results_at is not None:
            raise AlreadyPublished(round=str(round))
        audit.record("attempts.import", round, by=by, now=now, after={**report.counts})
    if dry_run:
        transaction.set_rollback(True)
    return report


def read_rows(round, contest, data, now):
    """The sound rows and all faults of a file."""
    papers = PaperSpec.objects.filter(round=round).select_related("audience")
    units = dict(Unit.objects.values_list("code", "pk"))
    reader = RowReader(
        round,
        {spec.audience.code: spec for spec in papers},
        units,
        reporting(contest),
        now=now,
    )
    sheet = read_csv(data, required=REQUIRED, optional=OPTIONAL, limits=LIMITS)
    rows, faults, seen = [], list(sheet.faults), {}
    for raw in sheet.rows:
        try:
            row = reader.read(raw)
        except Spoiled as spoiled:
            fault = raw.fault(spoiled.column, spoiled.message, spoiled.remedy)
            faults.append(fault)
            continue
        earlier = seen.setdefault((row.person, row.number), row.line)
        if earlier == row.line:
            rows.append(row)
            continue
        faults.append(twice(row, earlier))
    return rows, faults


def twice(row, earlier):
    return Fault(
        _("Lượt này của người này đã có ở dòng %(line)d.") % {"line": earlier},
        _("Bỏ một dòng, hoặc sửa số lượt."),
        row=row.line,
        column="attempt_number",
    )


def reporting(contest):
    """Primary keys of all units that report to a unit of the contest."""
    parents = dict(Unit.objects.values_list("pk", "parent_id"))
    roots = set(
        ContestUnit.objects.filter(contest=contest).values_list("unit", flat=True)
    )
    found = set()
    for pk in parents:
        path, node = [], pk
        while node is not None and node not in roots and node not in found:
            path.append(node)
            node = parents[node]
        if node is not None:
            found.update([*path, node])
    return found


class Store:
    """Sound rows on their way into the database, beside what is there already."""

    def __init__(self, round, contest, rows, data, now):
        self.round = round
        self.contest = contest
        self.rows = rows
        self.digest = hashlib.sha256(data).hexdigest()
        self.now = now
        entrants = Entrant.objects.filter(contest=contest).exclude(external_ref="")
        self.entrants = {
            one.external_ref: one
            for one in entrants.select_related("person", "audience")
        }
        attempts = Attempt.objects.filter(round=round).defer("paper", "responses")
        self.attempts = {(one.entrant_id, one.number): one for one in attempts}

    def contradictions(self):
        """Faults of rows against each other and against what is stored."""
        audiences = {ref: one.audience for ref, one in self.entrants.items()}
        faults = []
        for row in self.rows:
            known = audiences.setdefault(row.person, row.audience)
            if known != row.audience:
                faults.append(
                    Fault(
                        _("Người này đã thi với đối tượng “%(code)s”.")
                        % {"code": known.code},
                        _("Mỗi người chỉ thuộc một đối tượng: sửa cột audience."),
                        row=row.line,
                        column="audience",
                    )
                )
            stored = self.stored(row)
            if stored and stored.origin != Attempt.Origin.IMPORTED:
                faults.append(
                    Fault(
                        _("Lượt này đã có bài làm trên cổng."),
                        _("Bỏ dòng này khỏi tệp."),
                        row=row.line,
                        column="attempt_number",
                    )
                )
        return faults

    def stored(self, row):
        entrant = self.entrants.get(row.person)
        return self.attempts.get((entrant.pk, row.number)) if entrant else None

    def write(self, report, by, approved_by):
        report.count(PEOPLE, self.write_people())
        new, changed = [], []
        for row in self.rows:
            stored = self.stored(row)
            if stored is None:
                new.append(self.attempt(row))
            elif any(getattr(stored, key) != row.values[key] for key in STORED):
                for key, value in row.values.items():
                    setattr(stored, key, value)
                changed.append(stored)
        Attempt.objects.bulk_create(new, batch_size=BATCH)
        Attempt.objects.bulk_update(changed, STORED_FIELDS, batch_size=BATCH)
        self.attempts |= {(one.entrant_id, one.number): one for one in new}
        report.count(CREATED, len(new))
        report.count(CHANGED, len(changed))
        report.count(UNCHANGED, len(self.rows) - len(new) - len(changed))
        report.count(VOIDED, self.void(by, approved_by))

    def attempt(self, row):
        return Attempt(
            entrant=self.entrants[row.person],
            round=self.round,
            audience=row.audience,
            number=row.number,
            origin=Attempt.Origin.IMPORTED,
            state=Attempt.State.SUBMITTED,
            closed_by=Attempt.ClosedBy.PERSON,
            item_count=self.item_counts[row.audience.pk],
            scored_with=1,
            **row.values,
        )

    def write_people(self):
        """Make the people that are new, tell the others' birth dates and names."""
        papers = PaperSpec.objects.filter(round=self.round)
        self.item_counts = dict(papers.values_list("audience", "item_count"))
        first = {}
        for row in sorted(self.rows, key=lambda row: row.started_at):
            first.setdefault(row.person, row)
        new = [row for ref, row in first.items() if ref not in self.entrants]
        people = [
            Person.named(row.name or row.person, birth_date=row.birth_date)
            for row in new
        ]
        Person.objects.bulk_create(people, batch_size=BATCH)
        entrants = [
            Entrant(
                contest=self.contest,
                person=person,
                audience=row.audience,
                unit_id=row.unit,
                external_ref=row.person,
                registered_at=row.registered_at or row.started_at,
            )
            for row, person in zip(new, people, strict=True)
        ]
        Entrant.objects.bulk_create(entrants, batch_size=BATCH)
        told = self.tell_people(first)
        self.entrants |= {one.external_ref: one for one in entrants}
        return len(new) + told

    def tell_people(self, first):
        """Correct what the file says otherwise of people known; return how many."""
        people, entrants = [], []
        for ref, row in first.items():
            entrant = self.entrants.get(ref)
            if entrant is None:
                continue
            person = entrant.person
            name = Person.named(row.name).full_name if row.name else person.full_name
            birth = row.birth_date or person.birth_date
            if (name, birth) != (person.full_name, person.birth_date):
                person.full_name, person.birth_date = name, birth
                person.clean()
                people.append(person)
            if row.registered_at and row.registered_at != entrant.registered_at:
                entrant.registered_at = row.registered_at
                entrants.append(entrant)
        fields = ["full_name", "birth_date", "search_name", "sort_name"]
        Person.objects.bulk_update(people, fields, batch_size=BATCH)
        Entrant.objects.bulk_update(entrants, ["registered_at"], batch_size=BATCH)
        return len({*(p.pk for p in people), *(e.person_id for e in entrants)})

    def void(self, by, approved_by):
        """Record a void for each attempt that the file calls void and has none."""
        wanted = [self.stored(row) for row in self.rows if row.is_void]
        if not wanted:
            return 0
        voids = Correction.objects.filter(contest=self.contest, kind="void")
        known = set(voids.values_list("attempt", flat=True))
        new = [attempt for attempt in wanted if attempt.pk not in known]
        if new:
            by, approved_by = by or account(CLERK), approved_by or account(ELSEWHERE)
        Correction.objects.bulk_create(
            (
                Correction(
                    contest=self.contest,
                    kind=Correction.Kind.VOID,
                    attempt=attempt,
                    reason=_("Đã huỷ trên nền tảng nơi làm bài."),
                    document=f"import_attempts {self.digest[:16]}",
                    proposed_by=by,
                    proposed_at=self.now,
                    approved_by=approved_by,
                    approved_at=self.now,
                )
                for attempt in new
            ),
            batch_size=BATCH,
        )
        return len(new)


STORED_FIELDS = ["unit", *STORED[1:]]


def account(username):
    """An account that stands for a platform: nobody can sign in with it."""
    found, _created = User.objects.get_or_create(
        username=username,
        defaults={"is_active": False, "password": make_password(None)},
    )
    return found
