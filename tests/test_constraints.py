"""
Every invariant that the schema promises, broken once: the database itself says no.

One line per named constraint; a constraint without a line fails the last test.
"""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from accounts.models import Consent, Roster, RosterEntry
from leaderboards.models import (
    Award,
    Certificate,
    ExternalPoint,
    PrizeDecision,
    Publication,
    Standing,
    Tally,
    UnitResult,
)
from quizzes.models import (
    Allowance,
    Correction,
    Headcount,
    ItemVersion,
    KeySheet,
    PoolItem,
    Role,
    Round,
)
from tests import factories as make

pytestmark = pytest.mark.django_db

OURS = ("lib", "accounts", "quizzes", "leaderboards")
DAY = date(2025, 10, 1)


def twice(make_row):
    make_row()
    make_row()


def change(row, **values):
    type(row).objects.filter(pk=row.pk).update(**values)


def unit_itself(column):
    unit = make.make_unit()
    change(unit, **{column: unit.pk})


def same_alias():
    for unit in (make.make_unit(), make.make_unit()):
        unit.aliases.create(text="Sở Thử", search_key="so thu")


def same_consent():
    person = make.make_person()
    twice(lambda: consent(person))


def consent(person=None, **fields):
    return Consent.objects.create(
        person=person or make.make_person(),
        purpose=Consent.Purpose.NEWS,
        text_version="1",
        given_at=make.NOON,
        **fields,
    )


def same_roster():
    unit = make.make_unit()
    twice(lambda: Roster.objects.create(unit=unit, declared_on=DAY))


def same_roster_entry():
    roster = Roster.objects.create(unit=make.make_unit(), declared_on=DAY)
    twice(
        lambda: RosterEntry.objects.create(
            roster=roster, employee_code="1", full_name="A"
        )
    )


def same(make_row, first, *args, **fields):
    """``make_row`` twice under one parent made by ``first``."""
    parent = first()
    twice(lambda: make_row(parent, *args, **fields))


def same_round(**fields):
    contest = make.make_contest()
    make.make_round(contest, 1)
    make.make_round(contest, fields.pop("number", 2), **fields)


def same_paper():
    paper = make.make_paper()
    make.make_paper(paper.round, paper.audience)


def same_contest_unit():
    bloc, unit = make.make_bloc(), make.make_unit()
    twice(lambda: make.make_contest_unit(bloc, unit))


def headcount_twice(*, with_round, with_audience):
    row = make.make_contest_unit()
    fields = {
        "round": make.make_round(row.contest) if with_round else None,
        "audience": make.make_audience(row.contest) if with_audience else None,
    }
    twice(lambda: Headcount.objects.create(contest_unit=row, people=9, **fields))


def same_role(unit=None):
    contest, user = make.make_contest(), make.make_user()
    twice(lambda: make.make_role(contest, user=user, unit=unit))


def same_topic():
    bank = make.make_bank()
    twice(lambda: bank.topics.create(code="a", name="A"))


def version(number):
    item = make.make_item()
    ItemVersion.objects.create(
        item=item, number=number, type="single", stem="?", options=[], content_hash=""
    )


def same_pool():
    pool = make.make_pool()
    change_to(pool, pk=None).save()


def change_to(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row._state.adding = True
    return row


def same_pool_item():
    entry = make.make_pool().items.first()
    PoolItem.objects.create(pool=entry.pool, version=entry.version)


def key_sheet(number, reason=""):
    KeySheet.objects.create(
        pool=make.make_pool(),
        version=number,
        keys={},
        hash="0",
        created_at=make.NOON,
        reason=reason,
    )


def same_entrant():
    person, audience = make.make_person(), make.make_audience()
    twice(lambda: make.make_entrant(audience=audience, person=person))


def same_external_ref():
    audience = make.make_audience()
    twice(lambda: make.make_entrant(audience=audience, external_ref="x"))


def allowance(**fields):
    defaults = {"extra_minutes": 5, "reason": "Mất điện", "granted_at": make.NOON}
    Allowance.objects.create(
        contest=make.make_contest(), granted_by=make.make_user(), **defaults | fields
    )


def same_attempt(**fields):
    attempt = make.make_attempt()
    make.make_attempt(attempt.entrant, pool=attempt.pool, **fields)


def attempt_with(**values):
    change(make.make_attempt(), **values)


def submitted(**values):
    closed = {
        "state": "submitted",
        "closed_by": "person",
        "submitted_at": make.NOON,
        "duration_ms": 0,
    }
    attempt_with(**closed | values)


def correction(**fields):
    defaults = {"kind": "eligibility", "reason": "Sai đối tượng"}
    entrant = fields.pop("entrant", None) or make.make_entrant()
    Correction.objects.create(
        contest=entrant.contest,
        entrant=entrant,
        proposed_by=make.make_user(),
        proposed_at=make.NOON,
        **defaults | fields,
    )


def self_approved():
    user = make.make_user()
    entrant = make.make_entrant()
    Correction.objects.create(
        contest=entrant.contest,
        entrant=entrant,
        kind="eligibility",
        reason="Sai",
        proposed_by=user,
        proposed_at=make.NOON,
        approved_by=user,
        approved_at=make.NOON,
    )


def prize_decision(ranking, reason="Biên bản"):
    return PrizeDecision.objects.create(
        contest=make.make_contest(),
        ranking=ranking,
        prize="nhat",
        reason=reason,
        decided_by=make.make_user(),
        decided_at=make.NOON,
    )


def computing_tally(of):
    """A tally that is computing, with a number of its own."""
    round = of if isinstance(of, Round) else None
    contest = round.contest if round else of
    number = Tally.objects.count() + 1
    make.make_tally(contest, round, number=number, state=Tally.State.COMPUTING)


def external_point(**fields):
    return ExternalPoint.objects.create(
        contest=make.make_contest(),
        code="bai-viet",
        points=1000,
        document="BB 1",
        entered_by=make.make_user(),
        entered_at=make.NOON,
        **fields,
    )


def same_external_point(**fields):
    twice(lambda: external_point(**fields))


def approved_by_its_maker():
    user = make.make_user()
    make.make_tally(computed_by=user, approved_by=user)


def publication(**fields):
    defaults = {"published_by": make.make_user(), "approved_by": make.make_user()}
    return Publication.objects.create(published_at=make.NOON, **defaults | fields)


def published_by_one():
    user, tally = make.make_user(), make.make_tally()
    publication(contest=tally.contest, tally=tally, published_by=user, approved_by=user)


def contest_published_twice():
    contest = make.make_contest()
    for number in (1, 2):
        tally = make.make_tally(contest, number=number)
        publication(contest=contest, tally=tally)


def standing(entrant=None, position=1, tally=None, ranking=None):
    entrant = entrant or make.make_entrant()
    tally = tally or make.make_tally(entrant.contest)
    return Standing.objects.create(
        tally=tally,
        ranking=ranking or make.make_ranking(entrant.contest),
        position=position,
        place=1,
        entrant=entrant,
        audience=entrant.audience,
        facts={},
    )


def two_standings(*, same_entrant):
    first = standing()
    entrant = (
        first.entrant if same_entrant else make.make_entrant(first.entrant.contest)
    )
    position = 2 if same_entrant else 1
    standing(entrant, position, first.tally, first.ranking)


def unit_result(row=None, position=1, tally=None, scheme=None):
    row = row or make.make_contest_unit()
    return UnitResult.objects.create(
        tally=tally or make.make_tally(row.contest),
        scheme=scheme or make.make_scheme(row.contest),
        bloc=row.bloc,
        contest_unit=row,
        position=position,
        facts={},
    )


def two_unit_results(*, same_unit):
    first = unit_result()
    row = first.contest_unit if same_unit else make.make_contest_unit(first.bloc)
    unit_result(row, 2 if same_unit else 1, first.tally, first.scheme)


def award(**fields):
    entrant = make.make_entrant()
    defaults = {
        "tally": make.make_tally(entrant.contest),
        "ranking": make.make_ranking(entrant.contest),
        "entrant": entrant,
    }
    return Award.objects.create(
        order=1, prize="nhat", title="Giải Nhất", place=1, **defaults | fields
    )


def same_award_order():
    first = award()
    award(tally=first.tally)


def revoked_without_a_word():
    Certificate.objects.create(
        serial="A1", award=award(), issued_at=make.NOON, revoked_at=make.NOON
    )


LATER = make.NOON + timedelta(days=9)
EARLIER = make.NOON - timedelta(days=9)
BREACHES = {
    "user_phone_is_e164": lambda: make.make_user(phone="0912"),
    "unit_is_not_its_parent": lambda: unit_itself("parent"),
    "unit_is_not_its_successor": lambda: unit_itself("successor"),
    "unit_ends_after_it_starts": lambda: make.make_unit(
        valid_from=DAY, valid_until=DAY
    ),
    "consent_in_force_once": same_consent,
    "consent_withdrawn_after_given": lambda: consent(withdrawn_at=EARLIER),
    "roster_once_a_day_per_unit": same_roster,
    "roster_entry_code_once": same_roster_entry,
    "audience_code_once_per_contest": lambda: same(
        make.make_audience, make.make_contest
    ),
    "audience_ages_in_order": lambda: make.make_audience(min_age=60, max_age=18),
    "audience_counting_for_a_unit_asks_one": lambda: make.make_audience(
        unit_kind="none", counts_for_unit=True
    ),
    "round_number_once_per_contest": lambda: same_round(number=1, code="khac"),
    "round_code_once_per_contest": lambda: same_round(code="tuan-1"),
    "round_closes_after_it_opens": lambda: make.make_round(closes_at=make.OPENS),
    "round_results_after_it_closes": lambda: make.make_round(results_at=make.NOON),
    "paper_once_per_round_and_audience": same_paper,
    "paper_has_1_to_60_items": lambda: make.make_paper(item_count=61),
    "paper_items_earn": lambda: make.make_paper(points_per_item=0),
    "bloc_code_once_per_contest": lambda: same(make.make_bloc, make.make_contest),
    "contest_unit_once": same_contest_unit,
    "contest_unit_succession_is_dated": lambda: make.make_contest_unit(
        counts_as=make.make_contest_unit()
    ),
    "contest_unit_counts_as_another": lambda: change(
        make.make_contest_unit(),
        counts_as=models.F("id"),
        counts_as_from=make.NOON,
    ),
    "headcount_once_per_round_and_audience": lambda: headcount_twice(
        with_round=True, with_audience=True
    ),
    "headcount_once_per_audience": lambda: headcount_twice(
        with_round=False, with_audience=True
    ),
    "headcount_once_per_round": lambda: headcount_twice(
        with_round=True, with_audience=False
    ),
    "headcount_once": lambda: headcount_twice(with_round=False, with_audience=False),
    "role_once_per_unit": lambda: same_role(make.make_unit()),
    "role_once": same_role,
    "role_liaison_has_a_unit": lambda: make.make_role(kind=Role.Kind.LIAISON),
    "topic_code_once_per_bank": same_topic,
    "item_code_once_per_bank": lambda: same(make.make_item, make.make_bank, "cau"),
    "item_approved_has_a_version": lambda: change(make.make_item(), current=None),
    "item_version_number_once": lambda: version(1),
    "item_version_from_1": lambda: version(0),
    "pool_once_per_round_and_audience": same_pool,
    "pool_locked_by_two_persons": lambda: change(
        make.make_pool(), approved_by=models.F("locked_by")
    ),
    "pool_item_once": same_pool_item,
    "key_sheet_version_once": lambda: key_sheet(1),
    "key_sheet_change_has_a_reason": lambda: key_sheet(2),
    "entrant_once_per_contest": same_entrant,
    "entrant_external_ref_once": same_external_ref,
    "allowance_for_entrant_or_unit": lambda: allowance(
        entrant=make.make_entrant(), unit=make.make_unit()
    ),
    "allowance_gives_something": lambda: allowance(extra_minutes=0),
    "allowance_has_a_reason": lambda: allowance(reason=""),
    "attempt_number_once": lambda: same_attempt(
        state="submitted", closed_by="time", submitted_at=make.NOON, duration_ms=0
    ),
    "attempt_open_once": lambda: same_attempt(number=2),
    "attempt_number_from_1": lambda: attempt_with(number=0),
    "attempt_seq_in_range": lambda: attempt_with(seq=1_000_001),
    "attempt_times_in_order": lambda: attempt_with(accepts_until=EARLIER),
    "attempt_closed_as_a_whole": lambda: attempt_with(state="submitted"),
    "attempt_submitted_in_its_time": lambda: submitted(submitted_at=LATER),
    "attempt_has_a_paper_if_made_here": lambda: attempt_with(origin="imported"),
    "attempt_scored_as_a_whole": lambda: submitted(scored_with=1),
    "correction_has_a_reason": lambda: correction(reason=""),
    "correction_approved_by_another": self_approved,
    "correction_has_what_its_kind_needs": lambda: correction(kind="unit"),
    "ranking_code_once_per_contest": lambda: same(make.make_ranking, make.make_contest),
    "scheme_code_once_per_contest": lambda: same(make.make_scheme, make.make_contest),
    "external_point_once_per_unit": lambda: same_external_point(
        contest_unit=make.make_contest_unit()
    ),
    "external_point_once_per_entrant": lambda: same_external_point(
        entrant=make.make_entrant()
    ),
    "external_point_for_one": external_point,
    "tally_number_once_per_round": lambda: same(
        make.make_tally, make.make_contest, make.make_round()
    ),
    "tally_number_once_per_contest": lambda: same(make.make_tally, make.make_contest),
    "tally_computing_once_per_round": lambda: same(computing_tally, make.make_round),
    "tally_computing_once_per_contest": lambda: same(
        computing_tally, make.make_contest
    ),
    "prize_decision_has_a_reason": lambda: prize_decision(
        make.make_ranking(), reason=""
    ),
    "prize_decision_about_one_rule": lambda: prize_decision(None),
    "tally_approved_by_somebody": lambda: make.make_tally(state=Tally.State.APPROVED),
    "tally_approved_by_another": approved_by_its_maker,
    "tally_has_a_hash": lambda: make.make_tally(hash=""),
    "publication_once_per_contest": contest_published_twice,
    "publication_by_two_persons": published_by_one,
    "standing_position_once": lambda: two_standings(same_entrant=False),
    "standing_entrant_once": lambda: two_standings(same_entrant=True),
    "unit_result_position_once": lambda: two_unit_results(same_unit=False),
    "unit_result_once": lambda: two_unit_results(same_unit=True),
    "award_order_once": same_award_order,
    "award_for_one": lambda: award(entrant=None),
    "award_by_one_rule": lambda: award(ranking=None),
    "certificate_revoked_with_a_reason": revoked_without_a_word,
}


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_is_refused_by_the_database(name):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        BREACHES[name]()

    assert f'"{name}"' in str(refusal.value)


def test_every_named_constraint_is_tried():
    named = {
        constraint.name
        for model in apps.get_models()
        if model._meta.app_label in OURS
        for constraint in model._meta.constraints
    }

    assert named == set(BREACHES)
