"""
Contest files of version 1 (``data/hue/contest.json``), turned into version 2.

Version 1 names its units and blocs in CSV files beside it and says nothing of late
starters, of attempts that time closed and of incomplete papers; what stands for them
is chosen here and told as a warning.
"""

from django.utils.translation import gettext as _

from contest.lib.faults import Fault
from contest.lib.sheets import read_csv
from leaderboards.formats.contest_schema import schema_faults

LIST_OF_OBJECTS = {"type": "array", "items": {"type": "object"}}
SCHEMA = {
    "type": "object",
    "required": [
        "slug",
        "title",
        "organiser",
        "question_bank",
        "units_file",
        "blocs_file",
        "topics",
        "audiences",
        "rounds",
        "individual_ranking",
        "individual_prizes",
        "collective_prizes",
        "collective_criteria",
    ],
    "properties": {
        "units_file": {"type": "string"},
        "blocs_file": {"type": "string"},
        "topics": LIST_OF_OBJECTS | {"items": {"required": ["code", "name"]}},
        "audiences": LIST_OF_OBJECTS
        | {"items": {"required": ["code", "name", "counts_for_unit"]}},
        "rounds": LIST_OF_OBJECTS
        | {
            "items": {
                "required": ["number", "title", "starts_at", "ends_at", "papers"],
                "properties": {
                    "papers": {
                        "type": "object",
                        "additionalProperties": {
                            "type": "object",
                            "required": ["questions", "blueprint", "attempts"],
                        },
                    },
                    "prediction": {"type": "object"},
                },
            }
        },
        "individual_ranking": {
            "type": "array",
            "items": {
                "enum": ["score_desc", "prediction_error_asc", "submitted_at_asc"]
            },
        },
        "individual_prizes": {"type": "object", "required": ["per"]},
        "collective_prizes": {"type": "object", "required": ["per"]},
        "collective_criteria": {
            "type": "object",
            "required": ["min_participation_rate", "tie_breakers", "criteria"],
            "properties": {
                "criteria": {
                    "type": "array",
                    "items": {
                        "required": ["code", "name", "weight"],
                        "properties": {
                            "code": {
                                "enum": [
                                    "participation_rate",
                                    "average_score",
                                    "perfect_share",
                                    "steadiness",
                                ]
                            }
                        },
                    },
                }
            },
        },
    },
}
CRITERIA = {
    "score_desc": {"code": "score", "direction": "desc"},
    "prediction_error_asc": {"code": "prediction_distance", "direction": "asc"},
    "submitted_at_asc": {"code": "submitted_at", "direction": "asc"},
}
COMPONENTS = {
    "participation_rate": ("rate", "percent", "mean"),
    "average_score": ("mean_score", "share_of_max", "pooled"),
    "perfect_share": ("perfect_share", "percent", "pooled"),
    "steadiness": ("steadiness", "percent", None),
}
NO_BLOC = ("per", "total")
PREDICTIONS = {
    "perfect_papers_same_audience": ("perfect_people", "audience"),
    "perfect_papers": ("perfect_people", "all"),
}


def upgrade(document, beside):
    """
    ``(version 2, faults, warnings)``; ``beside(name)`` gives a file's bytes or None.
    """
    faults = schema_faults(document, SCHEMA)
    if faults:
        return None, faults, []
    blocs, faults = _blocs(document, beside)
    if faults:
        return None, faults, []
    bank = document["slug"]
    upgraded = {
        "schema_version": 2,
        **_contest(document),
        "banks": [
            {
                "code": bank,
                "title": _("Ngân hàng câu hỏi %(contest)s")
                % {"contest": document.get("short_title", document["title"][:80])},
                "topics": [
                    {"code": topic["code"], "name": topic["name"]}
                    for topic in sorted(
                        document["topics"], key=lambda topic: topic.get("order", 0)
                    )
                ],
            }
        ],
        "audiences": [_audience(audience) for audience in document["audiences"]],
        "rounds": [_round(round, bank) for round in document["rounds"]],
        "blocs": blocs,
        "rankings": [_ranking(document)],
        "schemes": [_scheme(document)],
    }
    return upgraded, [], [_warning()]


def _warning():
    return _(
        "Tệp phiên bản 1 không nói về người vào thi muộn, bài hết giờ và bài bỏ trống: "
        "đã chọn dừng khi hết giờ của vòng, tính bài hết giờ, tính bài bỏ trống."
    )


def _contest(document):
    kept = {
        key: document[key]
        for key in ("slug", "title", "short_title", "organiser", "rules_document")
        if key in document
    }
    return {
        **kept,
        "edition": document.get("edition", 1),
        "late_start": "cut",
        "timed_out_counts": True,
        "incomplete_counts": True,
        "exclusions_text": document.get("excluded_from_entry", []),
        "known_results": document.get("known_results", {}),
    }


def _audience(audience):
    fields = audience.get("identity_fields", [])
    commune = "commune" if "ward" in fields else "none"
    return {
        "code": audience["code"],
        "name": audience["name"],
        "entry": audience.get("entry", "self_registration"),
        "unit_kind": "unit" if audience.get("must_belong_to_unit") else commune,
        "counts_for_unit": audience["counts_for_unit"],
        "min_age": audience.get("min_age_years"),
        "residence": audience.get("residence", ""),
        "identity_fields": fields,
    }


def _round(round, bank):
    prediction = _prediction(round.get("prediction"))
    return {
        "number": round["number"],
        **({"code": round["code"]} if "code" in round else {}),
        "title": round["title"],
        "opens_at": round["starts_at"],
        "closes_at": round["ends_at"],
        "papers": [
            _paper(audience, paper, bank, prediction)
            for audience, paper in round["papers"].items()
        ],
    }


def _paper(audience, paper, bank, prediction):
    points = paper.get("points_per_question", 1)
    return {
        "audience": audience,
        "bank": bank,
        "items": paper["questions"],
        "minutes": paper.get("minutes"),
        "blueprint": paper["blueprint"],
        "shuffle_items": paper.get("shuffle_questions", True),
        "shuffle_options": paper.get("shuffle_options", True),
        "points_per_item": points * 1000 if isinstance(points, int) else points,
        "multiple_scoring": paper.get("multiple_answer_scoring", "all_or_nothing"),
        "show_keys": paper.get("show_answers", "after_contest"),
        "attempts": [{"n": paper["attempts"], "per": "round"}],
        "prediction": prediction,
    }


def _prediction(prediction):
    if prediction is None:
        return None
    asks, scope = PREDICTIONS.get(
        prediction.get("truth"), (prediction.get("truth"), "audience")
    )
    return {
        "asks": asks,
        "scope": scope,
        "prompt": prediction.get("prompt", ""),
        "required": prediction.get("required", False),
        "max": prediction.get("max", 2_147_483_647),
    }


def _ranking(document):
    prizes = document["individual_prizes"]
    once = all(
        paper["attempts"] == 1
        for round in document["rounds"]
        for paper in round["papers"].values()
    )
    return {
        "code": "ca-nhan",
        "title": _("Giải cá nhân"),
        "scope": prizes["per"],
        "rule": {
            "audiences": [audience["code"] for audience in document["audiences"]],
            "group_by": "audience",
            "counting": {"policy": "only" if once else "best_then_earliest"},
            "criteria": [CRITERIA[code] for code in document["individual_ranking"]],
            "ties": "share",
            "prizes": [
                {"audience": audience["code"], **_prize(prize)}
                for audience in document["audiences"]
                for prize in prizes.get(audience["code"], [])
            ],
        },
    }


def _scheme(document):
    criteria = document["collective_criteria"]
    blocs = [key for key in document["collective_prizes"] if key not in NO_BLOC]
    return {
        "code": "tap-the",
        "title": _("Giải tập thể"),
        "scope": document["collective_prizes"]["per"],
        "rule": {
            "attempts": "all",
            "gates": [
                {"code": "rate", "value": _number(criteria["min_participation_rate"])}
            ],
            "components": [_component(part) for part in criteria["criteria"]],
            "tie_chain": [
                {"component": COMPONENTS[code][0]}
                for code in criteria["tie_breakers"]
                if code in COMPONENTS
            ],
            "ties": "share",
            "prizes": [
                {"bloc": bloc, **_prize(prize)}
                for bloc in blocs
                for prize in document["collective_prizes"][bloc]
            ],
        },
    }


def _component(part):
    metric, normaliser, rounds = COMPONENTS[part["code"]]
    return {
        "code": metric,
        "title": part["name"],
        "metric": metric,
        "normaliser": {"code": normaliser},
        "weight": _number(part["weight"]),
        **({"rounds": rounds} if rounds else {}),
    }


def _prize(prize):
    return {
        "code": prize.get("rank"),
        "title": prize.get("name"),
        "count": prize.get("quantity"),
        "value": prize.get("value_vnd", 0),
    }


def _number(value):
    """A number of version 1 as the exact text that rules read: 0.5 is ``"0.5"``."""
    return str(value)


def _blocs(document, beside):
    """The blocs with their units and headcounts, from the two CSV files."""
    names = (document["blocs_file"], document["units_file"])
    files = {name: beside(name) for name in names}
    missing = [name for name in names if files[name] is None]
    if missing:
        fault = Fault(
            _("Không có tệp %(names)s.") % {"names": ", ".join(missing)},
            _("Đặt các tệp này cạnh tệp hội thi."),
        )
        return [], [fault]
    blocs = read_csv(
        files[document["blocs_file"]], required=("code", "name"), optional=("order",)
    )
    units = read_csv(
        files[document["units_file"]],
        required=("code", "bloc", "headcount"),
        optional=("name", "kind", "abbreviation"),
    )
    faults = [*blocs.faults, *units.faults, *_unit_faults(blocs, units)]
    if faults:
        return [], faults
    return [
        {
            "code": bloc["code"],
            "name": bloc["name"],
            "units": [
                {
                    "code": row["code"],
                    "headcounts": [{"people": int(row["headcount"])}],
                }
                for row in units.rows
                if row["bloc"] == bloc["code"]
            ],
        }
        for bloc in blocs.rows
    ], []


def _unit_faults(blocs, units):
    known = {bloc["code"] for bloc in blocs.rows}
    for row in units.rows:
        if row["bloc"] not in known:
            yield row.fault(
                "bloc",
                _("Không có khối “%(code)s”.") % {"code": row["bloc"][:40]},
                _("Ghi một trong: %(known)s.") % {"known": ", ".join(sorted(known))},
            )
        if not (row["headcount"].isascii() and row["headcount"].isdigit()):
            yield row.fault(
                "headcount", _("Số người không đúng."), _("Ghi một số nguyên.")
            )
