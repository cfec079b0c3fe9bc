"""
A contest as one document: what ``export_contest`` writes and ``import_contest`` reads.

The document is complete (every optional key is there), in the stored order, with
moments in the portal's time zone, so that two equal contests give equal documents.
"""

from django.db.models import Prefetch
from django.utils import timezone

from quizzes.models import Bank, PaperSpec

CHOICES = (
    "late_start",
    "timed_out_counts",
    "incomplete_counts",
    "excluded_count_for_unit",
    "truth_after_void",
)
PLAIN = (
    "slug",
    "title",
    "short_title",
    "organiser",
    "rules_document",
    "contact",
    "edition",
    "state",
    "is_simulated",
    *CHOICES,
    "names",
    "exclusions_text",
    "known_results",
)
AUDIENCE = (
    "code",
    "name",
    "entry",
    "unit_kind",
    "counts_for_unit",
    "min_age",
    "max_age",
    "residence",
    "identity_fields",
)
PAPER = (
    "minutes",
    "grace_seconds",
    "blueprint",
    "fixed_items",
    "shuffle_items",
    "shuffle_options",
    "points_per_item",
    "multiple_scoring",
    "show_score",
    "show_keys",
)


def export_contest(contest, *, has_units=True):
    """
    The complete document of ``contest``, version 2; nothing of its people.

    Without units the blocs are empty, which spares reading them for the rules text.
    """
    return {
        "schema_version": 2,
        **_columns(contest, PLAIN),
        "banks": [_bank(bank) for bank in _banks(contest)],
        "audiences": [
            {
                **_columns(audience, AUDIENCE),
                "age_on": audience.age_on and audience.age_on.isoformat(),
            }
            for audience in contest.audiences.order_by("order", "id")
        ],
        "rounds": [_round(round) for round in _rounds(contest)],
        "blocs": [_bloc(bloc, has_units) for bloc in _blocs(contest, has_units)],
        "rankings": [_list(row) for row in contest.rankings.order_by("order", "id")],
        "schemes": [_list(row) for row in contest.schemes.order_by("order", "id")],
    }


def _columns(row, names):
    return {name: getattr(row, name) for name in names}


def _banks(contest):
    return (
        Bank.objects.filter(paperspec__round__contest=contest)
        .distinct()
        .order_by("code")
        .prefetch_related("topics")
    )


def _bank(bank):
    return {
        "code": bank.code,
        "title": bank.title,
        "topics": [
            {"code": topic.code, "name": topic.name} for topic in bank.topics.all()
        ],
    }


def _rounds(contest):
    papers = PaperSpec.objects.select_related("audience", "bank")
    return contest.rounds.order_by("number").prefetch_related(
        Prefetch("papers", queryset=papers)
    )


def _round(round):
    return {
        "number": round.number,
        "code": round.code,
        "title": round.title,
        "opens_at": moment(round.opens_at),
        "closes_at": moment(round.closes_at),
        "papers": [
            paper_of(paper)
            for paper in sorted(
                round.papers.all(), key=lambda paper: (paper.audience.order, paper.pk)
            )
        ],
    }


def paper_of(paper):
    return {
        "audience": paper.audience.code,
        "bank": paper.bank.code,
        "items": paper.item_count,
        **_columns(paper, PAPER),
        "attempts": paper.attempt_limits,
        "prediction": _prediction(paper),
    }


def _prediction(paper):
    if paper.prediction == paper.Prediction.OFF:
        return None
    return {
        "asks": paper.prediction,
        "scope": paper.prediction_scope,
        "prompt": paper.prediction_prompt,
        "required": paper.prediction_required,
        "max": paper.prediction_max,
        "answer": paper.prediction_answer,
    }


def _blocs(contest, has_units):
    blocs = contest.blocs.order_by("order", "id")
    if not has_units:
        return blocs
    return blocs.prefetch_related(
        "units__unit",
        "units__counts_as__unit",
        "units__headcounts__round",
        "units__headcounts__audience",
    )


def _bloc(bloc, has_units):
    rows = bloc.units.all() if has_units else ()
    units = sorted(rows, key=lambda row: row.unit.code)
    return {
        "code": bloc.code,
        "name": bloc.name,
        "units": [_unit(row) for row in units],
    }


def _unit(row):
    since = row.counts_as_from
    return {
        "code": row.unit.code,
        "counts_as": row.counts_as and row.counts_as.unit.code,
        "counts_as_from": since and moment(since),
        "headcounts": sorted(
            (_headcount(headcount) for headcount in row.headcounts.all()),
            key=lambda line: (
                line["round"] or 0,
                line["audience"] or "",
                line["category"],
            ),
        ),
    }


def _headcount(row):
    return {
        "round": row.round and row.round.number,
        "audience": row.audience and row.audience.code,
        **_columns(row, ("category", "people", "source", "confirmed_by")),
    }


def _list(row):
    return _columns(row, ("code", "title", "scope", "rule"))


def moment(value):
    """An aware moment as ISO text in the portal's time zone, to the second."""
    return timezone.localtime(value).isoformat(timespec="seconds")
