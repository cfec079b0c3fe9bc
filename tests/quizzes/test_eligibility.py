from datetime import date

import pytest

from quizzes.rules.eligibility import (
    Candidate,
    Reason,
    Requirements,
    age_on,
    reasons_against,
)

DAY = date(2025, 9, 29)
ADULTS = Requirements(min_age=18, age_on=DAY)
STRICT = Requirements(18, 60, DAY, unit_required=True, roster_required=True)
RESIDENTS = Requirements(unit_required=True, commune_required=True)


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(2007, 9, 29), DAY, 18),
        (date(2007, 9, 30), DAY, 17),
        (date(2004, 2, 29), date(2022, 2, 28), 17),
        (date(2004, 2, 29), date(2022, 3, 1), 18),
    ],
)
def test_an_age_is_reached_on_the_birthday(birth, day, age):
    assert age_on(birth, day) == age


@pytest.mark.parametrize(
    ("candidate", "asked", "reasons"),
    [
        (Candidate(), Requirements(), []),
        (Candidate(birth_date=date(2007, 9, 29)), ADULTS, []),
        (
            Candidate(birth_date=date(2007, 9, 30)),
            ADULTS,
            [Reason("too_young", {"age": 18})],
        ),
        (Candidate(), ADULTS, [Reason("birth_date_needed")]),
        (
            Candidate(birth_date=date(1964, 9, 29), has_unit=True, is_on_roster=True),
            STRICT,
            [Reason("too_old", {"age": 60})],
        ),
        (
            Candidate(birth_date=date(1990, 1, 1)),
            STRICT,
            [Reason("unit_needed"), Reason("not_on_roster")],
        ),
        (Candidate(has_unit=True, is_commune=True), RESIDENTS, []),
        (
            Candidate(has_unit=True, is_unit_ended=True),
            RESIDENTS,
            [Reason("unit_ended"), Reason("commune_needed")],
        ),
        (
            Candidate(is_excluded=True, is_unit_excluded=True),
            Requirements(),
            [Reason("person_excluded"), Reason("unit_excluded")],
        ),
    ],
)
def test_every_reason_against_entering_is_given(candidate, asked, reasons):
    assert reasons_against(candidate, asked) == reasons
