"""
Two rounds, two audiences and two editions that share one bank of marked items.

Every explanation and source holds a canary. Windows lie around the real present,
because pages and API read the clock themselves.
"""

from dataclasses import dataclass
from datetime import timedelta

from contest.lib import clock
from leaderboards.services import publication, tallies
from quizzes.models import Entrant, ItemKey, KeySheet, Round
from quizzes.rules.shape import Save
from quizzes.services import attempts, scoring
from quizzes.services.pools import lock_round
from tests import factories as make
from tests.leaderboards.city import RANKING, SCHEME

CANARY = "CHIM-HOANG-YEN"
ITEMS = 4
DAY = timedelta(days=1)


@dataclass
class World:
    """``first`` and ``second`` are rounds of this edition, ``other`` of another."""

    first: Round
    second: Round
    other: Round
    people: list
    stranger: object

    @property
    def rounds(self):
        return (self.first, self.second, self.other)

    @property
    def contests(self):
        return (self.first.contest, self.other.contest)


def build_world():
    """The first round is over and scored, the other two are open."""
    now = clock.now()
    bank = make_marked_bank()
    contest = make_edition("hoi-thi-nay")
    other = make_edition("hoi-thi-kia")
    rounds = [
        make_open_round(contest, 1, bank, now - 10 * DAY, now - 5 * DAY),
        make_open_round(contest, 2, bank, now - 4 * DAY, now + 3 * DAY),
        make_open_round(other, 1, bank, now - 4 * DAY, now + 5 * DAY),
    ]
    people = [make_person(contest, other, number) for number in range(2)]
    for user in people:
        take(user, rounds[0], now - 6 * DAY, submits=True)
        take(user, rounds[1], now, submits=False)
        take(user, rounds[2], now - 3 * DAY, submits=True)
    while scoring.score_batch(100):
        pass
    return World(*rounds, people, make.make_user("nguoi-la"))


def make_marked_bank():
    bank = make.make_bank()
    for number in range(ITEMS):
        item = make.make_item(bank, correct=("abcd"[number % 4],))
        ItemKey.objects.filter(version__item=item).update(
            explanation=f"{CANARY} giải thích {number}",
            source=f"{CANARY} căn cứ {number}",
        )
    return bank


def make_edition(slug):
    contest = make.make_contest(slug)
    bloc = make.make_bloc(contest)
    make.make_contest_unit(bloc, make.make_unit(f"{slug}-don-vi"), people=50)
    for code in ("can-bo", "cong-dan"):
        make.make_audience(contest, code)
    make.make_ranking(contest, rule=RANKING)
    make.make_scheme(contest, rule=SCHEME)
    return contest


def make_open_round(contest, number, bank, opens_at, closes_at):
    """A locked round with a paper for both audiences, keys shown with the round."""
    round = make.make_round(contest, number, opens_at=opens_at, closes_at=closes_at)
    for audience in contest.audiences.all():
        make.make_paper(
            round,
            audience,
            bank=bank,
            items=ITEMS,
            show_keys="after_round",
            show_score="at_once",
            prediction="perfect_people",
        )
    lock_round(
        round,
        by=make.make_user(),
        approved_by=make.make_user(),
        now=opens_at - DAY,
    )
    return round


def make_person(contest, other, number):
    user = make.make_user(f"nguoi-thi-{number}")
    person = make.make_person(f"Nguyễn Văn Thử {number}", user=user)
    for edition in (contest, other):
        audience = list(edition.audiences.order_by("code"))[number]
        unit = edition.units.get().unit
        make.make_entrant(audience=audience, person=person, unit=unit)
    return user


def take(user, round, at, *, submits):
    entrant = Entrant.objects.get(person__user=user, contest=round.contest)
    attempt = attempts.start(entrant, round, at).attempt
    claim = attempts.claim_of(attempt)
    last = Save(1, {"1": ["a"], "2": ["b"], "3": ["c"]}, 5)
    if submits:
        attempts.submit(claim, last=last, now=at + timedelta(minutes=5))
    else:
        attempts.save(claim, **vars(last), now=at + timedelta(seconds=1))


def close(round):
    """Let the window end an hour ago and close what is still open in it."""
    now = clock.now()
    Round.objects.filter(pk=round.pk).update(closes_at=now - timedelta(hours=1))
    open_attempts = round.attempts.filter(state="open")
    past = now - timedelta(hours=2)
    open_attempts.update(started_at=past, deadline=past, accepts_until=past)
    while attempts.seal_overdue(100, now):
        pass
    while scoring.score_batch(100):
        pass


def publish(round):
    """Compute and publish a round's results by the real services."""
    now = clock.now()
    round.refresh_from_db()
    tallies.compute(round.contest, round, now=now)
    publication.publish_newest(
        round.contest,
        round,
        by=make.make_user(),
        approved_by=make.make_user(),
        now=now,
        decision_number="01/QĐ-BTC",
        decided_on=now.date(),
    )


def turn_keys():
    """
    Make every key another one: next option, other words; scores stay as they are.

    Whoever sees a difference between before and after has seen something of a key.
    """
    for sheet in KeySheet.objects.all():
        sheet.keys = {version: turned(key) for version, key in sheet.keys.items()}
        sheet.save(update_fields=["keys"])
    for key in ItemKey.objects.all():
        changed = turned({"correct": key.correct, "explanation": "", "source": ""})
        ItemKey.objects.filter(pk=key.pk).update(**changed)


def turned(key):
    letters = "abcd"
    correct = [letters[(letters.index(x) + 1) % 4] for x in key["correct"]]
    words = {"explanation": f"{CANARY} khác hẳn", "source": f"{CANARY} nguồn khác"}
    return key | {"correct": correct} | words
