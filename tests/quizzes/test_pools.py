from datetime import timedelta

import pytest

from contest.lib.models import AuditEvent
from quizzes.models import Item, ItemKey, KeySheet, Pool, Round
from quizzes.rules.sealing import digest
from quizzes.services.pools import (
    AlreadyLocked,
    CannotFill,
    Exclusive,
    NothingToLock,
    SamePerson,
    UnfitItem,
    WrongCount,
    lock_round,
)
from tests import factories as make
from tests.factories import CLOSES, OPENS

pytestmark = pytest.mark.django_db


def lock(round, now=OPENS, **more):
    hands = {"by": make.make_user(), "approved_by": make.make_user()}
    return lock_round(round, now=now, **hands | more)


def publish(round, at=CLOSES):
    Round.objects.filter(pk=round.pk).update(results_at=at)


def test_a_lock_seals_items_keys_and_settings_for_each_audience():
    paper = make.make_paper(items=4, item_count=3, fixed_items=[])
    paper.blueprint[0]["count"] = 3
    paper.save(update_fields=["blueprint"])
    other = make.make_audience(paper.round.contest, "cong-dan")
    make.make_paper(paper.round, other, items=2)

    pools = lock(paper.round)

    pool = Pool.objects.get(audience=paper.audience)
    sheet = pool.key_sheets.get()
    paper.round.refresh_from_db()
    assert {p.pk for p in pools} == set(Pool.objects.values_list("pk", flat=True))
    assert paper.round.locked_at == OPENS
    assert len(pool.sealed["items"]) == pool.items.count() == len(sheet.keys) == 4
    assert pool.sealed["minutes"] == 20
    assert pool.hash == digest(pool.sealed)
    assert sheet.hash == digest(sheet.keys)
    assert sorted(pool.items.values_list("exposure_rank", flat=True)) == [1, 2, 3, 4]
    assert AuditEvent.objects.get().change["after"][pool.audience.code] == pool.hash


def test_no_sealed_pool_holds_a_key():
    paper = make.make_paper(items=3)

    (pool,) = lock(paper.round)

    assert "Giải thích" not in str(pool.sealed)
    assert "Văn bản số" not in str(pool.sealed)
    assert all("correct" not in item for item in pool.sealed["items"])


def test_what_is_edited_after_the_lock_changes_no_paper():
    paper = make.make_paper(items=3)
    (pool,) = lock(paper.round)

    Item.objects.update(state=Item.State.RETIRED)
    ItemKey.objects.update(correct=["b"])

    key_sheet = KeySheet.objects.get()
    pool.refresh_from_db()
    assert len(pool.sealed["items"]) == 3
    assert {tuple(key["correct"]) for key in key_sheet.keys.values()} == {("a",)}


def test_only_approved_items_that_the_blueprint_can_use_are_sealed():
    bank = make.make_bank()
    good = make.make_item(bank)
    make.make_item(bank, difficulty="hard")
    make.make_item(bank, is_practice=True)
    draft = make.make_item(bank)
    Item.objects.filter(pk=draft.pk).update(state=Item.State.DRAFT)
    blueprint = [{"topic": "chu-de", "difficulty": "easy", "count": 1}]
    paper = make.make_paper(bank=bank, item_count=1, blueprint=blueprint)

    (pool,) = lock(paper.round)

    assert [item["item"] for item in pool.sealed["items"]] == [good.code]


def test_items_that_exclude_each_other_are_sealed_in_both_directions():
    paper = make.make_paper(items=4, item_count=2)
    first, second, *_ = paper.bank.items.order_by("code")
    first.not_with.add(second, make.make_item(make.make_bank()))
    paper.blueprint[0]["count"] = 2
    paper.save(update_fields=["blueprint"])

    (pool,) = lock(paper.round)

    apart = {item["item"]: item["not_with"] for item in pool.sealed["items"]}
    assert apart[first.code] == [second.code]
    assert apart[second.code] == [first.code]


def test_a_fixed_set_is_sealed_in_its_own_order():
    paper = make.make_paper(items=3, item_count=2, blueprint=[])
    codes = list(paper.bank.items.order_by("-code").values_list("code", flat=True))[:2]
    paper.fixed_items = codes
    paper.save(update_fields=["fixed_items"])

    (pool,) = lock(paper.round)

    assert pool.sealed["fixed"] is True
    assert [item["item"] for item in pool.sealed["items"]] == codes


def test_two_persons_lock_once():
    paper = make.make_paper()
    user = make.make_user()
    with pytest.raises(SamePerson):
        lock(paper.round, by=user, approved_by=user)
    lock(paper.round)

    with pytest.raises(AlreadyLocked):
        lock(paper.round)

    assert Pool.objects.count() == 1


@pytest.mark.parametrize(
    ("paper", "refusal"),
    [
        ({"item_count": 4}, WrongCount),
        (
            {"blueprint": [{"topic": "chu-de", "difficulty": "hard", "count": 3}]},
            CannotFill,
        ),
        ({"blueprint": [], "fixed_items": ["khong-co", "x", "y"]}, UnfitItem),
    ],
)
def test_a_paper_that_cannot_be_drawn_stops_the_whole_lock(paper, refusal):
    good = make.make_paper()
    bad = make.make_audience(good.round.contest, "cong-dan")
    make.make_paper(good.round, bad, **paper)

    with pytest.raises(refusal) as caught:
        lock(good.round)

    good.round.refresh_from_db()
    assert good.round.locked_at is None
    assert not Pool.objects.exists()
    assert "%" not in str(caught.value)


def test_items_that_all_exclude_each_other_stop_the_lock():
    paper = make.make_paper(items=3)
    first, *others = paper.bank.items.all()
    first.not_with.set(others)

    with pytest.raises(Exclusive):
        lock(paper.round)


@pytest.mark.parametrize("correct", [[], ["z"], ["a", "b"], ["a", "a"]])
def test_an_item_whose_key_does_not_fit_stops_the_lock(correct):
    paper = make.make_paper(items=3)
    key = ItemKey.objects.filter(version__item__bank=paper.bank).first()
    ItemKey.objects.filter(pk=key.pk).update(correct=correct)

    with pytest.raises(UnfitItem) as caught:
        lock(paper.round)

    assert key.version.item.code in str(caught.value)


def test_a_round_without_papers_has_nothing_to_lock():
    with pytest.raises(NothingToLock):
        lock(make.make_round())


@pytest.mark.parametrize(
    ("show_keys", "fits"), [("after_round", False), ("after_contest", True)]
)
def test_items_whose_key_was_shown_are_no_use_for_a_new_pool(show_keys, fits):
    first = make.make_paper(show_keys=show_keys)
    second = make.make_round(first.round.contest, 2)
    make.make_paper(second, first.audience, bank=first.bank, show_keys=show_keys)
    lock(first.round)
    publish(first.round)

    if fits:
        assert lock(second, now=CLOSES + timedelta(hours=1))
    else:
        with pytest.raises(CannotFill):
            lock(second, now=CLOSES + timedelta(hours=1))


def test_items_are_ranked_by_how_often_earlier_pools_used_them():
    first = make.make_paper(items=3)
    lock(first.round)
    used = list(first.bank.items.all())
    fresh = make.make_item(first.bank)
    second = make.make_round(first.round.contest, 2)
    make.make_paper(second, first.audience, bank=first.bank)

    (pool,) = lock(second)

    ranks = dict(pool.items.values_list("version__item", "exposure_rank"))
    assert ranks[fresh.pk] == 1
    assert {ranks[item.pk] for item in used} == {2, 3, 4}


def test_a_lock_is_few_statements_however_many_items(django_assert_max_num_queries):
    paper = make.make_paper(items=30)

    with django_assert_max_num_queries(20):
        lock(paper.round)
