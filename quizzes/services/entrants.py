"""
Enter a contest: audience, unit, and every reason against it at once.

Joining again changes nothing. Unit and audience follow the person's word until the
first attempt; afterwards only a correction, with a reason and a second person, moves
what a tally reads.
"""

from django.db import IntegrityError, transaction
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _

from contest.lib import audit
from contest.lib.refusals import Refused
from quizzes.models import Attempt, Audience, Contest, Entrant, Role
from quizzes.rules.eligibility import Candidate, Requirements, reasons_against

# Those who prepare or check a contest take no part in it.
EXCLUDED_ROLES = (
    Role.Kind.ORGANISER,
    Role.Kind.PUBLISHER,
    Role.Kind.AUDITOR,
    Role.Kind.AUTHOR,
    Role.Kind.REVIEWER,
)

SENTENCES = {
    "too_young": _("Bạn chưa đủ %(age)s tuổi."),
    "too_old": _("Bạn đã quá %(age)s tuổi."),
    "birth_date_needed": _("Cần khai ngày sinh vì hội thi có quy định về tuổi."),
    "unit_needed": _("Cần chọn đơn vị hoặc xã, phường nơi ở."),
    "not_on_roster": _("Bạn không có tên trong danh sách của đơn vị."),
    "person_excluded": _("Người tham gia tổ chức hội thi không được dự thi."),
    "unit_excluded": _("Đơn vị của bạn không dự hội thi này."),
    "unit_ended": _("Đơn vị đã chọn không còn hoạt động."),
    "commune_needed": _("Cần chọn xã, phường nơi ở."),
}


class NotEligible(Refused):
    """``reasons`` are codes, ``sentence`` says all of them."""

    code = "not_eligible"
    sentence = _("%(why)s")

    def __init__(self, reasons):
        self.reasons = [reason.code for reason in reasons]
        super().__init__(why=Sentences(reasons))


class Sentences:
    """The sentences of reasons one after another, in the reader's language."""

    def __init__(self, reasons):
        self.reasons = reasons

    def __str__(self):
        return " ".join(
            str(SENTENCES[reason.code]) % reason.params for reason in self.reasons
        )


class EntryClosed(Refused):
    code = "entry_closed"
    sentence = _("Hội thi không nhận đăng ký lúc này.")


class AlreadyTakingPart(Refused):
    code = "already_taking_part"
    sentence = _(
        "Bạn đã dự thi với đối tượng và đơn vị đã chọn. "
        "Muốn sửa, vui lòng liên hệ ban tổ chức."
    )


class ForeignAudience(Refused):
    code = "unknown_audience"
    sentence = _("Đối tượng dự thi không thuộc hội thi này.")


def join(contest, person, *, audience, unit, now):
    """
    Enter ``person``; return ``(entrant, whether it is a new entry)``.

    A second call with the same audience and unit returns the entry; with others it
    changes them as long as no attempt exists. Raise ``EntryClosed``, ``NotEligible``
    (with all reasons), ``AlreadyTakingPart``, ``ForeignAudience``.
    """
    if audience.contest_id != contest.pk:
        raise ForeignAudience
    if audience.unit_kind == Audience.UnitKind.NONE:
        unit = None
    entered = Entrant.objects.filter(contest=contest, person=person).first()
    if entered is not None and _is_same(entered, audience, unit):
        return entered, False
    _check_entry_is_open(contest, now)
    reasons = reasons_to_refuse(contest, person, audience, unit, now)
    if reasons:
        raise NotEligible(reasons)
    try:
        with transaction.atomic():
            return Entrant.objects.create(
                contest=contest,
                person=person,
                audience=audience,
                unit=unit,
                registered_at=now,
            ), True
    except IntegrityError:
        return _enter_again(contest, person, audience, unit, now), False


def reasons_to_refuse(contest, person, audience, unit, now):
    """Return every reason (``rules.eligibility.Reason``) against this entry."""
    today = now.astimezone(get_default_timezone()).date()
    candidate = Candidate(
        birth_date=person.birth_date,
        has_unit=unit is not None,
        is_commune=unit is not None and unit.is_commune,
        is_unit_ended=unit is not None and _is_ended(unit, today),
        is_excluded=_is_organising(contest, person),
    )
    return reasons_against(candidate, _requirements(contest, audience, today))


def _requirements(contest, audience, today):
    """A roster is announced but not required yet: units have not declared theirs."""
    first = contest.rounds.order_by("opens_at").first()
    opens_on = first and first.opens_at.astimezone(get_default_timezone()).date()
    return Requirements(
        min_age=audience.min_age,
        max_age=audience.max_age,
        age_on=audience.age_on or opens_on or today,
        unit_required=audience.unit_kind != Audience.UnitKind.NONE,
        commune_required=audience.unit_kind == Audience.UnitKind.COMMUNE,
    )


def _check_entry_is_open(contest, now):
    is_over = contest.rounds.exists() and not (
        contest.rounds.filter(closes_at__gt=now).exists()
    )
    if contest.state != Contest.State.PUBLIC or is_over:
        raise EntryClosed


def _is_ended(unit, today):
    return unit.valid_until is not None and unit.valid_until <= today


def _is_organising(contest, person):
    return (
        person.user_id is not None
        and Role.objects.filter(
            contest=contest, user=person.user_id, kind__in=EXCLUDED_ROLES
        ).exists()
    )


def _is_same(entrant, audience, unit):
    unit_id = None if unit is None else unit.pk
    return (entrant.audience_id, entrant.unit_id) == (audience.pk, unit_id)


@transaction.atomic
def _enter_again(contest, person, audience, unit, now):
    """Return the entry, changed if it differs and nothing was attempted yet."""
    entrant = Entrant.objects.select_for_update().get(contest=contest, person=person)
    if _is_same(entrant, audience, unit):
        return entrant
    if Attempt.objects.filter(entrant=entrant).exists():
        raise AlreadyTakingPart
    before = {"audience": entrant.audience_id, "unit": entrant.unit_id}
    entrant.audience, entrant.unit = audience, unit
    entrant.save(update_fields=["audience", "unit"])
    after = {"audience": audience.pk, "unit": entrant.unit_id}
    audit.record("entrants.join", entrant, now=now, before=before, after=after)
    return entrant
