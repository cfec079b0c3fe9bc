"""The demo as it is loaded: two editions, one finished, one under way."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import transaction

from accounts.models import User
from leaderboards.models import Award, Publication
from leaderboards.services import demo
from leaderboards.services.demo_people import INVENTED, PARTICIPANTS, PASS_PHRASE
from leaderboards.services.verification.verify import verify
from quizzes.models import Attempt, Contest, Entrant, ItemVersion, Round

# A Wednesday afternoon in Huế.
NOW = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
SCALE = Decimal("0.001")
PAST, CURRENT = "hoi-thi-cchc-hue-2025", "hoi-thi-cchc-hue-2026"
FIRSTS = {
    "so-ban-nganh": "thanh-tra",
    "don-vi-su-nghiep": "bqlda-nn-ptnt",
    "xa-phuong": "xa-nam-dong",
}


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The lines that loading printed; the data are there for all tests of the file."""
    lines = []
    with django_db_blocker.unblock(), transaction.atomic():
        demo.load(scale=SCALE, now=NOW, progress=lines.append)
        yield lines
        transaction.set_rollback(True)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def states(slug):
    rounds = Round.objects.filter(contest__slug=slug).order_by("number")
    return [round.state(NOW) for round in rounds]


def test_the_past_is_published_and_this_year_is_under_way():
    assert states(PAST) == ["published"] * 4
    assert states(CURRENT) == ["published", "open", "upcoming", "upcoming"]
    assert Contest.objects.get(slug=PAST).results_at < NOW
    assert Contest.objects.get(slug=CURRENT).results_at is None


def test_results_came_in_their_order_and_none_in_the_future():
    moments = list(
        Publication.objects.filter(contest__slug=PAST)
        .order_by("published_at")
        .values_list("round__number", flat=True)
    )

    assert moments == [1, 2, 3, 4, None]
    assert not Publication.objects.filter(published_at__gt=NOW).exists()
    assert not Attempt.objects.filter(submitted_at__gt=NOW).exists()


def test_seventeen_units_are_honoured_and_the_firsts_are_the_real_ones():
    awards = Award.objects.filter(contest_unit__contest__slug=PAST)

    assert awards.count() == 17
    assert awards.filter(prize="nhat").count() == 3
    for bloc, code in FIRSTS.items():
        first = awards.get(prize="nhat", bloc__code=bloc)
        assert first.contest_unit.unit.code == code


def test_each_published_round_has_its_six_awards():
    for round in Round.objects.filter(results_at__isnull=False):
        awards = Award.objects.filter(tally__publication__round=round)

        assert awards.filter(entrant__isnull=False).count() == 6


def test_the_two_editions_share_no_item():
    shared = ItemVersion.objects.filter(
        pools__round__contest__slug=PAST, item__bank__code=CURRENT
    )
    codes = [
        set(
            ItemVersion.objects.filter(pools__round__contest__slug=slug).values_list(
                "item__code", flat=True
            )
        )
        for slug in (PAST, CURRENT)
    ]

    assert not shared.exists()
    assert all(codes)
    assert not codes[0] & codes[1]


@pytest.mark.parametrize("name", ["official", "citizen"])
def test_the_two_who_take_part_finished_the_past_and_have_not_started_the_open(name):
    person = User.objects.get(username=name).person

    rounds = Attempt.objects.filter(entrant__person=person).values_list(
        "round__contest__slug", "round__number"
    )

    assert set(rounds) == {*((PAST, n) for n in (1, 2, 3, 4)), (CURRENT, 1)}
    assert Entrant.objects.filter(person=person).count() == 2
    assert INVENTED in person.full_name


def test_seven_accounts_with_the_pass_phrase_and_their_roles():
    users = {user.username: user for user in User.objects.all()}

    assert set(users) == {
        "official",
        "citizen",
        "liaison",
        "organiser",
        "publisher",
        "leader",
        "auditor",
    }
    assert all(user.check_password(PASS_PHRASE) for user in users.values())
    for name in ("organiser", "publisher", "leader", "auditor", "liaison"):
        roles = users[name].contest_roles.filter(kind=name)
        assert roles.count() == 2
    liaison = users["liaison"].contest_roles.first()
    assert liaison.unit.code == PARTICIPANTS["official"][1]


def test_who_works_in_the_admin_may_do_what_the_role_says_and_no_more():
    staff = {user.username: user for user in User.objects.filter(is_staff=True)}
    round = Round.objects.get(contest__slug=CURRENT, number=4)
    asked = (
        "quizzes.view_attempt",
        "quizzes.change_round",
        "leaderboards.compute_tally",
        "leaderboards.approve_tally",
    )

    may = {
        name: [word for word in asked if user.has_perm(word, round)]
        for name, user in staff.items()
    }

    assert may == {
        "organiser": [asked[0], asked[1], asked[2]],
        "publisher": [asked[0], asked[3]],
        "auditor": [asked[0]],
    }


def test_everything_is_marked_as_simulated_and_says_what_was_chosen():
    contests = Contest.objects.all()

    assert all(contest.is_simulated for contest in contests)
    for contest in contests:
        assert contest.known_results["simulation"]["chosen"]


def test_the_open_round_has_people_and_nobody_is_still_at_it():
    open_round = Round.objects.get(contest__slug=CURRENT, number=2)

    people = open_round.attempts.count()

    assert 100 < people < 400
    assert not Attempt.objects.open().exists()


@pytest.mark.parametrize("slug", [PAST, CURRENT])
def test_the_invariants_hold(slug):
    findings = verify(Contest.objects.get(slug=slug), now=NOW)

    assert [f.sentence for f in findings if not f.is_warning] == []


def test_a_demo_grows_stale_when_its_open_round_closes():
    closes_at = Round.objects.get(contest__slug=CURRENT, number=2).closes_at

    assert demo.staleness(closes_at - timedelta(seconds=1)) is None
    assert "Tuần 2" in demo.staleness(closes_at)


def test_loading_tells_what_it_does(loaded):
    assert any("Tuần 1" in line for line in loaded)


LOADING = """
from datetime import UTC, datetime
from leaderboards.models import Award
from leaderboards.services import demo
from quizzes.models import Attempt
now = datetime.fromisoformat("{now}")
demo.load(scale="{scale}", now=now, progress=lambda line: None)
print("loaded", Award.objects.filter(contest_unit__isnull=False).count())
"""


def test_the_demos_path_works_on_sqlite(tmp_path):
    """Migrations, loading and the invariants, in programs of their own."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    } | {"MODE": "demo", "DATA": str(tmp_path / "demo")}

    def manage(*words):
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    manage("migrate", "--verbosity", "0")
    loading = LOADING.format(now=NOW.isoformat(), scale=SCALE)
    assert "loaded 17" in manage("shell", "--verbosity", "0", "-c", loading)
    assert '"ok": true' in manage("verify_contest", PAST, "--json")
