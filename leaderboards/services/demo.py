"""
The demo's contests: loaded once, marked as simulated, dated from the day of loading.

``load`` fills an empty, migrated database; ``staleness`` says when its dates passed.
"""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_default_timezone

from accounts.services.units import import_units
from leaderboards.services import demo_people, publication, tallies
from leaderboards.services.configuration import contest_called, import_contest
from leaderboards.services.demo_documents import editions, units_file
from leaderboards.services.simulation import SEED, simulate
from quizzes.formats import FORMATS
from quizzes.models import Bank, Round
from quizzes.services.bank_import import import_items
from quizzes.services.pools import lock_round

# As in Huế: locked on the Friday before, results on the Tuesday morning after; the
# collective results of 2025 came on 18 December.
LOCKED_BEFORE = timedelta(hours=60)
TALLIED_AFTER = timedelta(hours=9)
APPROVED_AFTER = timedelta(hours=28)
PUBLISHED_AFTER = timedelta(hours=33)
COLLECTIVE_ON = date(2025, 12, 18)
# Rounds of this year that are locked at loading: one published, one open, one to come.
LOCKED_THIS_YEAR = 3


def load(*, scale, now, progress):
    """
    Fill the database; ``scale`` 1.0 is 102,000 attempts, ``progress`` takes a line.

    Huế 2025 is finished and published; this year's edition has round 1 published,
    round 2 open at ``now``, and the others to come.
    """
    import_units(units_file(), now=now)
    users = demo_people.make_accounts(now=now)
    past, current = (set_up(one, users, now=now) for one in editions(now=now))
    for round in past.rounds.all():
        lock(round, users)
    simulate(past, scale=scale, now=now, progress=progress)
    for round in past.rounds.order_by("number"):
        publish(past, round, users, after=round.closes_at, progress=progress)
    closing = datetime.combine(COLLECTIVE_ON, time.min, tzinfo=get_default_timezone())
    publish(past, None, users, after=closing - timedelta(days=1), progress=progress)
    load_current(current, users, scale=scale, now=now, progress=progress)


def load_current(contest, users, *, scale, now, progress):
    """Fill this year's edition up to ``now``."""
    rounds = list(contest.rounds.order_by("number"))
    for round in rounds[:LOCKED_THIS_YEAR]:
        lock(round, users, latest=now)
    simulate(
        contest,
        scale=scale,
        now=now,
        seed=f"{SEED}/{contest.slug}",
        absent=demo_people.refs(),
        progress=progress,
    )
    publish(contest, rounds[0], users, after=rounds[0].closes_at, progress=progress)


def set_up(edition, users, *, now):
    """Import an edition's items and document; return the contest."""
    by = users["organiser"]
    import_contest(edition.document, now=now, by=by)
    bank = Bank.objects.get(code=edition.bank)
    csv = FORMATS["csv"]
    import_items(bank, edition.items, format=csv, now=now, by=by, approve=True)
    contest = contest_called(edition.slug)
    demo_people.enter(contest, users)
    return contest


def lock(round, users, *, latest=None):
    """Lock a round on the Friday before it opens, ``latest`` at the latest."""
    at = round.opens_at - LOCKED_BEFORE
    lock_round(
        round,
        by=users["organiser"],
        approved_by=users["publisher"],
        now=min(at, latest) if latest else at,
    )


def publish(contest, round, users, *, after, progress):
    """Compute, approve and publish the results as Huế does, on the days after."""
    organiser, publisher = users["organiser"], users["publisher"]
    tally = tallies.compute(contest, round, by=organiser, now=after + TALLIED_AFTER)
    tallies.freeze(tally, by=organiser, now=after + TALLIED_AFTER)
    tallies.approve(tally, by=publisher, now=after + APPROVED_AFTER)
    publication.publish(
        tally, by=organiser, approved_by=publisher, now=after + PUBLISHED_AFTER
    )
    progress(f"{contest.short_title}, {round or 'whole contest'}: published")


def staleness(now):
    """Return a sentence when the round that was open at loading has closed, or None."""
    passed = (
        Round.objects.filter(
            contest__is_simulated=True,
            results_at__isnull=True,
            closes_at__lte=now,
        )
        .order_by("closes_at")
        .select_related("contest")
        .first()
    )
    if passed is None:
        return None
    closed_on = passed.closes_at.astimezone(get_default_timezone()).date()
    return (
        f"{passed.title} of {passed.contest.short_title}, open when the demo was "
        f"loaded, closed on {closed_on:%d/%m/%Y}."
    )
