"""What a tally notes beside its rows, as sentences for the organiser."""

from django.utils.translation import gettext as _

from contest.lib.templatetags import wording
from leaderboards.wording import names_in


def notes(tally):
    """One sentence for each note of ``tally``, in the order they arose."""
    rules = [*tally.contest.rankings.all(), *tally.contest.schemes.all()]
    titles = {rule.code: rule.title for rule in rules}
    found = tally.summary.get("notes", [])
    tied = [{"params": {"who": who}} for note in found for who in note.get("tied", [])]
    known = names_in(tied, tally.contest)
    return [sentence(note, titles, known) for note in found]


def sentence(note, titles, known):
    """A note as one sentence, with the list that it is about in front."""
    told = {
        "list": title_of(note, titles),
        "prize": note.get("prize", ""),
        "count": wording.number(note.get("count", 0)),
        "cap": wording.number(note.get("cap", 0)),
        "reason": note.get("reason", ""),
        "tied": ", ".join(
            known.get(who, _("người khác")) for who in note.get("tied", [])
        ),
    }
    return SENTENCES[note["code"]](told)


def title_of(note, titles):
    parts = [titles.get(note["rule"], note["rule"])]
    if note["round"] is not None:
        parts.append(_("vòng %(number)d") % {"number": note["round"]})
    if note.get("group"):
        parts.append(note["group"])
    return ", ".join(parts)


def barred_left_out(told):
    return _("%(list)s: %(count)s người không được xét giải nên không xếp hạng.") % told


def several_attempts(told):
    return _("%(list)s: %(count)s người có hơn một bài, chỉ tính bài đầu.") % told


def capped(told):
    return (
        _("%(list)s: bớt %(count)s giải %(prize)s vì tổng số giải tối đa là %(cap)s.")
        % told
    )


def no_contender(told):
    return _("%(list)s: %(count)s giải %(prize)s không có người nhận.") % told


def below_at_least(told):
    return (
        _("%(list)s: %(count)s giải %(prize)s để trống vì không ai đạt mức tối thiểu.")
        % told
    )


def left_empty(told):
    return (
        _(
            "%(list)s: %(count)s giải %(prize)s để trống theo quyết định, "
            "lý do: %(reason)s."
        )
        % told
    )


def tie_awaits_decision(told):
    return (
        _("%(list)s: giải %(prize)s chờ ban tổ chức quyết định giữa %(tied)s.") % told
    )


SENTENCES = {
    "barred_left_out": barred_left_out,
    "several_attempts": several_attempts,
    "capped": capped,
    "no_contender": no_contender,
    "below_at_least": below_at_least,
    "left_empty": left_empty,
    "tie_awaits_decision": tie_awaits_decision,
}
