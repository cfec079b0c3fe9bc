"""
The rows of a contest made to be what its document says.

Each part is matched by its natural key: what is new is added, what differs changed,
what the document lacks taken away. The caller holds the transaction and has checked
the document.
"""

from django.utils.dateparse import parse_date, parse_datetime

from accounts.models import Unit
from contest.lib.imports import CHANGED, CREATED, UNCHANGED
from leaderboards.models import Ranking, Scheme
from leaderboards.services.contest_document import AUDIENCE, PAPER, PLAIN
from quizzes.models import (
    Audience,
    Bank,
    Bloc,
    Contest,
    ContestUnit,
    Headcount,
    PaperSpec,
    Round,
    Topic,
)

REMOVED = "removed"


def write_contest(contest, document, report):
    """
    Write ``document`` over ``contest`` (None for a new one); return the contest.

    Counts each row in ``report``. Rows that others stand on (attempts, pools) cannot
    go: ``ProtectedError``.
    """
    contest = _contest(contest, document, report)
    banks = _banks(document, report)
    audiences = _audiences(contest, document, report)
    rounds = _rounds(contest, document, report)
    _papers(contest, document, report, (rounds, audiences, banks))
    _drop_rest(contest.rounds, rounds, report)
    blocs = _blocs(contest, document, report)
    units = _units(contest, document, blocs, report)
    _headcounts(contest, document, report, (units, rounds, audiences))
    _drop_rest(contest.units, units, report)
    _drop_rest(contest.blocs, blocs, report)
    _drop_rest(contest.audiences, audiences, report)
    for model, kind in ((Ranking, "rankings"), (Scheme, "schemes")):
        _lists(contest, model, document[kind], report)
    return contest


def put(model, stored, key, fields, report):
    """
    The row ``key`` of ``stored`` with ``fields``: made, changed or left as it is.

    ``key`` holds the columns that name the row, ``fields`` the others.
    """
    if stored is None:
        report.count(CREATED)
        return model.objects.create(**key, **fields)
    different = {
        name: value for name, value in fields.items() if getattr(stored, name) != value
    }
    report.count(CHANGED if different else UNCHANGED)
    for name, value in different.items():
        setattr(stored, name, value)
    if different:
        stored.save(update_fields=list(different))
    return stored


def _drop_rest(rows, kept, report):
    """Delete the rows of a contest that the document does not name."""
    stale = rows.exclude(pk__in=[row.pk for row in kept.values()])
    report.count(REMOVED, len(stale))
    for row in stale:
        row.delete()


def _contest(contest, document, report):
    fields = {name: document[name] for name in PLAIN if name != "slug"}
    return put(Contest, contest, {"slug": document["slug"]}, fields, report)


def _banks(document, report):
    """Banks are shared by contests: topics are added or renamed, never taken away."""
    found = {}
    for row in document["banks"]:
        stored = Bank.objects.filter(code=row["code"]).first()
        bank = put(Bank, stored, {"code": row["code"]}, {"title": row["title"]}, report)
        topics = {topic.code: topic for topic in bank.topics.all()}
        for order, topic in enumerate(row["topics"], 1):
            key = {"bank": bank, "code": topic["code"]}
            fields = {"name": topic["name"], "order": order}
            put(Topic, topics.get(topic["code"]), key, fields, report)
        found[bank.code] = bank
    return found


def _audiences(contest, document, report):
    stored = {row.code: row for row in contest.audiences.all()}
    found = {}
    for order, row in enumerate(document["audiences"], 1):
        fields = {name: row[name] for name in AUDIENCE if name != "code"}
        fields |= {
            "order": order,
            "age_on": parse_date(row["age_on"]) if row["age_on"] else None,
        }
        key = {"contest": contest, "code": row["code"]}
        found[row["code"]] = put(Audience, stored.get(row["code"]), key, fields, report)
    return found


def _rounds(contest, document, report):
    stored = {row.number: row for row in contest.rounds.all()}
    _free_codes(stored, document)
    found = {}
    for row in document["rounds"]:
        fields = {
            "code": row["code"],
            "title": row["title"],
            "opens_at": parse_datetime(row["opens_at"]),
            "closes_at": parse_datetime(row["closes_at"]),
        }
        key = {"contest": contest, "number": row["number"]}
        found[row["number"]] = put(
            Round, stored.get(row["number"]), key, fields, report
        )
    return found


def _free_codes(stored, document):
    """Let rounds exchange their codes: a code that moves is freed first."""
    wanted = {row["number"]: row["code"] for row in document["rounds"]}
    for number, round in stored.items():
        if round.code in wanted.values() and wanted.get(number) != round.code:
            round.code = f"moved-{round.pk}"
            round.save(update_fields=["code"])


def _papers(contest, document, report, parts):
    rounds, audiences, banks = parts
    stored = {
        (paper.round_id, paper.audience_id): paper
        for paper in PaperSpec.objects.filter(round__contest=contest)
    }
    found = {}
    for row in document["rounds"]:
        for paper in row["papers"]:
            key = {
                "round": rounds[row["number"]],
                "audience": audiences[paper["audience"]],
            }
            name = (key["round"].pk, key["audience"].pk)
            fields = _paper_fields(paper) | {"bank_id": banks[paper["bank"]].pk}
            found[name] = put(PaperSpec, stored.get(name), key, fields, report)
    _drop_rest(PaperSpec.objects.filter(round__contest=contest), found, report)


def _paper_fields(paper):
    asked = paper["prediction"]
    prediction = (
        {
            "prediction": asked["asks"],
            "prediction_scope": asked["scope"],
            "prediction_prompt": asked["prompt"],
            "prediction_required": asked["required"],
            "prediction_max": asked["max"],
            "prediction_answer": asked["answer"],
        }
        if asked
        else {"prediction": PaperSpec.Prediction.OFF}
    )
    return {
        "item_count": paper["items"],
        **{name: paper[name] for name in PAPER},
        "attempt_limits": paper["attempts"],
        **prediction,
    }


def _blocs(contest, document, report):
    stored = {row.code: row for row in contest.blocs.all()}
    return {
        row["code"]: put(
            Bloc,
            stored.get(row["code"]),
            {"contest": contest, "code": row["code"]},
            {"name": row["name"], "order": order},
            report,
        )
        for order, row in enumerate(document["blocs"], 1)
    }


def _units(contest, document, blocs, report):
    """The reporting units; who counts as whom is written once all of them are there."""
    rows = {
        row["code"]: (bloc["code"], row)
        for bloc in document["blocs"]
        for row in bloc["units"]
    }
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=rows)}
    stored = {row.unit.code: row for row in contest.units.select_related("unit")}
    fields = {code: {"bloc_id": blocs[bloc].pk} for code, (bloc, _) in rows.items()}
    created = {
        code: put(
            ContestUnit, None, {"contest": contest, "unit": units[code]}, own, report
        )
        for code, own in fields.items()
        if code not in stored
    }
    found = created | {code: row for code, row in stored.items() if code in rows}
    for code, (_, row) in rows.items():
        other = row["counts_as"] and found[row["counts_as"]].pk
        since = row["counts_as_from"] and parse_datetime(row["counts_as_from"])
        succession = {"counts_as_id": other, "counts_as_from": since}
        if code in stored:
            put(ContestUnit, stored[code], {}, fields[code] | succession, report)
        elif other:
            ContestUnit.objects.filter(pk=found[code].pk).update(**succession)
    return found


def _headcounts(contest, document, report, parts):
    units, rounds, audiences = parts
    rows = Headcount.objects.filter(contest_unit__contest=contest)
    stored = {
        (row.contest_unit_id, row.round_id, row.audience_id, row.category): row
        for row in rows
    }
    found, new = {}, []
    for bloc in document["blocs"]:
        for unit in bloc["units"]:
            for line in unit["headcounts"]:
                key = _headcount_key(units[unit["code"]], line, rounds, audiences)
                fields = {
                    name: line[name] for name in ("people", "source", "confirmed_by")
                }
                name = tuple(key.values())
                if name in stored:
                    found[name] = put(Headcount, stored[name], key, fields, report)
                else:
                    new.append(Headcount(**key, **fields))
    stale = [row for name, row in stored.items() if name not in found]
    report.count(REMOVED, len(stale))
    report.count(CREATED, len(new))
    Headcount.objects.filter(pk__in=[row.pk for row in stale]).delete()
    Headcount.objects.bulk_create(new)


def _headcount_key(unit, line, rounds, audiences):
    round = rounds[line["round"]] if line["round"] is not None else None
    audience = audiences[line["audience"]] if line["audience"] is not None else None
    return {
        "contest_unit_id": unit.pk,
        "round_id": round and round.pk,
        "audience_id": audience and audience.pk,
        "category": line["category"],
    }


def _lists(contest, model, rows, report):
    stored = {row.code: row for row in model.objects.filter(contest=contest)}
    found = {}
    for order, row in enumerate(rows, 1):
        key = {"contest": contest, "code": row["code"]}
        fields = {name: row[name] for name in ("title", "scope", "rule")}
        fields["order"] = order
        found[row["code"]] = put(model, stored.get(row["code"]), key, fields, report)
    _drop_rest(model.objects.filter(contest=contest), found, report)
