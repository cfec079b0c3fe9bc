"""
One attempt from its saves to its end: each change is one guarded statement on its row.

Saving, submitting and sealing meet on the row's lock, so what was acknowledged is in
the row that is scored, whoever comes first. Nothing here reads a key, a session or
the bank.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.db.models import F
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _

from contest.lib.moments import from_ms, to_ms
from contest.lib.refusals import Refused
from quizzes.models import Attempt, Entrant
from quizzes.rules import drawing, timing
from quizzes.services.admission import admit, items_met
from quizzes.services.allowances import hold_round, limits_of
from quizzes.services.bulk import update_rows
from quizzes.services.claims import Claim
from quizzes.services.receipts import receipt_of

# Submitting compares what it read with what it writes; only an allowance granted in
# between, or a save of the same sitting, makes it read again.
TRIES = 5
# What a start reads of the entrant's attempts so far.
PAST = ("round", "state", "day", "number", "pool", "paper")
# What closing an attempt and answering for it read of its row.
HELD = ("uuid", "entrant", "state", "sitting", "seq", "responses", "prediction")
HELD += ("paper", "item_count", "started_at", "deadline", "accepts_until")
HELD += ("saved_at", "submitted_at", "paused_ms")


class Conflict(Refused):
    """A write that came too late or from the wrong place; ``held`` is the row's own."""

    def __init__(self, held):
        super().__init__()
        self.held = held


class Stale(Conflict):
    code = "stale"
    sentence = _("Hệ thống đã có bản lưu mới hơn bản này.")


class Moved(Conflict):
    code = "moved"
    sentence = _(
        "Bài thi đang được làm tiếp trên một thiết bị hoặc cửa sổ khác. "
        "Bấm “Làm tiếp ở đây” nếu muốn chuyển về thiết bị này."
    )


class Closed(Conflict):
    code = "closed"
    sentence = _("Bài thi đã nộp. Câu trả lời đã lưu trước đó được giữ nguyên.")


class Late(Conflict):
    code = "late"
    sentence = _(
        "Đã hết giờ làm bài. Hệ thống tính những câu trả lời đã lưu trước khi hết giờ."
    )


@dataclass(frozen=True)
class Started:
    """An open attempt of the caller's newest sitting; whether it is a new one."""

    attempt: Attempt
    is_new: bool


@dataclass(frozen=True)
class Saved:
    """The acknowledgement of a save."""

    seq: int
    saved_at: datetime
    deadline: datetime


@transaction.atomic
def start(entrant, round, now):
    """
    Start an attempt, or resume the open one under a new sitting; return ``Started``.

    Takes the entrant's row: of two starts at once the second resumes what the first
    began, and nobody starts beyond a limit. Raise ``LimitReached``, ``NotOpen``,
    ``NotEligible``, ``BeingSealed`` (see ``admission``), or ``Entrant.DoesNotExist``
    for a round of another contest.
    """
    entrant = Entrant.objects.select_for_update(no_key=True).get(
        pk=entrant.pk, contest=round.contest_id
    )
    history = list(Attempt.objects.filter(entrant=entrant).only(*PAST).order_by("pk"))
    for attempt in history:
        if attempt.round_id == round.pk and _resume(attempt, now):
            return Started(Attempt.objects.get(pk=attempt.pk), is_new=False)
    hold_round(round)
    admission = admit(entrant, round, history, now)
    attempt = _begin(entrant, round, history, admission, now)
    return Started(attempt, is_new=True)


def save(claim, *, seq, responses, prediction, now):
    """
    Store the whole response map and return a ``Saved``.

    The guard and the write are one statement, so sealing the attempt at the same time
    either sees these responses or refuses them. A repeat of the stored save is
    acknowledged again with the moment it was stored. Raise ``Stale``, ``Moved``,
    ``Closed`` or ``Late``, each with what the server holds, and
    ``Attempt.DoesNotExist``.
    """
    deadline = _store(claim, seq, responses, prediction, now)
    if deadline is not None:
        return Saved(seq, now, deadline)
    held = _held(claim)
    if _is_repeat(held, seq, responses, prediction):
        return Saved(seq, held.saved_at, held.deadline)
    raise _refusal(held, claim, now)(held)


def submit(claim, *, last=None, now):
    """
    Close the attempt, with a last save (``rules.shape.Save``) or as it stands.

    Idempotent: a closed attempt answers with the receipt of what it holds, whatever
    comes with the request. Raise like ``save``.
    """
    for _try in range(TRIES):
        held = _held(claim)
        if held.state == Attempt.State.SUBMITTED:
            return receipt_of(held)
        _check_submit(held, claim, last, now)
        if _close(held, last, now):
            return receipt_of(held)
    raise Stale(held)


def seal_overdue(limit, now):
    """
    Close up to ``limit`` attempts whose time is over; return how many were closed.

    An attempt is taken 30 s after it stopped accepting, when no request that arrived
    in time can still be running. Sealers may meet: rows that another has taken are
    passed over, and the guard lets each row be closed once.
    """
    before = now - timedelta(milliseconds=timing.LONGEST_REQUEST)
    with transaction.atomic():
        overdue = Attempt.objects.overdue(before).order_by("accepts_until")
        overdue = overdue.only("started_at", "deadline", "paused_ms")
        overdue = overdue.select_for_update(
            skip_locked=connection.features.has_select_for_update_skip_locked
        )
        return seal(overdue[:limit], now)


def seal(attempts, now):
    """Close these overdue attempts at their deadline, in one statement."""
    rows = [(a.pk, *_ending(a, now), "submitted", "time") for a in attempts]
    columns = ("submitted_at", "duration_ms", "state", "closed_by")
    guard = "t.state = 'open' AND t.deadline = v.submitted_at"
    return update_rows(Attempt, columns, rows, guard=guard)


def claim_of(attempt):
    """Return the claim of an attempt's newest sitting."""
    return Claim(attempt.uuid, attempt.entrant_id, attempt.sitting)


def _resume(attempt, now):
    """
    Take an open attempt over under a new sitting; whether it still was open.

    The row is to be read after the write: what an older sitting saved last is in it,
    and nothing of that sitting can follow. Not taken, it may have been submitted a
    moment ago.
    """
    if attempt.state != Attempt.State.OPEN:
        return False
    accepting = Attempt.objects.open().filter(pk=attempt.pk, accepts_until__gt=now)
    taken = accepting.update(sitting=F("sitting") + 1)
    if not taken:
        attempt.refresh_from_db(fields=["state"])
    return bool(taken)


def _begin(entrant, round, history, admission, now):
    seed = drawing.make_seed(secrets.token_hex(16))
    paper = drawing.draw(admission.sealed, seed=seed, seen=items_met(history))
    limits = limits_of(now, round, admission.sealed, admission.granted)
    numbers = [a.number for a in history if a.round_id == round.pk]
    return Attempt.objects.create(
        entrant=entrant,
        round=round,
        audience_id=entrant.audience_id,
        unit_id=entrant.unit_id,
        pool=admission.pool,
        number=max(numbers, default=0) + 1,
        day=now.astimezone(get_default_timezone()).date(),
        seed=seed,
        paper=paper,
        item_count=len(paper),
        started_at=now,
        deadline=from_ms(limits.deadline),
        accepts_until=from_ms(limits.accepts_until),
    )


def _store(claim, seq, responses, prediction, now):
    """Run the one statement of the hot path; return the row's deadline, or None."""
    sql = SAVE + (" AND sitting = %s" if claim.sitting is not None else "") + RETURNING
    params = [
        _db("responses", responses),
        prediction,
        seq,
        _db("saved_at", now),
        _db("uuid", claim.attempt),
        claim.entrant,
        seq,
        _db("accepts_until", now),
    ]
    if claim.sitting is not None:
        params.append(claim.sitting)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    return _moment(rows[0][0]) if rows else None


SAVE = (
    "UPDATE quizzes_attempt SET responses = %s, prediction = %s, seq = %s, "
    "saved_at = %s WHERE uuid = %s AND entrant_id = %s AND state = 'open' "
    "AND seq < %s AND accepts_until > %s"
)
RETURNING = " RETURNING deadline"


def _db(column, value):
    return Attempt._meta.get_field(column).get_db_prep_save(value, connection)


def _moment(value):
    """The driver's moment as an aware one: SQLite gives text, in UTC."""
    moment = Attempt._meta.get_field("deadline").to_python(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _held(claim):
    """Read the claimed row, or raise ``Attempt.DoesNotExist``."""
    held = Attempt.objects.made_here().only(*HELD)
    return held.get(uuid=claim.attempt, entrant=claim.entrant)


def _is_repeat(held, seq, responses, prediction):
    stored = (held.seq, held.responses, held.prediction)
    return held.saved_at is not None and stored == (seq, responses, prediction)


def _refusal(held, claim, now):
    """Say why this row takes nothing from this claim at ``now``."""
    if held.state == Attempt.State.SUBMITTED:
        return Closed
    if claim.sitting not in (None, held.sitting):
        return Moved
    if not timing.accepts(to_ms(now), to_ms(held.accepts_until)):
        return Late
    return Stale


def _check_submit(held, claim, last, now):
    """Raise unless the row, its last save included, may be closed by this claim."""
    refusal = _refusal(held, claim, now)
    if refusal is not Stale:
        raise refusal(held)
    if last is None or last.seq > held.seq:
        return
    if not _is_repeat(held, last.seq, last.responses, last.prediction):
        raise Stale(held)


def _close(held, last, now):
    """
    Close the row if it still is as it was read; fill ``held`` with what it became.

    The values read are the guard: a save, a resume or an allowance in between leaves
    nothing updated, and the caller reads again.
    """
    submitted_at, duration_ms = _ending(held, now)
    values = {
        "state": Attempt.State.SUBMITTED,
        "closed_by": Attempt.ClosedBy.PERSON,
        "submitted_at": submitted_at,
        "duration_ms": duration_ms,
    }
    if last is not None and last.seq > held.seq:
        values |= vars(last) | {"saved_at": now}
    unchanged = Attempt.objects.open().filter(
        pk=held.pk,
        sitting=held.sitting,
        seq=held.seq,
        deadline=held.deadline,
        paused_ms=held.paused_ms,
    )
    if not unchanged.update(**values):
        return False
    for name, value in values.items():
        setattr(held, name, value)
    return True


def _ending(attempt, now):
    """Return when the attempt ends if it is closed at ``now``, and how long it took."""
    submitted_at = min(now, attempt.deadline)
    duration_ms = timing.duration_ms(
        to_ms(attempt.started_at), to_ms(submitted_at), attempt.paused_ms
    )
    return submitted_at, duration_ms
