"""Public verification of certificates over the API."""

import pytest

from leaderboards.models import Award
from leaderboards.services import documents
from tests.factories import NOON, make_entrant, make_person, make_round, make_user
from tests.leaderboards.published import make_award, make_published_tally

pytestmark = pytest.mark.django_db


def verify(client, serial):
    return client.get(f"/api/v1/certificates/{serial}/")


def make_certificate():
    tally = make_published_tally(round=make_round())
    entrant = make_entrant(tally.contest, person=make_person("Phạm Thị Dung"))
    award = make_award(tally, entrant)
    return documents.issue(Award.objects.filter(pk=award.pk), by=make_user(), now=NOON)[
        0
    ]


def test_a_serial_answers_with_its_award(client, django_assert_max_num_queries):
    certificate = make_certificate()

    with django_assert_max_num_queries(10):
        row = verify(client, certificate.serial.lower()).json()

    assert row["serial"] == certificate.serial
    assert (row["valid"], row["state"], row["revoked_at"]) == (True, "valid", None)
    assert row["award"]["uuid"] == str(certificate.award.uuid)
    assert row["award"]["entrant"]["name"] == "Phạm Thị Dung"
    assert row["contest"] == certificate.award.tally.contest.slug


def test_a_revoked_certificate_says_so_and_why(client):
    certificate = make_certificate()
    documents.revoke(certificate, reason="Trao nhầm", by=make_user(), now=NOON)

    row = verify(client, certificate.serial).json()

    assert (row["valid"], row["state"]) == (False, "revoked")
    assert row["revoked_reason"] == "Trao nhầm"


@pytest.mark.parametrize(
    "serial", ["0000-0000-0000-0000", "x", "%00", "%ff", "9" * 500]
)
def test_an_unknown_serial_is_not_found(client, serial):
    assert verify(client, serial).status_code == 404
