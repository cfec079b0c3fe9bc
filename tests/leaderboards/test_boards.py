"""Which lists of people a page offers."""

from datetime import timedelta

import pytest
from django.urls import reverse

from leaderboards.models import Publication
from leaderboards.services import boards, tallies
from tests.factories import make_contest, make_ranking, make_user
from tests.leaderboards.tallied import HUE, LATER, make_closed_round, take_part

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("group_by", "groups"),
    [
        ("audience", [("2/can-bo", "Tuần 2, can-bo"), ("1/can-bo", "Tuần 1, can-bo")]),
        ("all", [("2/", "Tuần 2"), ("1/", "Tuần 1")]),
    ],
)
def test_a_contests_lists_by_round_are_offered_and_shown(client, group_by, groups):
    contest = make_contest(state="public")
    rule = {**HUE, "each_round": True, "group_by": group_by}
    make_ranking(contest, "tung-vong", scope="contest", rule=rule)
    for number in (1, 2):
        round = make_closed_round(contest, number=number)
        take_part(round, f"nguoi-{number}")
        tallies.compute(contest, round, now=LATER + timedelta(days=7))
    tally = tallies.compute(contest, now=LATER + timedelta(days=7))
    Publication.objects.create(
        contest=contest,
        tally=tally,
        published_at=LATER,
        published_by=make_user(),
        approved_by=make_user(),
    )

    offered = boards.groups_of(contest, tally, contest.rankings.get())
    page = client.get(reverse("standings", args=[contest.slug])).content.decode()

    assert offered == groups
    assert page.count('<th scope="row"') == 1
