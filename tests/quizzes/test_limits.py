import pytest

from quizzes.rules.limits import Left, problems, reached, remaining

ONE_A_ROUND = [{"n": 1, "per": "round"}]
SEVEN_A_CONTEST_TWO_A_DAY = [{"n": 7, "per": "contest"}, {"n": 2, "per": "day"}]


def used(day=0, round=0, contest=0):
    return {"day": day, "round": round, "contest": contest}


@pytest.mark.parametrize(
    ("limits", "made", "extra", "expected"),
    [
        ([], used(99, 99, 99), 0, None),
        (ONE_A_ROUND, used(), 0, None),
        (ONE_A_ROUND, used(round=1), 0, Left(1, "round", 0)),
        (ONE_A_ROUND, used(round=1), 1, None),
        (ONE_A_ROUND, used(round=2), 1, Left(2, "round", 0)),
        (ONE_A_ROUND, used(contest=3), 0, None),
        (SEVEN_A_CONTEST_TWO_A_DAY, used(2, 2, 2), 0, Left(2, "day", 0)),
        (SEVEN_A_CONTEST_TWO_A_DAY, used(1, 6, 6), 0, None),
        (SEVEN_A_CONTEST_TWO_A_DAY, used(1, 7, 7), 0, Left(7, "contest", 0)),
        (SEVEN_A_CONTEST_TWO_A_DAY, used(1, 7, 7), 1, None),
    ],
)
def test_a_limit_is_reached(limits, made, extra, expected):
    assert reached(limits, used=made, extra=extra) == expected


def test_what_is_left_is_told_for_each_limit_and_never_negative():
    left = remaining(SEVEN_A_CONTEST_TWO_A_DAY, used=used(3, 3, 5))

    assert left == [Left(7, "contest", 2), Left(2, "day", 0)]


@pytest.mark.parametrize(
    ("limits", "codes"),
    [
        ([], []),
        (SEVEN_A_CONTEST_TWO_A_DAY, []),
        ([{"n": 0, "per": "day"}], ["bad_limit"]),
        ([{"n": True, "per": "day"}], ["bad_limit"]),
        ([{"n": 1, "per": "week"}], ["bad_limit"]),
        ([{"n": 1, "per": "day"}, {"n": 2, "per": "day"}], ["limit_twice"]),
    ],
)
def test_limits_that_mean_nothing_are_named(limits, codes):
    assert problems(limits) == codes
