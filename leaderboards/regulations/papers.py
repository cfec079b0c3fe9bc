"""Papers, attempts, scoring and the prediction."""

from django.utils.translation import gettext as _

from leaderboards.regulations.figures import listed, number, points
from leaderboards.regulations.parts import listing, paragraph, section, table
from leaderboards.regulations.words import ASKS, DIFFICULTIES, PER, SCOPES, SHOW


def papers(document):
    blocks = [
        listing(f"{who}: {_paper(paper)}" for who, paper in alike(document, _paper))
    ]
    blocks += _blueprints(document)
    yield section("papers", _("Đề thi"), blocks)


def alike(document, say):
    """
    ``(who, paper)`` for each group of papers of which ``say`` says the same.

    ``who`` names audiences and, where they do not agree over all rounds, the rounds.
    """
    groups = {}
    for round in document["rounds"]:
        for paper in round["papers"]:
            groups.setdefault(say(paper), []).append((round, paper))
    for members in groups.values():
        yield _who(document, members), members[0][1]


def _who(document, members):
    names = {audience["code"]: audience["name"] for audience in document["audiences"]}
    everything = sum(len(round["papers"]) for round in document["rounds"])
    if len(members) == everything:
        return _("Mọi vòng, mọi đối tượng")
    by_audience = {}
    for round, paper in members:
        by_audience.setdefault(paper["audience"], []).append(round["title"])
    said = []
    for code, rounds in by_audience.items():
        is_all = len(rounds) == len(document["rounds"])
        said.append(names[code] if is_all else f"{names[code]} ({listed(rounds)})")
    return listed(said)


def _paper(paper):
    time = (
        _("thời gian làm bài %(n)s phút") % {"n": paper["minutes"]}
        if paper["minutes"]
        else _("không giới hạn thời gian làm bài")
    )
    said = [_("%(n)s câu hỏi trắc nghiệm") % {"n": paper["items"]}, time]
    if paper["fixed_items"]:
        said.append(_("mọi người làm cùng một bộ câu"))
    else:
        said.append(_("câu hỏi rút ngẫu nhiên từ ngân hàng theo ma trận chung"))
    said.append(
        {
            (True, True): _("thứ tự câu và phương án được trộn"),
            (True, False): _("thứ tự câu được trộn, phương án giữ nguyên"),
            (False, True): _("thứ tự câu giữ nguyên, phương án được trộn"),
            (False, False): _("thứ tự câu và phương án giữ nguyên"),
        }[paper["shuffle_items"], paper["shuffle_options"]]
    )
    return "; ".join(said) + "."


def _blueprints(document):
    """One table per audience: items of each topic, per round."""
    topics = {
        topic["code"]: topic["name"]
        for bank in document["banks"]
        for topic in bank["topics"]
    }
    for audience in document["audiences"]:
        cells = _cells(document, audience["code"])
        if not cells:
            continue
        titles = [
            round["title"]
            for round in document["rounds"]
            if any(key[0] == round["number"] for key in cells)
        ]
        numbers = list(dict.fromkeys(key[0] for key in cells))
        rows = [
            (
                topics.get(topic, topic) or _("Chủ đề bất kỳ"),
                *(_cell(cells.get((number, topic), {})) for number in numbers),
            )
            for topic in dict.fromkeys(key[1] for key in cells)
        ]
        caption = _("Ma trận đề: %(audience)s") % {"audience": audience["name"]}
        yield table([_("Chủ đề"), *titles], rows, caption)


def _cells(document, audience):
    """``{(round, topic): {difficulty: count}}`` of an audience's blueprints."""
    cells = {}
    for round in document["rounds"]:
        for paper in round["papers"]:
            for line in paper["blueprint"] if paper["audience"] == audience else ():
                cell = cells.setdefault((round["number"], line["topic"]), {})
                level = line["difficulty"]
                cell[level] = cell.get(level, 0) + line["count"]
    return cells


def _cell(counts):
    order = list(DIFFICULTIES)
    said = [
        f"{counts[level]} {DIFFICULTIES[level]}"
        for level in sorted(counts, key=order.index)
    ]
    return ", ".join(said) or "–"


def attempts(document):
    late = {
        "cut": _(
            "Người vào thi khi vòng sắp đóng phải dừng khi hết giờ của vòng, dù chưa "
            "dùng hết thời gian làm bài."
        ),
        "full": _(
            "Người vào thi trước khi vòng đóng được làm đủ thời gian làm bài, kể cả "
            "khi vòng đã đóng."
        ),
    }
    blocks = [
        listing(f"{who}: {_limits(paper)}" for who, paper in alike(document, _limits)),
        paragraph(
            late[document["late_start"]],
            _("Bài bị khoá vì hết giờ, kể cả bài bỏ dở, vẫn được tính.")
            if document["timed_out_counts"]
            else _("Bài bị khoá vì hết giờ, kể cả bài bỏ dở, không được tính."),
            _("Bài còn bỏ trống câu vẫn được tính.")
            if document["incomplete_counts"]
            else _("Bài còn bỏ trống câu không được tính."),
            _("Lượt đã bắt đầu là lượt đã dùng."),
        ),
    ]
    yield section("attempts", _("Lượt thi và hết giờ"), blocks)


def _limits(paper):
    limits = [PER[limit["per"]] % {"n": limit["n"]} for limit in paper["attempts"]]
    if limits:
        said = _("nhiều nhất %(limits)s") % {"limits": listed(limits)}
    else:
        said = _("không giới hạn số lượt")
    grace = _("câu trả lời gửi tới chậm không quá %(n)s giây sau hạn vẫn được nhận") % {
        "n": paper["grace_seconds"]
    }
    return f"{said}; {grace}."


def scoring(document):
    said = [f"{who}: {_score(paper)}" for who, paper in alike(document, _score)]
    yield section("scoring", _("Chấm điểm"), [listing(said)])


def _score(paper):
    facts = {
        "each": points(paper["points_per_item"]),
        "most": points(paper["points_per_item"] * paper["items"]),
    }
    many = {
        "all_or_nothing": _("câu nhiều đáp án phải chọn đúng và đủ mới có điểm"),
        "partial": _("câu nhiều đáp án được tính điểm từng phần"),
    }
    said = [
        _("mỗi câu đúng %(each)s điểm, tối đa %(most)s điểm") % facts,
        many[paper["multiple_scoring"]],
        _("điểm: %(when)s") % {"when": SHOW[paper["show_score"]]},
        _("đáp án: %(when)s") % {"when": SHOW[paper["show_keys"]]},
    ]
    return "; ".join(said) + "."


def predictions(document):
    asked = [
        paper
        for round in document["rounds"]
        for paper in round["papers"]
        if paper["prediction"]
    ]
    if not asked:
        return
    after = {
        "recount": _("Nếu sau đó có bài bị huỷ thì kết quả thực tế được đếm lại."),
        "keep": _("Kết quả thực tế đã đếm không đổi khi sau đó có bài bị huỷ."),
    }
    said = [
        f"{who}: {_prediction(paper)}" for who, paper in alike(document, _prediction)
    ]
    blocks = [
        listing(said),
        paragraph(
            _("Câu dự đoán không tính vào điểm."),
            _("Người không dự đoán xếp sau mọi người có dự đoán khi so sánh."),
            _(
                "Kết quả thực tế chỉ tính bài được dùng để xếp hạng, không tính bài bị "
                "huỷ và người không được xét giải."
            ),
            after[document["truth_after_void"]],
        ),
    ]
    yield section("prediction", _("Câu dự đoán"), blocks)


def _prediction(paper):
    asked = paper["prediction"]
    if asked is None:
        return _("không có câu dự đoán.")
    said = [_("dự đoán %(what)s") % {"what": ASKS[asked["asks"]]}]
    if asked["asks"] != "free":
        said.append(str(SCOPES[asked["scope"]]))
    if asked["required"]:
        said.append(_("bắt buộc trả lời"))
    else:
        said.append(_("không bắt buộc"))
    prompt = f" “{asked['prompt']}”" if asked["prompt"] else ""
    return (
        "; ".join(said)
        + _("; số lớn nhất %(n)s.") % {"n": number(asked["max"])}
        + prompt
    )
