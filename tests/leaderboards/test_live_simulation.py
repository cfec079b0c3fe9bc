"""People who take part over HTTP: what they handed in is in the database."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from leaderboards import live_simulation
from quizzes.models import Attempt, Contest
from quizzes.services.pools import lock_round
from tests.factories import (
    make_audience,
    make_bloc,
    make_contest,
    make_contest_unit,
    make_paper,
    make_round,
    make_unit,
    make_user,
)

DAY = timedelta(days=1)


def make_open_contest():
    now = datetime.now(UTC)
    contest = make_contest()
    bloc = make_bloc(contest)
    make_contest_unit(bloc, make_unit("so"), people=20)
    make_contest_unit(bloc, make_unit("xa", is_commune=True), people=20)
    make_audience(contest, "can-bo")
    make_audience(contest, "cong-dan", unit_kind="commune", counts_for_unit=False)
    round = make_round(contest, opens_at=now - DAY, closes_at=now + DAY)
    for audience in contest.audiences.all():
        make_paper(round, audience, items=6)
    lock_round(round, by=make_user(), approved_by=make_user(), now=now - 2 * DAY)
    return contest


@pytest.mark.django_db(transaction=True)
def test_everybody_hands_in_what_was_acknowledged(live_server):
    contest = make_open_contest()
    lines = []

    outcome = live_simulation.run(
        live_server.url, contest.slug, people=4, minutes=0.05, progress=lines.append
    )

    assert outcome.faults == []
    assert (outcome.submitted, outcome.saves) == (4, 20)
    assert lines == ["4 / 4"]
    attempts = Attempt.objects.filter(round__contest=contest)
    assert attempts.submitted().count() == 4
    assert all(len(attempt.responses) == 6 for attempt in attempts)
    names = {str(attempt.entrant.person) for attempt in attempts}
    assert not any(name.startswith("mo-phong") for name in names)


@pytest.mark.django_db(transaction=True)
def test_without_an_open_round_there_is_one_clear_line(live_server):
    contest = make_contest()

    with pytest.raises(CommandError, match=contest.slug):
        call_command("simulate", contest.slug, "--live", url=live_server.url)

    assert Contest.objects.count() == 1


@pytest.mark.django_db
def test_a_portal_that_does_not_answer_is_named():
    with pytest.raises(live_simulation.NotReachable, match=r"127\.0\.0\.1:9"):
        live_simulation.run(
            "http://127.0.0.1:9", "x", people=1, minutes=0.01, progress=print
        )


@pytest.mark.django_db
def test_the_command_names_a_contest_that_is_not_there():
    with pytest.raises(CommandError, match="khong-co"):
        call_command("simulate", "khong-co")


@pytest.mark.django_db(transaction=True)
def test_a_contest_that_the_portal_does_not_have_is_named(live_server):
    with pytest.raises(CommandError, match="khong-co"):
        call_command("simulate", "khong-co", "--live", url=live_server.url)
