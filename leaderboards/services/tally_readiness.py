"""
Whether a tally can be computed: everything closed, everything scored, all below there.

Freezing order: close, void, correct keys, truth, rank (see the plan of the house).
"""

from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from contest.lib.refusals import Refused
from leaderboards.models import Tally
from quizzes.models import Attempt, KeySheet


class RoundOpen(Refused):
    code = "round_open"
    sentence = _("%(round)s chưa đóng nên chưa thể tính kết quả.")


class AttemptsOpen(Refused):
    code = "attempts_open"
    sentence = _("%(round)s còn %(count)d bài đang làm; chờ thu hết rồi tính.")


class AttemptsUnscored(Refused):
    code = "attempts_unscored"
    sentence = _("%(round)s còn %(count)d bài chưa chấm theo đáp án mới nhất.")


class LowerTallyMissing(Refused):
    code = "lower_tally_missing"
    sentence = _("%(round)s chưa có kết quả để tính tiếp.")


class LowerTallyOutdated(Refused):
    code = "lower_tally_outdated"
    sentence = _("Kết quả %(round)s đã cũ; tính lại vòng đó trước.")


class NoRounds(Refused):
    code = "no_rounds"
    sentence = _("Hội thi chưa có vòng thi nào.")


def refuse_unready(contest, round, *, now):
    """Raise the refusal that stands in the way; return the tallies to stand on."""
    rounds = [round] if round else list(contest.rounds.order_by("number"))
    if not rounds:
        raise NoRounds
    for one in rounds:
        refuse_unfinished(one, now)
    return lower_tallies(contest, round)


def refuse_unfinished(round, now):
    if now < round.closes_at:
        raise RoundOpen(round=str(round))
    attempts = Attempt.objects.filter(round=round)
    count = attempts.open().count()
    if count:
        raise AttemptsOpen(round=str(round), count=count)
    count = unscored(round).count()
    if count:
        raise AttemptsUnscored(round=str(round), count=count)


def unscored(round):
    """Submitted attempts without a score by the newest key sheet of their pool."""
    newest = KeySheet.objects.filter(pool__round=round).values("pool")
    newest = newest.annotate(newest=Max("version")).values_list("pool", "newest")
    stale = Q(score__isnull=True) | Q(
        scored_with__isnull=True, origin=Attempt.Origin.PORTAL
    )
    for pool, version in newest:
        stale |= Q(pool=pool, scored_with__lt=version)
    return Attempt.objects.filter(round=round).submitted().filter(stale)


def lower_tallies(contest, round):
    """
    The newest complete tallies of the rounds that this one stands on, by round.

    A contest stands on all its rounds; a round on the earlier ones if one of its rules
    looks at them. Raise ``LowerTallyMissing`` or ``LowerTallyOutdated``.
    """
    rounds = contest.rounds.order_by("number")
    if round is not None:
        if not looks_back(contest):
            return []
        rounds = rounds.filter(number__lt=round.number)
    found = []
    for one in rounds:
        tally = newest(contest, one)
        if tally is None:
            raise LowerTallyMissing(round=str(one))
        if tally.is_outdated:
            raise LowerTallyOutdated(round=str(one))
        found.append(tally)
    return found


def looks_back(contest):
    """Whether a rule of the rounds depends on the rounds before."""
    rules = [
        *contest.rankings.filter(scope="round").values_list("rule", flat=True),
        *contest.schemes.filter(scope="round").values_list("rule", flat=True),
    ]
    return any(
        rule.get("admit") or rule.get("one_prize", {}).get("per") == "contest"
        for rule in rules
    )


def newest(contest, round):
    """The newest complete tally of the round (or contest), or None."""
    return Tally.objects.of(contest, round).complete().first()
