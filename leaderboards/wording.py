"""
Reasons to sentences for the rows of a tally, in the active language.

Tallies store codes with parameters; here they become what an office would write. People
are named as the public may read them, units by their names.
"""

from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from leaderboards.services import names
from leaderboards.wording_reasons import Context, gate_sentence, row_above, sentence
from quizzes.models import ContestUnit, Entrant, PaperSpec

COUNTED = {
    PaperSpec.Prediction.PERFECT_PEOPLE: pgettext_lazy("counted", "người"),
    PaperSpec.Prediction.PEOPLE: pgettext_lazy("counted", "người"),
    PaperSpec.Prediction.ATTEMPTS: pgettext_lazy("counted", "lượt"),
}


class Contexts:
    """What sentences about one tally's rows need, read once for all of them."""

    def __init__(self, tally):
        self.tally = tally

    def of_people(self, audience_id):
        """For a ranking's rows: what the round's prediction counts, and its truth."""
        counts, key = self.predictions.get(audience_id, ("", ""))
        return Context(
            counted=str(COUNTED.get(counts, "")), truth=self.tally.truths.get(key)
        )

    def of_units(self, scheme):
        """For a scheme's rows: the titles and metrics of its components."""
        components = scheme.rule.get("components", [])
        return Context(
            titles={one["code"]: one.get("title", "").lower() for one in components},
            kinds={one["code"]: one["metric"] for one in components},
            is_unit=True,
        )

    @cached_property
    def predictions(self):
        """What each audience of the round predicts, with the key of its truth."""
        if self.tally.round_id is None:
            return {}
        specs = PaperSpec.objects.filter(round=self.tally.round_id)
        rows = specs.values_list("audience", "prediction", "audience__code")
        number = self.tally.round.number
        return {pk: (counts, f"{number}/{code}") for pk, counts, code in rows}


def explanation(award):
    """The chain of reasons for an award, a list of sentences."""
    contexts = Contexts(award.tally)
    if award.scheme is not None:
        context = contexts.of_units(award.scheme)
    else:
        context = contexts.of_people(award.audience_id)
    context.names = names_in(award.reasons, award.tally.contest)
    return [sentence(one, context) for one in award.reasons]


def near_misses(tally):
    """
    Why those next below the last prize won nothing.

    ``[{"name", "place", "rule", "round", "group", "sentences"}]`` in order.
    """
    contexts = Contexts(tally)
    schemes = {one.code: one for one in tally.contest.schemes.all()}
    audiences = dict(tally.contest.audiences.values_list("code", "pk"))
    found = tally.summary.get("near_misses", [])
    reasons = [reason for one in found for reason in one["reasons"]]
    who = [{"params": {"with": one["who"]}} for one in found]
    known = names_in([*reasons, *who], tally.contest)
    told = []
    for one in found:
        if one["kind"] == "scheme":
            context = contexts.of_units(schemes[one["rule"]])
        else:
            context = contexts.of_people(audiences.get(one["group"]))
        context.names = known
        told.append(
            {
                "name": context.name(one["who"]),
                "sentences": [sentence(reason, context) for reason in one["reasons"]],
                **{key: one[key] for key in ("place", "rule", "round", "group")},
            }
        )
    return told


def standing(row, contexts):
    """Why a standing stands behind the row above it; empty for the first."""
    context = contexts.of_people(row.audience_id)
    return row_above(row.reason, context, row.facts.get("max_score"))


def unit_result(row, contexts):
    """Why a unit has its place: its gates, then the comparison with the unit above."""
    gates = [
        gate_sentence(gate, contexts.of_units(row.scheme))
        for gate in row.facts.get("gates", [])
    ]
    if row.facts.get("excluded"):
        gates.append(_("Đơn vị không được xét giải."))
    above = row_above(row.reason, contexts.of_units(row.scheme))
    return [*gates, above] if above else gates


def names_in(reasons, contest):
    """Public names of the people and units that ``reasons`` speak of, by their code."""
    codes = {
        code
        for reason in reasons
        for key in ("with", "who")
        if isinstance(code := reason["params"].get(key), str)
    }
    units = ContestUnit.objects.filter(contest=contest, unit__code__in=codes)
    found = {one.unit.code: one.unit.name for one in units.select_related("unit")}
    uuids = [code for code in codes if len(code) == 36 and code not in found]
    entrants = list(Entrant.objects.filter(contest=contest, uuid__in=uuids))
    shown = names.shown(entrants) if entrants else {}
    return found | {str(one.uuid): shown[one.pk] for one in entrants}
