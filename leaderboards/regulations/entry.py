"""Who holds the contest, who may enter, and when."""

from datetime import date

from django.utils.translation import gettext as _

from contest.lib.templatetags.wording import words
from leaderboards.regulations.figures import period
from leaderboards.regulations.parts import listing, paragraph, section, table


def general(document):
    facts = {name: document[name] for name in ("title", "organiser", "edition")}
    said = [_("%(title)s do %(organiser)s tổ chức, lần thứ %(edition)s.") % facts]
    if document["rules_document"]:
        said.append(
            _("Thể lệ ban hành kèm theo %(document)s.")
            % {"document": document["rules_document"]}
        )
    if document["contact"]:
        said.append(
            _("Đầu mối hỗ trợ: %(contact)s.") % {"contact": document["contact"]}
        )
    if document["is_simulated"]:
        said.append(_("Đây là dữ liệu mô phỏng, không phải hội thi thật."))
    yield section("general", _("Quy định chung"), [paragraph(*said)])


def audiences(document):
    blocks = [listing(_audience(audience) for audience in document["audiences"])]
    if document["exclusions_text"]:
        blocks.append(
            listing(
                document["exclusions_text"],
                _("Những người sau đây không được dự thi:"),
            )
        )
    yield section("audiences", _("Đối tượng dự thi"), blocks)


def _audience(audience):
    conditions = [*_ages(audience), _residence(audience), *_unit(audience)]
    said = "; ".join(str(condition) for condition in conditions if condition)
    return f"{audience['name']}: {said}."


def _residence(audience):
    """The organiser's own words, as the middle of a sentence."""
    text = audience["residence"]
    return text[:1].lower() + text[1:]


def _ages(audience):
    low, high, day = audience["min_age"], audience["max_age"], audience["age_on"]
    if low is not None and high is not None:
        yield _("từ đủ %(low)s đến %(high)s tuổi") % {"low": low, "high": high}
    elif low is not None:
        yield _("từ đủ %(low)s tuổi") % {"low": low}
    elif high is not None:
        yield _("không quá %(high)s tuổi") % {"high": high}
    if day and (low is not None or high is not None):
        at = words().full_day(date.fromisoformat(day))
        yield _("tính tuổi đến ngày %(day)s") % {"day": at}


def _unit(audience):
    yield {
        "unit": _("khai đơn vị công tác"),
        "commune": _("khai xã, phường nơi ở"),
        "none": _("không phải khai đơn vị"),
    }[audience["unit_kind"]]
    if audience["entry"] == "roster":
        yield _("có tên trong danh sách do đơn vị lập")
    else:
        yield _("tự đăng ký")
    if audience["counts_for_unit"]:
        yield _("kết quả được tính cho đơn vị")
    else:
        yield _("kết quả không tính cho đơn vị, trừ khi phần tập thể nói khác")


def calendar(document):
    rows = [
        (round["title"], period(round["opens_at"], round["closes_at"]))
        for round in document["rounds"]
    ]
    text = _("Hội thi có %(n)s vòng.") % {"n": len(rows)}
    blocks = [paragraph(text), table([_("Vòng"), _("Thời gian")], rows)]
    yield section("calendar", _("Thời gian"), blocks)
