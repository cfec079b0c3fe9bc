"""Rankings of people: who, what counts, the chain in order, ties and prizes."""

from django.utils.translation import gettext as _

from leaderboards.regulations.figures import exact, listed, money, points, share
from leaderboards.regulations.parts import listing, paragraph, section, table
from leaderboards.regulations.words import (
    AMONG,
    COUNTING,
    CRITERIA,
    EACH,
    GROUPS,
    ONE_PRIZE,
    TIES,
)
from leaderboards.rules.contradictions import known_of
from leaderboards.rules.ranking import read_ranking


def rankings(document):
    for place, row in enumerate(document["rankings"]):
        ranking = read_ranking(row, f"rankings[{place}]", known_of(document))
        yield _ranking(document, ranking, row["rule"])


def _ranking(document, ranking, rule):
    names = names_of(document)
    blocks = [
        paragraph(*_people(document, ranking, names)),
        paragraph(_counting(ranking, rule), *_conditions(document, ranking)),
        chain(ranking.chain, rule),
        *_prediction(ranking, rule),
        prizes(ranking.prizes, names),
        paragraph(*_cap_and_one(ranking)),
        paragraph(tie_sentence(TIES, ranking.tie, rule)),
        *_special(ranking),
    ]
    return section(f"ranking-{ranking.code}", ranking.title, blocks)


def names_of(document):
    """Names of audiences and blocs by their codes, for prizes bound to one."""
    return {
        row["code"]: row["name"] for row in [*document["audiences"], *document["blocs"]]
    }


def _people(document, ranking, names):
    if ranking.scope == "round":
        yield _("Xếp hạng sau mỗi vòng.")
    elif ranking.each_round:
        yield _("Xếp hạng từng vòng, xét cùng lúc khi kết thúc hội thi.")
    else:
        yield _("Xếp hạng chung cho cả hội thi.")
    if ranking.audiences:
        who = listed(names.get(code, code) for code in ranking.audiences)
        yield _("Đối tượng được xếp hạng: %(who)s.") % {"who": who}
    else:
        yield _("Mọi đối tượng đều được xếp hạng.")
    yield GROUPS[ranking.group_by]


def _counting(ranking, rule):
    each = rule.get("counting", {}).get("each", "best_then_earliest")
    return COUNTING[ranking.counting.code] % {"each": EACH[each]}


def _conditions(document, ranking):
    if ranking.perfect_only:
        yield _("Chỉ xếp hạng người đạt điểm tối đa.")
    if ranking.admit is not None:
        title = next(
            row["title"]
            for row in document["rankings"]
            if row["code"] == ranking.admit.ranking
        )
        facts = {"n": ranking.admit.places, "title": title}
        yield _("Chỉ xét người đứng từ hạng %(n)s trở lên của “%(title)s”.") % facts


def chain(criteria, rule, text=None):
    """The chain as an ordered list, one criterion a line."""
    text = text or _(
        "Thứ tự xét, tiêu chí sau chỉ dùng khi bằng nhau ở tiêu chí trước:"
    )
    return listing((_criterion(one, rule) for one in criteria), text, ordered=True)


def _criterion(criterion, rule):
    facts = {
        "source": getattr(criterion, "source", ""),
        "seed": rule.get("lot_seed", ""),
    }
    said = str(CRITERIA[criterion.code][criterion.direction] % facts)
    step = getattr(criterion, "step", None)
    if step is not None:
        exactly = (
            _("chính xác đến giây") if step > 1 else _("chính xác đến phần nghìn giây")
        )
        said = f"{said} ({exactly})"
    if getattr(criterion, "by_year", False):
        said = _("%(criterion)s (tính theo năm sinh)") % {"criterion": said}
    return said[:1].upper() + said[1:] + "."


def _prediction(ranking, rule):
    if "prediction_distance" not in [one.code for one in ranking.chain]:
        return
    settings = rule.get("prediction", {})
    orders = {
        "lexicographic": _(
            "Dự đoán được so sánh giữa mọi người bằng nhau ở tiêu chí trước."
        ),
        "perfect_only": _("Chỉ so sánh dự đoán của người đạt điểm tối đa."),
    }
    distances = {
        "absolute": _(
            "Độ gần là khoảng cách giữa số dự đoán và kết quả thực tế, đoán thừa hay "
            "thiếu như nhau."
        ),
        "over_loses": _(
            "Người dự đoán vượt quá kết quả thực tế xếp sau mọi người không vượt."
        ),
    }
    yield paragraph(
        orders[settings.get("order", "lexicographic")],
        distances[settings.get("distance", "absolute")],
    )


def prizes(rows, names, *, least=None):
    """The table of prizes; ``least`` writes the points that a prize needs."""
    cells = [
        (
            names.get(prize.group, prize.group) or _("Mỗi bảng"),
            prize.title,
            prize.count,
            money(prize.value) if prize.value else "–",
            _least(prize, least or _points),
        )
        for prize in rows
    ]
    columns = [_("Bảng"), _("Giải"), _("Số lượng"), _("Tiền thưởng mỗi giải")]
    if any(prize.at_least is not None for prize in rows):
        return table([*columns, _("Điểm tối thiểu")], cells, _("Cơ cấu giải thưởng"))
    return table(columns, [row[:4] for row in cells], _("Cơ cấu giải thưởng"))


def _least(prize, write):
    return "–" if prize.at_least is None else write(prize.at_least)


def _points(thousandths):
    return (
        points(int(thousandths)) if thousandths.denominator == 1 else exact(thousandths)
    )


def _cap_and_one(ranking):
    if ranking.cap is not None:
        yield _(
            "Số người đoạt giải không quá %(share)s số người được xếp hạng trong bảng; "
            "vượt quá thì bớt từ giải thấp nhất."
        ) % {"share": share(ranking.cap)}
    key = (ranking.one_prize.per, ranking.one_prize.policy)
    yield ONE_PRIZE.get(key, _("Một người có thể nhận nhiều giải."))
    yield _("Người bằng nhau ở mọi tiêu chí có cùng thứ hạng.")


def tie_sentence(sentences, tie, rule):
    return sentences[tie.code] % {"seed": rule.get("lot_seed", "")}


def _special(ranking):
    for special in ranking.special:
        facts = {
            "title": special.prize.title,
            "count": special.prize.count,
            "among": AMONG[special.among],
            "value": money(special.prize.value) if special.prize.value else "–",
        }
        text = (
            _(
                "%(title)s (%(count)s giải, tiền thưởng mỗi giải: %(value)s), "
                "xét %(among)s theo thứ tự:"
            )
            % facts
        )
        yield chain(special.chain, {}, text)


def fairness(document):
    counted = (
        _("Kết quả của người không được xét giải vẫn được tính cho đơn vị.")
        if document["excluded_count_for_unit"]
        else _("Kết quả của người không được xét giải không được tính cho đơn vị.")
    )
    names = {
        "full": _("Bảng xếp hạng công bố hiện đủ họ tên."),
        "masked": _("Bảng xếp hạng công bố che bớt tên người không đoạt giải."),
    }
    yield section(
        "fairness",
        _("Xét kết quả và công bố"),
        [
            paragraph(
                _(
                    "Người hoặc đơn vị bị loại không được xét giải; giải chuyển "
                    "cho người hoặc đơn vị tiếp theo."
                ),
                counted,
            ),
            paragraph(
                _(
                    "Kết quả được tính từ dữ liệu đã chốt, do một người tính và một "
                    "người khác duyệt trước khi công bố; mỗi thứ hạng đều có lời giải "
                    "thích."
                ),
                names[document["names"]],
            ),
        ],
    )
