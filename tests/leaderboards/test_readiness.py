import copy
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from leaderboards.formats.contest_schema import complete
from leaderboards.rules import readiness
from leaderboards.services.configuration import import_contest
from leaderboards.services.readiness import (
    NothingAsked,
    NotReady,
    agree_to_lock,
    open_request,
    problems_of,
    request_lock,
)
from quizzes.models import Bank, Contest, Item, Pool, Round
from quizzes.services.pools import SamePerson
from tests.factories import make_item, make_user
from tests.leaderboards.test_configuration import small

NOW = datetime(2025, 9, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def ready():
    """The small contest with nothing missing but the items of its bank."""
    document = small()
    prize = {"code": "nhat", "title": "Nhất", "count": 1, "value": 0}
    document["rankings"][0]["rule"] = {
        "criteria": [{"code": "score"}, {"code": "submitted_at"}],
        "prizes": [prize],
    }
    component = {
        "code": "rate",
        "metric": "rate",
        "normaliser": {"code": "percent"},
        "weight": "100",
    }
    document["schemes"] = [
        {
            "code": "s",
            "title": "S",
            "scope": "contest",
            "rule": {"components": [component], "prizes": [prize]},
        }
    ]
    return complete(document)


def found(document, available=10):
    problems = readiness.problems(
        document,
        stock={"b": {("t", "easy"): available}},
        items={"b": {"A-1"}},
        units={"u"},
    )
    return [(problem.path, problem.code, problem.is_warning) for problem in problems]


def test_a_ready_contest_has_no_problem():
    assert found(ready()) == []


@pytest.mark.parametrize(
    ("available", "code", "is_warning"),
    [(1, "pool_too_small", False), (3, "pool_thin", True)],
)
def test_the_bank_must_hold_enough_for_each_line(available, code, is_warning):
    assert found(ready(), available)[0] == (
        "rounds[0].papers[0].blueprint[0]",
        code,
        is_warning,
    )


def without_decisive(document):
    document["rankings"][0]["rule"]["criteria"] = [{"code": "score"}]


def without_prizes(document):
    document["rankings"][0]["rule"]["prizes"] = []


def only_with_many(document):
    document["rankings"][0]["rule"]["counting"] = {"policy": "only"}


def predicting_nothing(document):
    chain = document["rankings"][0]["rule"]["criteria"]
    chain.insert(1, {"code": "prediction_distance"})


def predicting_for_nothing(document):
    document["rounds"][0]["papers"][0]["prediction"] = {"asks": "people"}


def light_weights(document):
    document["schemes"][0]["rule"]["components"][0]["weight"] = "40"


def many_prizes(document):
    document["schemes"][0]["rule"]["prizes"][0]["count"] = 2


def no_people(document):
    document["blocs"][0]["units"][0]["headcounts"] = []


def overlapping(document):
    document["rounds"][1]["opens_at"] = "2025-10-01T12:00:00+07:00"


def unranked(document):
    other = document["audiences"][0] | {"code": "z", "name": "Z"}
    document["audiences"].append(other)
    document["rankings"][0]["rule"]["audiences"] = ["a"]


def by_roster(document):
    document["audiences"][0]["entry"] = "roster"


def strange_item(document):
    for round in document["rounds"]:
        round["papers"][0] |= {"blueprint": [], "fixed_items": ["A-1", "A-9"]}


def contradicting(document):
    document["rounds"][0]["papers"][0]["items"] = 9


@pytest.mark.parametrize(
    ("change", "code", "is_warning"),
    [
        (without_decisive, "chain_undecided", True),
        (without_prizes, "no_prizes", True),
        (only_with_many, "only_with_several", True),
        (predicting_nothing, "no_prediction", False),
        (predicting_for_nothing, "prediction_unused", True),
        (light_weights, "weights_not_100", True),
        (many_prizes, "more_prizes_than_units", True),
        (no_people, "no_headcount", True),
        (overlapping, "rounds_overlap", True),
        (unranked, "audience_unranked", True),
        (unranked, "audience_without_paper", True),
        (by_roster, "roster_missing", True),
        (strange_item, "no_such_item", False),
        (contradicting, "items_differ", False),
    ],
)
def test_each_thing_amiss_is_told(change, code, is_warning):
    document = copy.deepcopy(ready())
    change(document)

    assert (code, is_warning) in {
        (found_code, warns) for _, found_code, warns in found(complete(document))
    }


def make_ready(items=4):
    import_contest(ready(), now=NOW)
    bank = Bank.objects.get()
    for _ in range(items):
        make_item(bank, topic=bank.topics.get(), difficulty="easy")
    return Round.objects.get(number=1)


def test_a_stored_contest_counts_its_approved_items():
    make_ready(items=2)
    Item.objects.filter(pk=Item.objects.first().pk).update(state="draft")

    codes = {problem.code for problem in problems_of(Contest.objects.get())}

    assert codes == {"pool_too_small"}


def test_one_asks_and_another_agrees_to_lock():
    round = make_ready()
    one, other = make_user(), make_user()

    request_lock(round, by=one, now=NOW)
    agree_to_lock(round, by=other, now=NOW + timedelta(hours=1))

    pool = Pool.objects.get()
    assert (pool.locked_by, pool.approved_by) == (one, other)


def test_nobody_agrees_to_the_own_request():
    round = make_ready()
    one = make_user()
    request_lock(round, by=one, now=NOW)

    with pytest.raises(SamePerson):
        agree_to_lock(round, by=one, now=NOW)

    assert not Pool.objects.exists()


def test_without_a_request_or_after_a_week_nothing_is_locked():
    round = make_ready()
    one, other = make_user(), make_user()

    with pytest.raises(NothingAsked):
        agree_to_lock(round, by=other, now=NOW)
    request_lock(round, by=one, now=NOW)
    later = NOW + timedelta(days=7)

    assert open_request(round, now=NOW) is not None
    with pytest.raises(NothingAsked):
        agree_to_lock(round, by=other, now=later)


def test_what_is_not_ready_is_not_asked_for_and_says_why():
    round = make_ready(items=1)

    with pytest.raises(NotReady) as refusal:
        request_lock(round, by=make_user(), now=NOW)

    assert "1" in str(refusal.value)


def test_the_command_locks_with_two_persons():
    make_ready()
    make_user("an")
    make_user("binh")
    out = StringIO()
    options = {"round": 1, "by": "an", "approved_by": "binh"}

    call_command("lock_round", "nho", **options, stdout=out)
    with pytest.raises(CommandError):
        call_command("lock_round", "nho", **options)

    assert Pool.objects.get().hash in out.getvalue()
