import json

import pytest

from accounts.models import Consent
from accounts.services import consents, privacy
from tests.factories import NOON, make_attempt, make_entrant, make_person, make_user

pytestmark = pytest.mark.django_db


def sections_of(person):
    return {section.code: rows for section, rows in privacy.data_of(person)}


def test_my_data_holds_what_every_app_keeps_of_the_person():
    person = make_person("Trần Thị Thử")
    entrant = make_entrant(person=person)
    make_attempt(entrant, responses={"1": ["b"]}, prediction=12)
    consents.give(person, [Consent.Purpose.TAKE_PART], now=NOON)

    found = sections_of(person)

    assert found["account"][0]["full_name"] == "Trần Thị Thử"
    assert found["consents"][0]["withdrawn_at"] is None
    assert found["entries"][0]["contest"] == entrant.contest.title
    assert found["attempts"][0]["responses"] == {"1": ["b"]}
    assert found["rosters"] == []


def test_my_data_holds_nothing_of_another_person():
    make_attempt(make_entrant(person=make_person("Người Khác")))

    found = sections_of(make_person("Người Hỏi"))

    assert found["attempts"] == found["entries"] == []


def test_my_data_is_a_document_to_keep():
    document = privacy.document_of(make_person(), now=NOON)

    assert json.loads(json.dumps(document, default=str))["made_at"] == NOON.isoformat()


def test_my_data_shows_no_score():
    person = make_person()
    make_attempt(make_entrant(person=person))

    assert "score" not in sections_of(person)["attempts"][0]


def test_a_made_up_user_name_is_not_told_as_the_persons_own():
    named = make_user("khanh.an")
    numbered = make_user("p0123456789abcdef", phone="+84912345678")

    accounts = [
        sections_of(make_person(user=user))["account"][0] for user in (named, numbered)
    ]

    assert [account["username"] for account in accounts] == ["khanh.an", None]


def test_two_handlers_for_one_section_are_a_mistake():
    with pytest.raises(ValueError, match="account"):
        privacy.register("account", "", lambda person: [])
