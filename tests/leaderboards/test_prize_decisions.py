from datetime import UTC, datetime

import pytest

from contest.lib.models import AuditEvent
from leaderboards.models import PrizeDecision
from leaderboards.services.prize_decisions import (
    NotForTheOrganiser,
    NothingDecided,
    OneRuleNeeded,
    ReasonNeeded,
    UnknownContender,
    UnknownList,
    UnknownPrize,
    decide,
)
from tests.factories import (
    make_bloc,
    make_contest,
    make_contest_unit,
    make_entrant,
    make_ranking,
    make_round,
    make_scheme,
    make_unit,
    make_user,
)

NOW = datetime(2025, 10, 7, tzinfo=UTC)
RULE = {
    "criteria": [{"code": "score"}],
    "ties": "organiser",
    "prizes": [{"code": "nhat"}, {"code": "nhi", "audience": "cong-dan"}],
    "special": [{"code": "tre"}],
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def own():
    """A weekly ranking of officials with one entrant, in a contest with a round."""
    ranking = make_ranking(rule=RULE)
    make_round(ranking.contest)
    make_entrant(ranking.contest)
    return ranking


def decided(own, **changes):
    given = {
        "ranking": own,
        "round": own.contest.rounds.first(),
        "group": "can-bo",
        "prize": "nhat",
        "reason": "Bốc thăm",
        "order": [str(own.contest.entrants.get().uuid)],
    }
    return decide(own.contest, **given | changes, by=make_user(), now=NOW)


def test_a_decision_is_written_with_its_reason_and_in_the_trail(own):
    decision = decided(own)

    assert decision.order == [str(own.contest.entrants.get().uuid)]
    assert (decision.list_round, decision.decided_at) == (1, NOW)
    assert AuditEvent.objects.get().reason == "Bốc thăm"


def test_a_special_prize_may_be_decided_and_a_prize_left_empty(own):
    decided(own, prize="tre")
    decided(own, order=[], leaves_empty=True)

    assert PrizeDecision.objects.filter(leaves_empty=True).count() == 1


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"reason": " "}, ReasonNeeded),
        ({"prize": "ba"}, UnknownPrize),
        ({"prize": "nhi"}, UnknownPrize),
        ({"order": []}, NothingDecided),
        ({"ranking": None}, OneRuleNeeded),
        ({"round": None}, UnknownList),
        ({"list_round": 2}, UnknownList),
        ({"group": "khac"}, UnknownList),
        ({"order": ["an"]}, UnknownContender),
        ({"order": [["an"]]}, UnknownContender),
        ({"order": {"an": 1}}, UnknownContender),
        ({"order": 7}, UnknownContender),
        ({"order": ["0" * 32]}, UnknownContender),
    ],
)
def test_what_no_tally_would_read_is_refused(own, changes, refusal):
    with pytest.raises(refusal):
        decided(own, **changes)

    assert not PrizeDecision.objects.exists()


def test_an_order_is_refused_where_the_rule_settles_ties_itself(own):
    own.rule = {**RULE, "ties": "lot"}

    with pytest.raises(NotForTheOrganiser):
        decided(own)

    assert decided(own, order=[], leaves_empty=True).leaves_empty


def test_the_units_of_a_bloc_are_put_in_order():
    contest = make_contest()
    scheme = make_scheme(contest, rule=RULE)
    make_contest_unit(make_bloc(contest, "xa"), make_unit("xa-a"))
    given = {"scheme": scheme, "prize": "nhat", "reason": "Biên bản", "group": "xa"}
    given |= {"by": make_user(), "now": NOW}

    assert decide(contest, **given, order=["xa-a"]).rule_code == "tap-the"
    with pytest.raises(UnknownContender):
        decide(contest, **given, order=["xa-b"])
    with pytest.raises(UnknownList):
        decide(contest, **given, order=["xa-a"], round=make_round(contest))


def test_a_list_of_one_round_in_a_contest_names_its_round():
    ranking = make_ranking(scope="contest", rule={**RULE, "each_round": True})
    make_round(ranking.contest)
    make_entrant(ranking.contest)

    assert decided(ranking, round=None, list_round=1).list_round == 1
    for number in (None, 2):
        with pytest.raises(UnknownList):
            decided(ranking, round=None, list_round=number)


def test_both_rules_or_one_of_another_contest_are_refused(own):
    other = make_scheme(make_contest("khac"), rule=RULE)

    with pytest.raises(OneRuleNeeded):
        decided(own, scheme=make_scheme(own.contest))
    with pytest.raises(OneRuleNeeded):
        decided(own, ranking=None, scheme=other)
