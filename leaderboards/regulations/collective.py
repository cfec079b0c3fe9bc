"""Schemes for units: who is counted, gates, the formula, ties and prizes."""

from django.utils.translation import gettext as _

from leaderboards.regulations.figures import exact, listed, points, share
from leaderboards.regulations.individual import names_of, prizes, tie_sentence
from leaderboards.regulations.parts import listing, paragraph, section, table
from leaderboards.regulations.words import (
    ATTEMPTS,
    COMBINE,
    GATES,
    METRICS,
    NORMALISERS,
    OPERATORS,
    ROUNDS,
    UNIT_ONE_PRIZE,
    UNIT_TIES,
)
from leaderboards.rules.contradictions import known_of
from leaderboards.rules.scheme import read_scheme

SPANNING = {
    "steadiness",
    "rounds_count",
    "individual_prizes",
    "prize_points",
    "external",
}


def schemes(document):
    for place, row in enumerate(document["schemes"]):
        scheme = read_scheme(row, f"schemes[{place}]", known_of(document))
        yield _scheme(document, scheme, row["rule"])


def _scheme(document, scheme, rule):
    names = names_of(document)
    blocks = [
        paragraph(*_units(document, scheme, names)),
        paragraph(
            _population(scheme.defaults.population, names),
            ATTEMPTS[scheme.defaults.attempts],
        ),
        listing(
            (_gate(gate, scheme, names) for gate in scheme.gates),
            _("Đơn vị chỉ được xếp hạng khi đạt mọi điều kiện sau:")
            if scheme.gates
            else "",
        ),
        _components(scheme, names),
        paragraph(*_arithmetic(scheme)),
        _ties_in_order(scheme, names),
        prizes(scheme.prizes, names, least=exact),
        paragraph(
            UNIT_ONE_PRIZE.get(
                (scheme.one_prize.per, scheme.one_prize.policy),
                _("Một đơn vị có thể nhận nhiều giải."),
            ),
            tie_sentence(UNIT_TIES, scheme.tie, rule),
        ),
    ]
    return section(f"scheme-{scheme.code}", scheme.title, blocks)


def _units(document, scheme, names):
    if scheme.scope == "round":
        yield _("Xếp hạng tập thể sau mỗi vòng.")
    else:
        yield _("Xếp hạng tập thể khi kết thúc hội thi.")
    blocs = scheme.blocs or [bloc["code"] for bloc in document["blocs"]]
    named = listed(names[code] for code in blocs)
    if named:
        yield _("Các khối được xét: %(blocs)s.") % {"blocs": named}
    if scheme.group_by == "bloc":
        yield _("Xếp hạng riêng trong từng khối.")
    else:
        yield _("Xếp chung mọi đơn vị vào một bảng.")


def _population(population, names):
    if population.audiences:
        who = listed(names.get(code, code) for code in population.audiences)
    else:
        who = _("mọi đối tượng được tính cho đơn vị")
    said = _("Người được tính: %(who)s") % {"who": who}
    if population.citizens_by_commune:
        said = _("%(said)s, cùng người dân theo xã, phường nơi ở") % {"said": said}
    if population.categories:
        groups = listed(population.categories)
        said = _("%(said)s, thuộc nhóm vị trí %(groups)s") % {
            "said": said,
            "groups": groups,
        }
    return f"{said}."


def _gate(gate, scheme, names):
    metric = gate.measure.metric
    is_share = gate.code in ("rate", "compulsory") or metric.is_ratio
    facts = {
        "op": OPERATORS[gate.op],
        "value": share(gate.value) if is_share else exact(gate.value),
        "more": _minimum(getattr(gate, "minimum", None)),
        "category": getattr(gate, "category", ""),
        "source": getattr(metric, "source", ""),
        "metric": metric_words(metric),
    }
    said = str(GATES[gate.code] % facts)
    for below, value, minimum in getattr(gate, "bands", ()):
        band = {"n": below, "value": share(value), "more": _minimum(minimum)}
        said += " " + _("Đơn vị dưới %(n)s người: %(value)s%(more)s.") % band
    return " ".join([said, *_over(gate.measure, scheme, names)])


def _minimum(people):
    if people is None:
        return ""
    return _(", hoặc có ít nhất %(n)s người dự thi") % {"n": people}


def _over(measure, scheme, names):
    """How rounds combine, and what differs from the scheme's own settings."""
    if measure.metric.code not in SPANNING:
        yield _("Cách gộp các vòng: %(rounds)s.") % {"rounds": ROUNDS[measure.rounds]}
    if measure.attempts != scheme.defaults.attempts:
        yield str(ATTEMPTS[measure.attempts])
    if measure.population != scheme.defaults.population:
        yield _population(measure.population, names)


def metric_words(metric):
    """A metric with its settings, in words."""
    facts = {"source": getattr(metric, "source", "")}
    if metric.code == "share_above":
        facts["least"] = (
            _("%(n)s điểm") % {"n": points(metric.points)}
            if metric.share is None
            else _("%(share)s điểm tối đa") % {"share": share(metric.share)}
        )
    if metric.code == "external":
        facts["combine"] = COMBINE["mean" if metric.is_mean else "sum"]
    if metric.code == "prize_points":
        facts["points"] = ", ".join(
            f"{code}: {exact(n)}" for code, n in metric.points.items()
        )
    said = str(METRICS[metric.code] % facts)
    if metric.code in ("prize_points", "individual_prizes") and metric.rankings:
        return _("%(metric)s, xét các bảng %(rankings)s") % {
            "metric": said,
            "rankings": listed(metric.rankings),
        }
    if metric.code == "external" and metric.most is not None:
        return _("%(metric)s, tối đa %(most)s điểm") % {
            "metric": said,
            "most": exact(metric.most),
        }
    return said


def _components(scheme, names):
    rows = [
        (
            component.title or component.code,
            metric_words(component.measure.metric),
            _normaliser(component),
            " ".join(_over(component.measure, scheme, names)) or "–",
            _weight(component),
        )
        for component in scheme.components
    ]
    columns = [
        _("Tiêu chí"),
        _("Cách đo"),
        _("Cách quy đổi"),
        _("Phạm vi"),
        _("Trọng số"),
    ]
    return table(columns, rows, _("Cách tính điểm của đơn vị"))


def _normaliser(component):
    normaliser = component.normaliser
    facts = {}
    if normaliser.code == "rank_points":
        facts["points"] = ", ".join(exact(n) for n in normaliser.points)
    if normaliser.code == "bands":
        facts["bands"] = "; ".join(
            _("từ %(start)s: %(points)s")
            % {"start": exact(start), "points": exact(reached)}
            for start, reached in normaliser.bands
        )
    said = str(NORMALISERS[normaliser.code] % facts)
    if component.decimals is None:
        return said
    return _("%(said)s, làm tròn %(n)s chữ số thập phân") % {
        "said": said,
        "n": component.decimals,
    }


def _weight(component):
    weight = exact(component.weight)
    if component.normaliser.full == 100:
        return _("%(weight)s điểm ở mức 100 %%") % {"weight": weight}
    return _("nhân %(weight)s") % {"weight": weight}


def _arithmetic(scheme):
    yield _("Điểm của đơn vị là tổng điểm các tiêu chí.")
    if all(component.normaliser.full == 100 for component in scheme.components):
        total = sum(component.weight for component in scheme.components)
        yield _("Điểm cao nhất có thể đạt: %(total)s.") % {"total": exact(total)}
    if all(component.decimals is None for component in scheme.components):
        yield _("So sánh bằng giá trị chính xác, không làm tròn.")
    yield _("Tỷ lệ trên 100 % được tính là 100 % và được ghi chú.")
    yield _("Đơn vị bằng điểm và bằng mọi tiêu chí phụ có cùng thứ hạng.")


def _ties_in_order(scheme, names):
    text = _("Khi bằng điểm, xét lần lượt:") if scheme.tie_chain else ""
    items = [_tie_break(tie, scheme, names) for tie in scheme.tie_chain]
    return listing(items, text, ordered=True)


def _tie_break(tie, scheme, names):
    titles = {part.code: part.title or part.code for part in scheme.components}
    way = _("thấp hơn") if tie.direction == "asc" else _("cao hơn")
    if tie.component:
        return f"{titles[tie.component]}: {way}."
    over = _over(tie.measure, scheme, names)
    return " ".join([f"{metric_words(tie.measure.metric)}: {way}.", *over])
