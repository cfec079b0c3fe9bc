"""
Reasons to sentences, in the active language.

Tallies store codes with parameters; here they become what an office would write. People
are named as the public may read them, units by their names.
"""

from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from contest.lib.templatetags import wording
from leaderboards.services import names
from leaderboards.wording_values import label_of, pair, written
from quizzes.models import ContestUnit, Entrant, PaperSpec

COUNTED = {
    PaperSpec.Prediction.PERFECT_PEOPLE: pgettext_lazy("counted", "người"),
    PaperSpec.Prediction.PEOPLE: pgettext_lazy("counted", "người"),
    PaperSpec.Prediction.ATTEMPTS: pgettext_lazy("counted", "lượt"),
}
COMPARISONS = {"before", "behind", "equal"}


@dataclass
class Context:
    """What sentences need beside the reasons: names, titles, what predictions count."""

    names: dict = field(default_factory=dict)
    titles: dict = field(default_factory=dict)
    kinds: dict = field(default_factory=dict)
    counted: str = ""
    is_unit: bool = False

    def name(self, who):
        return self.names.get(who) or _("người khác")


def explanation(award):
    """The chain of reasons for an award, a list of sentences."""
    context = context_of(award.tally, award.ranking, award.scheme, award.audience)
    context.names = names_in(award.reasons, award.tally.contest)
    return [sentence(one, context) for one in award.reasons]


def near_misses(tally):
    """
    Why those next below the last prize won nothing.

    ``[{"name", "place", "rule", "round", "group", "sentences"}]`` in order.
    """
    rankings = {one.code: one for one in tally.contest.rankings.all()}
    schemes = {one.code: one for one in tally.contest.schemes.all()}
    audiences = {one.code: one for one in tally.contest.audiences.all()}
    found = tally.summary.get("near_misses", [])
    reasons = [reason for one in found for reason in one["reasons"]]
    who = [{"params": {"with": one["who"]}} for one in found]
    known = names_in([*reasons, *who], tally.contest)
    told = []
    for one in found:
        is_unit = one["kind"] == "scheme"
        context = context_of(
            tally,
            None if is_unit else rankings.get(one["rule"]),
            schemes.get(one["rule"]) if is_unit else None,
            audiences.get(one["group"]),
        )
        context.names = known
        told.append(
            {
                "name": context.name(one["who"]),
                "sentences": [sentence(reason, context) for reason in one["reasons"]],
                **{key: one[key] for key in ("place", "rule", "round", "group")},
            }
        )
    return told


def standing(row):
    """Why a standing stands behind the row above it; empty for the first."""
    context = context_of(row.tally, row.ranking, None, row.audience)
    columns = {c["code"]: c for c in row.ranking.rule["criteria"]}
    return behind_above(row.reason, context, column_names(columns), row.facts)


def unit_result(row):
    """Why a unit has its place: its gates, then the comparison with the unit above."""
    context = context_of(row.tally, None, row.scheme, None)
    gates = [gate_sentence(gate, context) for gate in row.facts.get("gates", [])]
    if row.facts.get("excluded"):
        gates.append(_("Đơn vị không được xét giải."))
    above = behind_above(row.reason, context, {}, row.facts)
    return [*gates, above] if above else gates


def column_names(criteria):
    """Criterion codes to the columns under which their values stand."""
    special = {"duration": "duration_ms", "age": "birth"}
    return {code: special.get(code, code) for code in criteria}


def behind_above(reason, context, columns, facts):
    if not reason:
        return ""
    if reason["code"] == "equal":
        return _("Bằng người xếp trên ở mọi tiêu chí nên đồng hạng.")
    column = columns.get(reason["criterion"], reason["criterion"])
    own, above = pair(
        column,
        reason["own"],
        reason["above"],
        kinds=context.kinds,
        counted=context.counted,
        most=facts.get("max_score"),
    )
    return _("Xếp sau hàng trên: %(label)s %(own)s, hàng trên %(above)s.") % {
        "label": label_of(column, context.titles),
        "own": own,
        "above": above,
    }


def context_of(tally, ranking, scheme, audience):
    """Titles and metrics of a scheme, or what a round's prediction counts."""
    context = Context(is_unit=scheme is not None)
    if scheme is not None:
        for component in scheme.rule["components"]:
            context.titles[component["code"]] = component.get("title", "").lower()
            context.kinds[component["code"]] = component["metric"]
        return context
    if tally.round_id and audience is not None:
        spec = PaperSpec.objects.filter(round=tally.round_id, audience=audience).first()
        context.counted = str(COUNTED.get(spec.prediction, "")) if spec else ""
    return context


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


def sentence(reason, context):
    """One reason as one sentence."""
    code, params = reason["code"], reason["params"]
    if code in COMPARISONS:
        return comparison(code, params, context)
    return SENTENCES[code](params, context)


def comparison(code, params, context):
    """ "Xếp trên ... (hạng 2): bằng điểm 15/15; dự đoán lệch 3, so với 11." """
    told = {"name": context.name(params["with"]), "place": params["place"]}
    if code == "equal":
        return _("Bằng %(name)s (hạng %(place)d) ở mọi tiêu chí.") % told
    column, most = params["column"], params.get("max_score")
    own, other = pair(
        column,
        params["a"],
        params["b"],
        kinds=context.kinds,
        counted=context.counted,
        most=most,
    )
    told |= {"label": label_of(column, context.titles), "own": own, "other": other}
    told["equal"] = "".join(
        _("bằng %(label)s %(value)s; ")
        % {
            "label": label_of(name, context.titles),
            "value": written(
                context.kinds.get(name, name),
                value,
                counted=context.counted,
                most=most,
            ),
        }
        for name, value in params["equal"]
    )
    if code == "behind":
        return (
            _(
                "Xếp sau %(name)s (hạng %(place)d): %(equal)s%(label)s %(own)s, "
                "so với %(other)s."
            )
            % told
        )
    return (
        _(
            "Xếp trên %(name)s (hạng %(place)d): %(equal)s%(label)s %(own)s, "
            "so với %(other)s."
        )
        % told
    )


def place_sentence(params, context):
    told = {"place": params["place"], "of": wording.number(params["of"])}
    if context.is_unit:
        return _("Xếp hạng %(place)d trong %(of)s đơn vị được xếp hạng.") % told
    return _("Xếp hạng %(place)d trong %(of)s người được xếp hạng.") % told


def gate_sentence(gate, context):
    """A gate with its value and what it asks for."""
    kind = "compulsory" if gate["code"] == "compulsory" else gate["metric"]
    value, needed = pair(kind, gate["value"], gate["needed"], kinds={})
    told = {"label": label_of(kind, {}), "value": value, "needed": needed}
    if gate["passed"] and Fraction(gate["value"] or 0) < Fraction(gate["needed"]):
        return minimum_sentence(gate, told)
    if gate["passed"] and gate["value"] is None:
        return _("Đạt điều kiện %(label)s: không có ai thuộc diện này.") % told
    if gate["passed"]:
        return _("Đạt điều kiện %(label)s: %(value)s, yêu cầu %(needed)s.") % told
    return _("Không đạt điều kiện %(label)s: %(value)s, yêu cầu %(needed)s.") % told


def minimum_sentence(gate, told):
    """Passed by number, not by share."""
    if not gate.get("headcount"):
        return _("Đạt điều kiện %(label)s: không có ai thuộc diện này.") % told
    people = wording.number(Fraction(gate["people"] or 0))
    told |= {"people": people, "minimum": wording.number(gate["minimum"] or 0)}
    return (
        _(
            "Đạt điều kiện %(label)s theo số người: %(people)s người, "
            "yêu cầu %(minimum)s người."
        )
        % told
    )


def skipped_sentence(params, context):
    told = {"name": context.name(params["who"]), "place": params["place"]}
    told["prize"] = params["holds"].get("title", params["holds"]["prize"])
    if params["holds"]["round"] is None:
        return _("%(name)s (hạng %(place)d) đã có %(prize)s nên không xét thêm.") % told
    told["round"] = params["holds"]["round"]
    return (
        _(
            "%(name)s (hạng %(place)d) đã có %(prize)s vòng %(round)d "
            "nên không xét thêm."
        )
        % told
    )


def shared_sentence(params, context):
    told = {
        "count": wording.number(params["with"]),
        "places": wording.number(params["places"]),
        "total": wording.money(params["total"]),
    }
    return (
        _(
            "%(count)s bên đồng hạng đúng vạch giải: cùng nhận giải này và chia đều "
            "tiền thưởng của %(places)s suất (%(total)s), làm tròn xuống từng đồng."
        )
        % told
    )


def extended_sentence(params, context):
    return _("%(count)s bên đồng hạng đúng vạch giải: mỗi bên nhận trọn giải này.") % {
        "count": wording.number(params["with"])
    }


def lot_sentence(params, context):
    return _(
        "%(count)s bên đồng hạng đúng vạch giải: thứ tự do bốc thăm theo chuỗi đã "
        "công bố, số thăm %(lot)s."
    ) % {"count": wording.number(params["with"]), "lot": params["lot"][:8]}


def organiser_sentence(params, context):
    return _(
        "%(count)s bên đồng hạng đúng vạch giải: ban tổ chức quyết định thứ tự, lý do: "
        "%(reason)s."
    ) % {"count": wording.number(params["with"]), "reason": params["reason"]}


SENTENCES = {
    "place": place_sentence,
    "gate": gate_sentence,
    "skipped": skipped_sentence,
    "tie_shared": shared_sentence,
    "tie_extended": extended_sentence,
    "tie_by_lot": lot_sentence,
    "tie_by_organiser": organiser_sentence,
}
