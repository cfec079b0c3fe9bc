"""Attempts: within limits and times, closed, scored, and scored right."""

from django.db.models import Count, F, Max, OuterRef, Q, Subquery

from contest.lib.moments import MILLISECOND, to_ms
from leaderboards.services.verification.findings import Finding
from quizzes.models import Attempt, Contest, KeySheet, PaperSpec, Pool
from quizzes.rules import limits, scoring
from quizzes.services.allowances import granted_to, window_of

CHUNK = 1_000
# Moments are rounded down to milliseconds once for each end.
ROUNDING_MS = 1


def over_limits(contest, now):
    """Entrants with more attempts than the paper and their allowances give."""
    for paper in PaperSpec.objects.filter(round__contest=contest).select_related(
        "round", "audience"
    ):
        for limit in paper.attempt_limits:
            yield from _over(contest, paper, limit)


def _over(contest, paper, limit):
    attempts = Attempt.objects.filter(
        round__contest=contest, audience=paper.audience
    ).order_by()
    if limit["per"] != "contest":
        attempts = attempts.filter(round=paper.round)
    group = ["entrant", "day"] if limit["per"] == "day" else ["entrant"]
    crowded = attempts.values(*group).annotate(count=Count("pk"), one=Max("pk"))
    for row in crowded.filter(count__gt=limit["n"]):
        attempt = Attempt.objects.select_related("entrant").get(pk=row["one"])
        granted = granted_to(attempt.entrant, paper.round, unit_id=attempt.unit_id)
        used = dict.fromkeys(limits.PERIODS, row["count"] - 1)
        over = limits.reached([limit], used=used, extra=granted.extra_attempts)
        if over:
            yield Finding(
                "over_limit",
                {
                    "round": str(paper.round),
                    "entrant": str(attempt.entrant.uuid),
                    "count": row["count"],
                    "n": over.n,
                    "per": over.per,
                },
            )


def not_closed(contest, now):
    """Attempts still open in rounds that are over, their own time included."""
    late = Attempt.objects.filter(
        round__contest=contest,
        round__closes_at__lte=now,
        state=Attempt.State.OPEN,
        accepts_until__lte=now,
    )
    yield from _counted("open_attempt", late)


def not_scored(contest, now):
    """Submitted attempts without a score, or scored by a sheet that was replaced."""
    closed = Attempt.objects.filter(
        round__contest=contest, state=Attempt.State.SUBMITTED
    )
    yield from _counted("unscored", closed.filter(scored_with__isnull=True))
    newest = (
        KeySheet.objects.filter(pool=OuterRef("pool"))
        .order_by("-version")
        .values("version")[:1]
    )
    old = closed.filter(origin=Attempt.Origin.PORTAL, scored_with__lt=Subquery(newest))
    yield from _counted("old_key", old)


def _counted(code, attempts):
    rows = attempts.order_by().values("round__title").annotate(count=Count("pk"))
    for row in rows.order_by("round__title"):
        yield Finding(code, {"round": row["round__title"], "count": row["count"]})


def out_of_time(contest, now):
    """Attempts that began, were saved or could have ended when they must not."""
    odd = Attempt.objects.filter(
        Q(started_at__lt=F("round__opens_at"))
        | Q(started_at__gte=F("round__closes_at"))
        | Q(deadline__gt=F("round__closes_at"))
        | Q(saved_at__gte=F("accepts_until")),
        round__contest=contest,
        origin=Attempt.Origin.PORTAL,
    ).select_related("round", "entrant")
    for attempt in odd.order_by("pk").iterator(chunk_size=CHUNK):
        yield from _times_of(contest, attempt)


def _times_of(contest, attempt):
    granted = granted_to(attempt.entrant, attempt.round, unit_id=attempt.unit_id)
    window = window_of(attempt.round, granted)
    named = {"attempt": str(attempt.uuid), "round": str(attempt.round)}
    if not window.is_open(to_ms(attempt.started_at)):
        yield Finding("started_outside", named)
    cut = contest.late_start == Contest.LateStart.CUT
    if cut and to_ms(attempt.deadline) > window.closes_at:
        yield Finding("ended_late", named)
    if attempt.saved_at and attempt.saved_at >= attempt.accepts_until:
        yield Finding("saved_late", {"attempt": str(attempt.uuid)})


def wrong_results(contest, now):
    """Papers, scores and durations that do not follow from what is stored."""
    desk = _Desk(contest)
    attempts = Attempt.objects.filter(
        round__contest=contest,
        origin=Attempt.Origin.PORTAL,
        state=Attempt.State.SUBMITTED,
    ).defer("seed", "day", "prediction")
    for attempt in attempts.order_by("pk").iterator(chunk_size=CHUNK):
        for code, params in desk.faults(attempt):
            yield Finding(code, {"attempt": str(attempt.uuid), **params})


class _Desk:
    """Scores attempts again from the sealed pools and the key sheets."""

    def __init__(self, contest):
        pools = Pool.objects.filter(round__contest=contest)
        self.sealed = dict(pools.values_list("pk", "sealed"))
        self.versions = {
            pk: {item["version"] for item in sealed["items"]}
            for pk, sealed in self.sealed.items()
        }
        self.keys = {
            (sheet.pool_id, sheet.version): sheet.keys
            for sheet in KeySheet.objects.filter(pool__in=pools)
        }

    def faults(self, attempt):
        took = attempt.submitted_at - attempt.started_at
        took_ms = max(0, took // MILLISECOND - attempt.paused_ms)
        if abs(took_ms - attempt.duration_ms) > ROUNDING_MS:
            yield "duration_differs", {}
        drawn = [item["item"] for item in attempt.paper]
        known = self.versions.get(attempt.pool_id, frozenset())
        if len(drawn) != attempt.item_count or not known.issuperset(drawn):
            yield "paper_differs", {}
        elif attempt.scored_with is not None:
            yield from self.score_faults(attempt)

    def score_faults(self, attempt):
        sealed = self.sealed[attempt.pool_id]
        result = scoring.score(
            attempt.paper,
            attempt.responses,
            self.keys[attempt.pool_id, attempt.scored_with],
            method=sealed.get("multiple_scoring", scoring.ALL_OR_NOTHING),
        )
        if (result.score, result.correct) != (attempt.score, attempt.correct_count):
            params = {"stored": attempt.score, "computed": result.score}
            yield "score_differs", params


CHECKS = (over_limits, not_closed, not_scored, out_of_time, wrong_results)
