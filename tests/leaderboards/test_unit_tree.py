import pytest

from accounts.models import Unit
from leaderboards.services.unit_tree import UnitTree, nearest_reporting
from tests.factories import make_bloc, make_contest, make_contest_unit, make_unit

pytestmark = pytest.mark.django_db


def test_a_node_reports_to_its_nearest_ancestor_that_does():
    contest = make_contest()
    ward = make_contest_unit(make_bloc(contest), make_unit("phuong-a")).unit
    school = make_unit("truong-b", parent=ward)
    group = make_unit("to-c", parent=school)
    stranger = make_unit("khac")

    tree = UnitTree(contest)

    units = (ward, school, group, stranger)
    assert [tree.reporting(unit.pk) for unit in units] == ["phuong-a"] * 3 + [None]
    assert tree.reporting(None) is None
    assert tree.within(school.pk) == {school.pk, group.pk}


def test_parents_in_a_circle_report_to_nobody():
    a = make_unit("a")
    b = make_unit("b", parent=a)
    Unit.objects.filter(pk=a.pk).update(parent=b)

    assert nearest_reporting({}) == {a.pk: None, b.pk: None}
