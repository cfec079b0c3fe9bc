"""Certificates from issue to revocation."""

import pytest

from contest.lib.models import AuditEvent
from leaderboards.models import Award, Certificate
from leaderboards.services import documents
from leaderboards.services.documents import (
    AlreadyRevoked,
    CertificateState,
    NotPublished,
    ReasonNeeded,
)
from quizzes.models import Contest
from tests.factories import NOON, make_contest, make_tally, make_user
from tests.leaderboards.published import make_award, make_published_tally, publish

pytestmark = pytest.mark.django_db


def issue(**lookup):
    return documents.issue(Award.objects.filter(**lookup), by=make_user(), now=NOON)


def make_certificate(award=None):
    award = award or make_award()
    return issue(pk=award.pk)[0]


def test_every_published_award_gets_one_certificate():
    tally = make_published_tally()
    make_award(tally)
    make_award(tally)

    new = issue(tally=tally)

    assert len({certificate.serial for certificate in new}) == 2
    assert issue(tally=tally) == []
    assert Certificate.objects.count() == 2
    assert AuditEvent.objects.filter(action="documents.issue").count() == 2


def test_nothing_is_issued_when_one_award_is_not_published():
    contest = make_contest()
    make_award(make_published_tally(contest))
    make_award(make_tally(contest, number=2))

    with pytest.raises(NotPublished):
        issue(tally__contest=contest)

    assert not Certificate.objects.exists()


def test_a_serial_verifies_its_award_as_typed():
    certificate = make_certificate()

    found = documents.verify(certificate.serial.lower().replace("-", " "))

    assert found.award == certificate.award
    assert found.is_valid


def test_a_revoked_certificate_answers_with_its_state():
    certificate = make_certificate()

    documents.revoke(certificate, reason="Trao nhầm", by=make_user(), now=NOON)

    found = documents.verify(certificate.serial)
    assert found.state == CertificateState.REVOKED
    assert found.certificate.revoked_reason == "Trao nhầm"
    assert not found.is_valid


def test_revoking_needs_a_reason_and_happens_once():
    certificate = make_certificate()

    with pytest.raises(ReasonNeeded):
        documents.revoke(certificate, reason=" ", by=make_user(), now=NOON)
    documents.revoke(certificate, reason="Trao nhầm", by=make_user(), now=NOON)
    with pytest.raises(AlreadyRevoked):
        documents.revoke(certificate, reason="Lần nữa", by=make_user(), now=NOON)


def test_a_certificate_of_an_award_that_was_replaced_is_superseded():
    contest = make_contest()
    tally = make_published_tally(contest)
    certificate = make_certificate(make_award(tally))

    tally.publication.delete()
    publish(make_tally(contest, number=2))

    found = documents.verify(certificate.serial)
    assert found.state == CertificateState.SUPERSEDED


@pytest.mark.parametrize("text", ["", "\0", "0000-0000-0000-0000", "khong-co"])
def test_what_is_no_serial_verifies_nothing(text):
    assert documents.verify(text) is None


def test_a_hidden_contest_verifies_nothing():
    certificate = make_certificate()
    Contest.objects.update(state=Contest.State.DRAFT)

    assert documents.verify(certificate.serial) is None
