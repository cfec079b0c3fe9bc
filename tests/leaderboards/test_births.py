"""An age may decide a place; the birth date that decided it leaves the inputs never."""

import json
import re
from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Person
from leaderboards import wording
from leaderboards.models import Award, Standing
from leaderboards.services import tallies, tally_files
from leaderboards.services.tally_export import export
from tests.leaderboards.tallied import (
    LATER,
    make_closed_round,
    published,
    take_part,
)

pytestmark = pytest.mark.django_db
PRIZE = {"code": "nhat", "title": "Giải Nhất", "count": 1, "value": 800_000}
BY_AGE = {
    "criteria": [{"code": "score"}, {"code": "age"}, {"code": "submitted_at"}],
    "prizes": [PRIZE],
    "special": [
        {
            **PRIZE,
            "code": "tre",
            "title": "Giải Trẻ tuổi nhất",
            "criteria": [{"code": "age"}],
        }
    ],
}
BIRTHS = {"an": date(1987, 3, 21), "binh": date(1994, 11, 30), "chi": date(1994, 12, 1)}


def make_tally_by_age():
    round = make_closed_round(rule=BY_AGE)
    for name, birth in BIRTHS.items():
        attempt = take_part(round, name)
        Person.objects.filter(entrants=attempt.entrant).update(birth_date=birth)
    return published(tallies.compute(round.contest, round, now=LATER))


def births_in(text):
    """
    What in ``text`` tells a birth: a date in any usual form, or a year by itself.

    Four digits inside a hash or an uuid are there by chance and tell nothing.
    """
    years = re.findall(r"(?<![\w-])(?:1987|1994)(?![\w-])", text)
    forms = ("%Y%m%d", "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y")
    dates = [birth.strftime(form) for birth in BIRTHS.values() for form in forms]
    dates += [f"{birth.day}/{birth.month}/{birth.year}" for birth in BIRTHS.values()]
    return years + [date for date in dates if date in text]


def test_no_row_file_or_sentence_of_a_tally_holds_a_birth_date():
    tally = make_tally_by_age()

    rows = [[row.facts, row.reason] for row in Standing.objects.filter(tally=tally)]
    reasons = [award.reasons for award in Award.objects.filter(tally=tally)]
    sentences = [wording.explanation(award) for award in Award.objects.all()]
    sentences += wording.near_misses(tally)
    contexts = wording.Contexts(tally)
    sentences += [wording.standing(row, contexts) for row in Standing.objects.all()]
    told = json.dumps([rows, reasons, sentences, tally.summary, export(tally)])

    assert births_in(told) == []
    assert "criterion" in told
    assert tally_files.load(tally.inputs_hash)["entrants"]["rows"][0][3] in (
        19870321,
        19941130,
        19941201,
    )


def test_no_page_and_no_answer_of_the_api_holds_a_birth_date(client):
    tally = make_tally_by_age()
    slug, round = tally.contest.slug, tally.round
    awards = list(Award.objects.all())
    addresses = [reverse(name, args=[slug]) for name in ("standings", "awards")]
    addresses += [reverse("award", args=[award.uuid]) for award in awards]
    addresses += [f"/api/v1/awards/{award.uuid}/explanation/" for award in awards]
    addresses += [f"/api/v1/rounds/{round.uuid}/standings/"]
    addresses += [f"/api/v1/contests/{slug}/awards/"]

    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        assert births_in(answer.content.decode()) == []
    assert len(awards) == 2


def test_an_age_decides_and_the_sentence_says_so():
    make_tally_by_age()

    told = wording.explanation(Award.objects.get(prize="nhat"))[-1]

    assert "bằng điểm 15/15; tuổi quyết định, không công bố ngày sinh." in told
