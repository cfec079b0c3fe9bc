from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.rules.drawing import CannotDraw, draw, make_seed, prove, shortages

TOPICS = ("the-che", "bo-may")
LEVELS = ("easy", "hard")


def make_item(code, topic="the-che", difficulty="easy", **more):
    options = [{"id": letter, "text": f"{code} {letter}"} for letter in "abcd"]
    return {
        "version": f"v-{code}",
        "item": code,
        "topic": topic,
        "difficulty": difficulty,
        "type": "single",
        "stem": f"Câu {code}?",
        "options": options,
        "not_with": [],
    } | more


def make_pool(items, *blueprint, **more):
    lines = [
        {"topic": topic, "difficulty": difficulty, "count": count}
        for topic, difficulty, count in blueprint
    ]
    return {"items": items, "blueprint": lines, "fixed": False} | more


def cell(size, topic="the-che", difficulty="easy"):
    return [
        make_item(f"{topic}-{difficulty}-{n}", topic, difficulty) for n in range(size)
    ]


def seeds(count):
    return [make_seed(f"{n:08x}") for n in range(count)]


def codes(paper):
    return [drawn["item"].removeprefix("v-") for drawn in paper]


WHOLE = make_pool(
    [item for t in TOPICS for level in LEVELS for item in cell(9, t, level)],
    ("the-che", "easy", 3),
    ("the-che", "hard", 2),
    ("bo-may", "easy", 4),
)


@given(st.text("0123456789abcdef", min_size=1), st.integers(0, 12))
@settings(max_examples=60, deadline=None)
def test_every_paper_has_the_counts_of_the_blueprint_and_no_item_twice(text, met):
    seen = [item["item"] for item in WHOLE["items"][:met]]

    paper = codes(draw(WHOLE, seed=make_seed(text), seen=seen))

    assert len(set(paper)) == 9
    assert Counter(code.rsplit("-", 1)[0] for code in paper) == {
        "the-che-easy": 3,
        "the-che-hard": 2,
        "bo-may-easy": 4,
    }


def test_the_same_seed_draws_the_same_paper_and_another_seed_another():
    first, again, other = (draw(WHOLE, seed=f"1.{s}") for s in ("aa", "aa", "ab"))

    assert first == again
    assert first != other


def test_a_stored_seed_draws_the_paper_it_drew_when_this_version_was_made():
    pool = make_pool(cell(6), ("the-che", "easy", 3))

    papers = {
        seed: [d["item"][-1] + "".join(d["options"]) for d in draw(pool, seed=seed)]
        for seed in ("1.00", "1.01", "1.2025")
    }

    assert papers == {
        "1.00": ["4cdba", "0abcd", "5dabc"],
        "1.01": ["5dabc", "0bdca", "3bcda"],
        "1.2025": ["2cadb", "1cadb", "4dabc"],
    }


def test_a_seed_of_another_version_is_refused_instead_of_drawing_another_paper():
    with pytest.raises(CannotDraw) as caught:
        draw(WHOLE, seed="2.aa")

    assert caught.value.code == "unknown_seed"


def test_every_item_of_a_cell_is_drawn_equally_often():
    pool = make_pool(cell(7), ("the-che", "easy", 3))
    drawn = Counter(
        code for seed in seeds(7_000) for code in codes(draw(pool, seed=seed))
    )

    expected = 7_000 * 3 / 7
    chi_square = sum((n - expected) ** 2 / expected for n in drawn.values())

    assert len(drawn) == 7
    assert chi_square < 22.5  # 6 degrees of freedom: exceeded once in a thousand


def test_every_order_of_options_and_items_is_equally_likely():
    pool = make_pool(cell(3), ("the-che", "easy", 3))
    papers = [draw(pool, seed=seed) for seed in seeds(4_800)]
    orders = {
        "items": Counter(tuple(codes(paper)) for paper in papers),
        "options": Counter(tuple(paper[0]["options"]) for paper in papers),
    }

    for name, possible, limit in (("items", 6, 20.6), ("options", 24, 49.8)):
        expected = 4_800 / possible
        found = orders[name]
        assert len(found) == possible
        assert sum((n - expected) ** 2 / expected for n in found.values()) < limit


def test_items_met_before_come_only_when_the_others_do_not_suffice():
    pool = make_pool(cell(5), ("the-che", "easy", 3))
    seen = ["the-che-easy-0", "the-che-easy-1", "the-che-easy-2"]

    papers = [codes(draw(pool, seed=seed, seen=seen)) for seed in seeds(50)]

    assert all({"the-che-easy-3", "the-che-easy-4"} <= set(paper) for paper in papers)
    assert len({code for paper in papers for code in paper}) == 5


def test_items_that_exclude_each_other_never_meet():
    items = cell(6)
    items[0]["not_with"] = ["the-che-easy-1", "the-che-easy-2"]
    pool = make_pool(items, ("the-che", "easy", 3))

    for seed in seeds(300):
        paper = set(codes(draw(pool, seed=seed)))
        if "the-che-easy-0" in paper:
            assert not paper & {"the-che-easy-1", "the-che-easy-2"}


def test_exclusions_do_not_fail_when_one_combination_is_left():
    """Each of the easy items excludes all hard ones but its own; one pair is free."""
    easy, hard = cell(20), cell(20, difficulty="hard")
    for n, item in enumerate(easy):
        item["not_with"] = [h["item"] for k, h in enumerate(hard) if (n, k) != (7, 11)]
    pool = make_pool(easy + hard, ("the-che", "easy", 1), ("the-che", "hard", 1))

    papers = [set(codes(draw(pool, seed=seed))) for seed in seeds(20)]

    assert papers == [{"the-che-easy-7", "the-che-hard-11"}] * 20
    prove(pool)


def test_a_fresh_item_gives_way_when_only_a_met_one_fits():
    items = cell(2) + cell(1, difficulty="hard")
    items[0]["not_with"] = ["the-che-hard-0"]
    pool = make_pool(items, ("the-che", "easy", 1), ("the-che", "hard", 1))

    paper = codes(draw(pool, seed="1.aa", seen=["the-che-easy-1"]))

    assert set(paper) == {"the-che-easy-1", "the-che-hard-0"}


@pytest.mark.parametrize("function", [prove, lambda pool: draw(pool, seed="1.aa")])
def test_a_pool_that_lacks_items_says_which_and_how_many(function):
    pool = make_pool(cell(2), ("the-che", "easy", 2), ("bo-may", "hard", 1))

    with pytest.raises(CannotDraw) as caught:
        function(pool)

    assert caught.value.code == "pool_too_small"
    assert caught.value.params == {
        "topic": "bo-may",
        "difficulty": "hard",
        "needed": 1,
        "available": 0,
    }
    assert len(shortages(pool)) == 1


@pytest.mark.parametrize("fixed", [True, False])
def test_a_pool_whose_items_all_exclude_each_other_is_refused(fixed):
    items = cell(4)
    items[0]["not_with"] = [item["item"] for item in items[1:]]
    for item in items[1:]:
        item["not_with"] = [other["item"] for other in items if other is not item]
    pool = make_pool(items, ("the-che", "easy", 2), fixed=fixed)

    with pytest.raises(CannotDraw) as caught:
        prove(pool)

    assert caught.value.code == "exclusions"


def test_lines_that_share_items_are_filled_without_taking_one_twice():
    pool = make_pool(
        cell(2) + cell(1, difficulty="hard"), (None, None, 1), ("the-che", "easy", 2)
    )

    for seed in seeds(30):
        assert len(set(codes(draw(pool, seed=seed)))) == 3


def test_a_fixed_set_has_every_item_in_its_order_unless_shuffled():
    pool = make_pool(cell(5), fixed=True)

    in_order = draw(pool | {"shuffle_items": False}, seed="1.aa")
    shuffled = [tuple(codes(draw(pool, seed=seed))) for seed in seeds(20)]

    assert codes(in_order) == [item["item"] for item in pool["items"]]
    assert all(sorted(paper) == codes(in_order) for paper in shuffled)
    assert len(set(shuffled)) > 10


def test_a_pinned_option_keeps_its_place_and_the_others_move():
    item = make_item("x")
    item["options"][3]["pinned"] = True
    pool = make_pool([item], fixed=True)

    orders = {"".join(draw(pool, seed=seed)[0]["options"]) for seed in seeds(100)}

    assert {order[3] for order in orders} == {"d"}
    assert len(orders) == 6


@pytest.mark.parametrize(
    ("more", "settings"),
    [({"type": "true_false"}, {}), ({}, {"shuffle_options": False})],
)
def test_options_keep_their_order_where_they_must(more, settings):
    pool = make_pool([make_item("x", **more)], fixed=True, **settings)

    assert {"".join(draw(pool, seed=s)[0]["options"]) for s in seeds(30)} == {"abcd"}


def test_drawing_from_a_large_pool_takes_no_noticeable_time():
    """A start draws in the request: 400 items, 60 to draw, a chain of exclusions."""
    items = cell(400)
    for n in range(0, 398, 2):
        items[n]["not_with"] = [items[n + 1]["item"], items[n + 2]["item"]]
    pool = make_pool(items, ("the-che", "easy", 60))

    assert len(draw(pool, seed="1.aa", seen=[i["item"] for i in items[:300]])) == 60
