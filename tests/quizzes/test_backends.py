import pytest

from quizzes.backends import contest_of
from quizzes.models import Role
from tests.factories import (
    make_attempt,
    make_contest,
    make_role,
    make_round,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db


def make_worker(contest, kind=Role.Kind.ORGANISER, **fields):
    user = make_user(**{"is_staff": True} | fields)
    make_role(contest, kind, user=user)
    return user


def test_a_role_counts_in_its_own_contest_alone():
    own, other = make_round(make_contest("a")), make_round(make_contest("b"))
    user = make_worker(own.contest)

    assert user.has_perm("quizzes.change_round", own)
    assert not user.has_perm("quizzes.change_round", other)


def test_rows_of_no_contest_need_a_role_in_any():
    user = make_worker(make_contest())

    assert user.has_perm("accounts.change_unit", make_unit())
    assert not make_user(is_staff=True).has_perm("accounts.change_unit", make_unit())


@pytest.mark.parametrize("fields", [{"is_staff": False}, {"is_active": False}])
def test_a_role_opens_nothing_without_an_active_staff_account(fields):
    contest = make_contest()
    user = make_worker(contest, **fields)

    assert not user.has_perm("quizzes.view_contest", contest)
    assert not user.has_module_perms("quizzes")


@pytest.mark.parametrize("kind", [Role.Kind.LEADER, Role.Kind.LIAISON])
def test_leaders_and_liaisons_have_no_part_in_the_admin(kind):
    contest = make_contest()
    user = make_user(is_staff=True)
    make_role(contest, kind, user=user, unit=make_unit())

    assert not user.has_perm("quizzes.view_contest", contest)


def test_nobody_deletes_a_contest_or_hands_out_roles_by_role():
    contest = make_contest()
    user = make_worker(contest)

    assert not user.has_perm("quizzes.delete_contest", contest)
    assert not user.has_perm("quizzes.add_role")


def test_the_contest_of_a_row_is_found_through_its_parents():
    attempt = make_attempt()

    assert contest_of(attempt) == attempt.round.contest_id
    assert contest_of(attempt.round.contest) == attempt.round.contest_id
    assert contest_of(make_unit()) is None
