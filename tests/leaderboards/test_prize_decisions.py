from datetime import UTC, datetime

import pytest

from contest.lib.models import AuditEvent
from leaderboards.models import PrizeDecision
from leaderboards.services.prize_decisions import (
    NothingDecided,
    OneRuleNeeded,
    ReasonNeeded,
    UnknownPrize,
    decide,
)
from tests.factories import make_contest, make_ranking, make_scheme, make_user

NOW = datetime(2025, 10, 7, tzinfo=UTC)
RULE = {"criteria": [{"code": "score"}], "prizes": [{"code": "nhat"}]}

pytestmark = pytest.mark.django_db


def decided(own, **changes):
    given = {
        "ranking": own,
        "prize": "nhat",
        "reason": "Bốc thăm",
        "order": ["x", "y"],
    }
    return decide(own.contest, **given | changes, by=make_user(), now=NOW)


def test_a_decision_is_written_with_its_reason_and_in_the_trail():
    decision = decided(make_ranking(rule=RULE))

    assert (decision.order, decision.decided_at) == (["x", "y"], NOW)
    assert AuditEvent.objects.get().reason == "Bốc thăm"


def test_a_prize_may_be_left_empty():
    decided(make_ranking(rule=RULE), order=[], leaves_empty=True)

    assert PrizeDecision.objects.get().leaves_empty


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"reason": " "}, ReasonNeeded),
        ({"prize": "nhi"}, UnknownPrize),
        ({"order": []}, NothingDecided),
        ({"ranking": None}, OneRuleNeeded),
    ],
)
def test_what_is_missing_is_refused(changes, refusal):
    with pytest.raises(refusal):
        decided(make_ranking(rule=RULE), **changes)

    assert not PrizeDecision.objects.exists()


def test_both_rules_or_one_of_another_contest_are_refused():
    ranking = make_ranking(rule=RULE)
    scheme = make_scheme(ranking.contest)
    other = make_scheme(make_contest("khac"), rule=RULE)

    with pytest.raises(OneRuleNeeded):
        decided(ranking, scheme=scheme)
    with pytest.raises(OneRuleNeeded):
        decided(ranking, ranking=None, scheme=other)
