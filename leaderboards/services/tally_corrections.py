"""
Corrections on their way into a tally's inputs.

A correction names any node of the unit tree; the tally knows reporting units. Excluding
a node above them excludes each; excluding one below excludes its own people.
"""

from leaderboards.rules.moments import milliseconds
from quizzes.models import Correction, Entrant


def gather_corrections(corrections, tree):
    """``corrections`` (in force, with their rows) as the rules read them."""
    rows = []
    for one in corrections:
        for place, target in enumerate(targets(one, tree)):
            rows.append(
                {
                    "id": f"{one.pk:012d}.{place}",
                    "kind": one.kind,
                    "decided_at": milliseconds(one.approved_at),
                    "reason": one.reason,
                    "document": one.document,
                    **target,
                }
            )
    return rows


def targets(one, tree):
    """What a correction is about and what it says, once per thing it touches."""
    kind = Correction.Kind(one.kind)
    entrant = str(one.entrant.uuid) if one.entrant else None
    if kind == Correction.Kind.VOID:
        return [{"attempt": str(one.attempt.uuid)}]
    if kind == Correction.Kind.UNIT:
        return [{"entrant": entrant, "to": tree.reporting(one.unit_id)}]
    if kind == Correction.Kind.AUDIENCE:
        return [{"entrant": entrant, "to": one.audience.code}]
    if kind == Correction.Kind.ELIGIBILITY:
        return [{"entrant": entrant, "to": False}]
    if kind == Correction.Kind.SAME_PERSON:
        return [{"entrant": entrant, "to": str(one.same_as.uuid)}]
    if entrant is not None:
        return [{"entrant": entrant}]
    return excluded_units(one, tree)


def excluded_units(one, tree):
    nodes = tree.within(one.unit_id)
    reporting = sorted(tree.codes[pk] for pk in nodes if pk in tree.codes)
    if reporting:
        return [{"unit": code} for code in reporting]
    people = Entrant.objects.filter(contest=one.contest_id, unit__in=nodes)
    uuids = people.order_by("uuid").values_list("uuid", flat=True)
    return [{"entrant": str(uuid)} for uuid in uuids]
