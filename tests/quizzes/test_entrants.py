from datetime import date

import pytest

from contest.lib.models import AuditEvent
from quizzes.models import Entrant, Role
from quizzes.services.entrants import (
    AlreadyTakingPart,
    EntryClosed,
    ForeignAudience,
    NotEligible,
    join,
)
from tests import factories as make
from tests.factories import CLOSES, NOON

pytestmark = pytest.mark.django_db


def enter(audience, person=None, unit=None, now=NOON):
    person = person or make.make_person()
    return join(audience.contest, person, audience=audience, unit=unit, now=now)


def test_joining_makes_one_entry_and_again_is_the_same():
    audience, person, unit = (
        make.make_audience(),
        make.make_person(),
        make.make_unit(),
    )

    first, is_new = enter(audience, person, unit)
    again, is_new_again = enter(audience, person, unit)

    assert (is_new, is_new_again) == (True, False)
    assert first == again == Entrant.objects.get()
    assert (first.unit, first.registered_at) == (unit, NOON)


def test_unit_and_audience_follow_the_person_until_the_first_attempt():
    audience, person = make.make_audience(), make.make_person()
    other = make.make_audience(audience.contest, "cong-dan")
    old, new = make.make_unit(), make.make_unit()
    enter(audience, person, old)

    entrant, is_new = enter(other, person, new)

    assert not is_new
    assert (entrant.audience, entrant.unit) == (other, new)
    assert AuditEvent.objects.get().action == "entrants.join"
    round = make.make_round(audience.contest)
    make.make_attempt(entrant, round)
    with pytest.raises(AlreadyTakingPart):
        enter(audience, person, old)
    entrant.refresh_from_db()
    assert entrant.unit == new


@pytest.mark.parametrize(
    ("audience", "person", "unit", "codes"),
    [
        ({}, {}, None, ["unit_needed"]),
        ({"unit_kind": "commune"}, {}, {}, ["commune_needed"]),
        ({"unit_kind": "commune"}, {}, {"is_commune": True}, []),
        ({}, {}, {"valid_until": date(2025, 10, 1)}, ["unit_ended"]),
        ({}, {}, {"valid_until": date(2025, 10, 2)}, []),
        ({"unit_kind": "none", "counts_for_unit": False}, {}, None, []),
        ({"min_age": 18}, {}, {}, ["birth_date_needed"]),
        ({"min_age": 18}, {"birth_date": date(2007, 9, 29)}, {}, []),
        ({"min_age": 18}, {"birth_date": date(2007, 9, 30)}, {}, ["too_young"]),
        (
            {"min_age": 18, "age_on": date(2025, 12, 31)},
            {"birth_date": date(2007, 12, 31)},
            {},
            [],
        ),
    ],
)
def test_every_reason_against_an_entry_is_said(audience, person, unit, codes):
    """The first round opens on 29 September 2025, the city's date."""
    audience = make.make_audience(**audience)
    make.make_round(audience.contest)
    person = make.make_person(**person)
    unit = unit if unit is None else make.make_unit(**unit)

    if not codes:
        assert enter(audience, person, unit)[1]
        return
    with pytest.raises(NotEligible) as caught:
        enter(audience, person, unit)

    assert caught.value.reasons == codes
    assert str(caught.value)
    assert "%" not in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "enters"), [("organiser", False), ("author", False), ("leader", True)]
)
def test_who_prepares_the_contest_takes_no_part(kind, enters):
    audience, person = make.make_audience(), make.make_person()
    make.make_role(audience.contest, Role.Kind(kind), user=person.user)

    if enters:
        assert enter(audience, person, make.make_unit())[1]
    else:
        with pytest.raises(NotEligible) as caught:
            enter(audience, person, make.make_unit())
        assert caught.value.reasons == ["person_excluded"]


def test_entry_ends_with_the_last_round_and_does_not_begin_in_a_draft():
    audience = make.make_audience()
    make.make_round(audience.contest)
    with pytest.raises(EntryClosed):
        enter(audience, unit=make.make_unit(), now=CLOSES)

    audience.contest.state = "draft"
    with pytest.raises(EntryClosed):
        enter(audience, unit=make.make_unit())


def test_an_audience_of_another_contest_is_refused():
    audience = make.make_audience()

    with pytest.raises(ForeignAudience):
        join(
            make.make_contest(),
            make.make_person(),
            audience=audience,
            unit=make.make_unit(),
            now=NOON,
        )
