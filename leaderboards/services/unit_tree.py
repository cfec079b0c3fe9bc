"""The tree of units as a contest reads it: which node reports to which of its units."""

from accounts.models import Unit
from quizzes.models import ContestUnit


class UnitTree:
    """Which unit of the contest each node of the tree reports to."""

    def __init__(self, contest):
        self.contest_units = list(
            ContestUnit.objects.filter(contest=contest)
            .select_related("unit", "bloc", "counts_as__unit")
            .order_by("unit__code")
        )
        self.codes = {one.unit_id: one.unit.code for one in self.contest_units}
        self.parents = dict(Unit.objects.values_list("pk", "parent_id"))
        self.found = {None: None}

    def reporting(self, unit_id):
        """The code of the nearest ancestor-or-self that reports here, or None."""
        if unit_id not in self.found:
            self.found[unit_id] = self.codes.get(unit_id)
            if self.found[unit_id] is None:
                self.found[unit_id] = self.reporting(self.parents.get(unit_id))
        return self.found[unit_id]

    def within(self, unit_id):
        """The primary keys of a unit and all below it."""
        found, waiting = set(), [unit_id]
        children = {}
        for pk, parent in self.parents.items():
            children.setdefault(parent, []).append(pk)
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += children.get(one, [])
        return found
