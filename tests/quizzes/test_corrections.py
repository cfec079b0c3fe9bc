import pytest

from quizzes.models import Correction
from quizzes.services.corrections import (
    AlreadyApproved,
    OtherContest,
    ReasonNeeded,
    SamePerson,
    WrongTarget,
    approve,
    propose,
)
from tests import factories as make
from tests.factories import NOON

pytestmark = pytest.mark.django_db
Kind = Correction.Kind


def propose_void(attempt, by=None, reason="Nhờ người khác làm"):
    return propose(
        attempt.entrant.contest,
        Kind.VOID,
        attempt=attempt,
        reason=reason,
        by=by or make.make_user(),
        now=NOON,
    )


def test_a_correction_is_in_force_once_another_person_approved_it():
    attempt, proposer, approver = (
        make.make_attempt(),
        make.make_user(),
        make.make_user(),
    )
    correction = propose_void(attempt, by=proposer)
    contest = correction.contest
    assert not Correction.objects.in_force(contest, NOON)

    with pytest.raises(SamePerson):
        approve(correction, by=proposer, now=NOON)
    approve(correction, by=approver, now=NOON)

    assert list(Correction.objects.in_force(contest, NOON)) == [correction]
    with pytest.raises(AlreadyApproved):
        approve(correction, by=make.make_user(), now=NOON)


def test_the_row_that_is_corrected_stays_as_it_is():
    attempt = make.make_attempt()

    approve(propose_void(attempt), by=make.make_user(), now=NOON)

    before = attempt.responses, attempt.state
    attempt.refresh_from_db()
    assert (attempt.responses, attempt.state) == before


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (Kind.VOID, {"entrant"}),
        (Kind.VOID, set()),
        (Kind.UNIT, {"entrant"}),
        (Kind.AUDIENCE, {"entrant", "unit"}),
        (Kind.EXCLUSION, {"entrant", "unit"}),
        (Kind.SAME_PERSON, {"entrant", "same_as"}),
    ],
)
def test_a_kind_without_what_it_needs_is_refused(kind, names):
    entrant = make.make_entrant(unit=make.make_unit())
    rows = {"entrant": entrant, "unit": entrant.unit, "same_as": entrant}

    with pytest.raises(WrongTarget):
        propose(
            entrant.contest,
            kind,
            reason="Biên bản",
            by=make.make_user(),
            now=NOON,
            **{name: rows[name] for name in names},
        )


def test_a_correction_needs_a_reason_and_a_row_of_its_contest():
    attempt = make.make_attempt()
    with pytest.raises(ReasonNeeded):
        propose_void(attempt, reason=" ")
    with pytest.raises(OtherContest):
        propose(
            make.make_contest(),
            Kind.VOID,
            attempt=attempt,
            reason="Biên bản",
            by=make.make_user(),
            now=NOON,
        )

    assert not Correction.objects.exists()
