"""The tree of units as a contest reads it: which node reports to which of its units."""

from accounts.models import Unit
from quizzes.models import ContestUnit


def nearest_reporting(reporting):
    """
    Map every unit's id to its nearest ancestor-or-self among ``reporting``, or None.

    ``reporting`` are ids of units. A circle of parents reports to nobody.
    """
    parents = parents_of_all()
    found = {}
    for unit_id in parents:
        at, seen = unit_id, set()
        while at is not None and at not in reporting and at not in seen:
            seen.add(at)
            at = parents[at]
        found[unit_id] = at if at in reporting else None
    return found


def parents_of_all():
    return dict(Unit.objects.values_list("pk", "parent_id"))


class UnitTree:
    """Which unit of the contest each node of the tree reports to."""

    def __init__(self, contest):
        self.contest_units = list(
            ContestUnit.objects.filter(contest=contest)
            .select_related("unit", "bloc", "counts_as__unit")
            .order_by("unit__code")
        )
        self.codes = {one.unit_id: one.unit.code for one in self.contest_units}
        self.nearest = nearest_reporting(self.codes)

    def reporting(self, unit_id):
        """The code of the nearest ancestor-or-self that reports here, or None."""
        return self.codes.get(self.nearest.get(unit_id))

    def within(self, unit_id):
        """The primary keys of a unit and all below it."""
        found, waiting = set(), [unit_id]
        children = {}
        for pk, parent in parents_of_all().items():
            children.setdefault(parent, []).append(pk)
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += children.get(one, [])
        return found
