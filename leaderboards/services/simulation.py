"""
Fill a contest with invented people whose attempts go through the real rules.

The rounds that have opened are filled up to ``now`` from their sealed pools; units'
headcounts shrink by the same scale as the crowds. The contest is marked as simulated,
which every page of it says. What the figures aim at stands in its ``known_results``.
"""

from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from contest.lib import audit
from contest.lib.refusals import Refused
from leaderboards.rules.simulation import crowd, known, targets
from leaderboards.services import simulated_rounds
from leaderboards.services.simulated_people import PREFIX
from quizzes.models import Attempt, Contest, Headcount

SEED = "hue"
SOURCE = _("Số mô phỏng, tỷ lệ %(scale)s")


class HoldsRealAttempts(Refused):
    code = "holds_real_attempts"
    sentence = _(
        "Hội thi %(contest)s đã có bài thi thật, không thể trộn với dữ liệu mô phỏng."
    )


class NotLocked(Refused):
    code = "not_locked"
    sentence = _("%(round)s chưa khoá đề: chạy lock_round trước.")


class OtherScale(Refused):
    code = "other_scale"
    sentence = _("Hội thi đã mô phỏng ở tỷ lệ %(scale)s, không đổi sang tỷ lệ khác.")


class NothingToSimulate(Refused):
    code = "nothing_to_simulate"
    sentence = _("Hội thi chưa có vòng nào đã mở để mô phỏng.")


class BadScale(Refused):
    code = "bad_scale"
    sentence = _("Tỷ lệ phải lớn hơn 0 và không quá 1.")


def simulate(contest, *, scale, now, seed=SEED, absent=(), progress=lambda line: None):
    """
    Fill every round of ``contest`` that has opened; return ``{round number: people}``.

    ``scale`` (a number above 0, at most 1) shrinks crowds and headcounts together.
    ``absent`` are refs who stay away from the round that is open. Running it again
    adds only what is missing. Raise ``BadScale``, ``HoldsRealAttempts``,
    ``OtherScale``, ``NotLocked``, ``NothingToSimulate``.
    """
    scale = _read_scale(scale)
    rounds = list(contest.rounds.filter(opens_at__lte=now).order_by("number"))
    _check(contest, rounds)
    contest = _marked(contest, scale, seed, now)
    stage = Stage(contest, scale, seed)
    counts = {}
    for round in rounds:
        away = absent if round.is_open(now) else ()
        scenes = stage.scenes(round, away)
        counts[round.number] = 0
        for scene in scenes:
            counts[round.number] += simulated_rounds.fill(scene, now=now)
        progress(f"{contest.short_title}, {round.title}: {counts[round.number]} new")
    return counts


def _read_scale(scale):
    try:
        value = Fraction(str(scale))
    except (ValueError, ZeroDivisionError):
        raise BadScale from None
    if not 0 < value <= 1:
        raise BadScale
    return value


class Stage:
    """The contest as the model needs it: units, audiences, and what is aimed at."""

    def __init__(self, contest, scale, seed):
        self.contest = contest
        self.scale = scale
        self.seed = seed
        rows = contest.units.select_related("unit", "bloc").order_by("unit__code")
        self.units = {row.unit.code: row.unit for row in rows}
        full = contest.known_results["simulated"]["headcounts"]
        self.headcount = sum(full.values())
        firsts = known.first_units(contest.known_results)
        self.model_units = [
            targets.Unit(
                row.unit.code,
                row.bloc.code,
                targets.scaled_headcount(full[row.unit.code], scale),
                is_first=row.unit.code in firsts,
                is_commune=row.unit.is_commune,
            )
            for row in rows
            if full.get(row.unit.code)
        ]
        self.audiences = list(contest.audiences.all())
        self.known = known.known_rounds(
            contest.known_results,
            list(contest.rounds.values_list("number", flat=True)),
            officials=self.first_audience(counts_for_unit=True),
            citizens=self.first_audience(counts_for_unit=False),
        )

    def first_audience(self, *, counts_for_unit):
        codes = [
            audience.code
            for audience in self.audiences
            if audience.counts_for_unit == counts_for_unit
        ]
        return codes[0] if codes else None

    def scenes(self, round, absent):
        """One scene per audience that has a sealed pool in the round."""
        papers = {paper.audience_id: paper for paper in round.papers.all()}
        return [
            simulated_rounds.Scene(
                round=round,
                audience=pool.audience,
                paper=papers[pool.audience_id],
                pool=pool,
                members=self.members(pool.audience, round.number, absent),
                target=self.target(pool.audience, round.number),
                units=self.units,
                seed=self.seed,
            )
            for pool in round.pools.select_related("audience").order_by("audience")
        ]

    def target(self, audience, number):
        return targets.target(
            self.known[number],
            audience.code,
            counts_for_unit=audience.counts_for_unit,
            headcount=self.headcount,
            units=self.model_units,
            scale=self.scale,
        )

    def members(self, audience, number, absent):
        chosen = {"seed": self.seed, "round_number": number, "absent": absent}
        target = self.target(audience, number)
        if audience.counts_for_unit:
            return crowd.by_unit(self.model_units, target, **chosen)
        everyone = [self.target(audience, other) for other in self.known]
        return crowd.at_large(
            audience.code,
            target,
            homes=self.homes(audience),
            population=crowd.population(everyone),
            **chosen,
        )

    def homes(self, audience):
        """Where people at large live or belong: what the audience asks for."""
        kinds = type(audience).UnitKind
        if audience.unit_kind == kinds.NONE:
            return []
        if audience.unit_kind == kinds.COMMUNE:
            return [unit for unit in self.model_units if unit.is_commune]
        return self.model_units


def _check(contest, rounds):
    if not rounds:
        raise NothingToSimulate
    for round in rounds:
        if round.locked_at is None:
            raise NotLocked(round=round)
    theirs = Attempt.objects.filter(round__contest=contest).exclude(
        entrant__external_ref__startswith=PREFIX
    )
    if not contest.is_simulated and theirs.exists():
        raise HoldsRealAttempts(contest=contest)


@transaction.atomic
def _marked(contest, scale, seed, now):
    """Mark the contest as simulated and shrink its headcounts, once; return it."""
    contest = Contest.objects.select_for_update().get(pk=contest.pk)
    run = contest.known_results.get("simulated")
    if run is not None:
        if Fraction(run["scale"]) != scale:
            raise OtherScale(scale=run["scale"])
        return contest
    full = _shrunk_headcounts(contest, scale, now)
    contest.is_simulated = True
    contest.known_results = contest.known_results | {
        "simulated": {"scale": str(scale), "seed": seed, "headcounts": full}
    }
    contest.save(update_fields=["is_simulated", "known_results"])
    audit.record("simulation.simulate", contest, now=now, after={"scale": str(scale)})
    return contest


def _shrunk_headcounts(contest, scale, now):
    """
    Scale and freeze every headcount; return the units' full ones, ``{code: people}``.
    """
    rows = list(
        Headcount.objects.filter(contest_unit__contest=contest)
        .select_related("contest_unit__unit", "audience")
        .order_by("pk")
    )
    full = dict.fromkeys(contest.units.values_list("unit__code", flat=True), 0)
    for row in rows:
        reports = row.audience is None or row.audience.counts_for_unit
        if reports and row.round_id is None and row.category == "":
            full[row.contest_unit.unit.code] += row.people
        row.people = targets.scaled_headcount(row.people, scale)
        row.source = str(SOURCE % {"scale": scale})
        row.frozen_at = now
    columns = ["people", "source", "frozen_at"]
    Headcount.objects.bulk_update(rows, columns, batch_size=200)
    return full
