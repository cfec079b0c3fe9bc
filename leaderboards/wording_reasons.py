"""
Reason codes to sentences, in the active language.

``Context`` holds what a sentence needs beside its reason; ``leaderboards.wording``
finds it for the rows of a tally.
"""

from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _

from contest.lib.templatetags import wording
from leaderboards.wording_values import COLUMN_OF, label_of, pair, written

COMPARISONS = {"before", "behind", "equal"}
AGE = COLUMN_OF["age"]
DISTANCE = "prediction_distance"


@dataclass
class Context:
    """What sentences need beside the reasons: names, titles, what predictions count."""

    names: dict = field(default_factory=dict)
    titles: dict = field(default_factory=dict)
    kinds: dict = field(default_factory=dict)
    counted: str = ""
    truth: int | None = None
    is_unit: bool = False

    def name(self, who):
        return self.names.get(who) or _("người khác")

    def label(self, column):
        return label_of(column, self.titles)

    def pair(self, column, a, b, most):
        return pair(column, a, b, kinds=self.kinds, counted=self.counted, most=most)

    def written(self, column, value, most):
        kind = self.kinds.get(column, column)
        return written(kind, value, counted=self.counted, most=most)


def sentence(reason, context):
    """One reason as one sentence."""
    code, params = reason["code"], reason["params"]
    if code in COMPARISONS:
        return comparison(code, params, context) + truth_of(params, context)
    return SENTENCES[code](params, context)


def comparison(code, params, context):
    """ "Xếp trên ... (hạng 2): bằng điểm 15/15; dự đoán lệch 3, so với 11." """
    told = {"name": context.name(params["with"]), "place": params["place"]}
    if code == "equal":
        return _("Bằng %(name)s (hạng %(place)d) ở mọi tiêu chí.") % told
    column, most = params["column"], params.get("max_score")
    told["label"] = context.label(column)
    told["equal"] = equals(params["equal"], context, most)
    if column == AGE:
        return by_age(code, told)
    told["own"], told["other"] = context.pair(column, params["a"], params["b"], most)
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


def truth_of(params, context):
    """The truth of the prediction, where a comparison came as far as that."""
    columns = [params.get("column"), *(name for name, _v in params.get("equal", []))]
    if context.truth is None or DISTANCE not in columns:
        return ""
    truth = context.written(DISTANCE, context.truth, None)
    return _(" Đáp số câu dự đoán: %(truth)s.") % {"truth": truth}


def equals(values, context, most):
    """What is equal before the comparison that parts two rows."""
    return "".join(
        _("bằng %(label)s %(value)s; ")
        % {
            "label": context.label(column),
            "value": context.written(column, value, most),
        }
        for column, value in values
    )


def by_age(code, told):
    """That ages decided; birth dates are not told."""
    if code == "behind":
        return (
            _(
                "Xếp sau %(name)s (hạng %(place)d): %(equal)s%(label)s quyết định, "
                "không công bố ngày sinh."
            )
            % told
        )
    return (
        _(
            "Xếp trên %(name)s (hạng %(place)d): %(equal)s%(label)s quyết định, "
            "không công bố ngày sinh."
        )
        % told
    )


def row_above(reason, context, most=None):
    """A row against the one above, as standings and unit results keep it."""
    if not reason:
        return ""
    if reason["code"] == "equal":
        return equal_to_above(context)
    column = reason["criterion"]
    if not context.is_unit:
        column = COLUMN_OF.get(column, column)
    if column == AGE:
        return _("Xếp sau hàng trên theo tuổi, không công bố ngày sinh.")
    own, above = context.pair(column, reason["own"], reason["above"], most)
    return _("Xếp sau hàng trên: %(label)s %(own)s, hàng trên %(above)s.") % {
        "label": context.label(column),
        "own": own,
        "above": above,
    }


def equal_to_above(context):
    if context.is_unit:
        return _("Bằng đơn vị xếp trên ở mọi tiêu chí nên đồng hạng.")
    return _("Bằng người xếp trên ở mọi tiêu chí nên đồng hạng.")


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
