"""A small city for the tests of the simulation: three units and two audiences."""

from datetime import timedelta

from quizzes.services.pools import lock_round
from tests.factories import (
    CLOSES,
    OPENS,
    make_audience,
    make_bank,
    make_bloc,
    make_contest,
    make_contest_unit,
    make_item,
    make_paper,
    make_ranking,
    make_round,
    make_scheme,
    make_unit,
    make_user,
)

AFTER = CLOSES + timedelta(days=8)
RANKING = {
    "criteria": [
        {"code": "score"},
        {"code": "prediction_distance"},
        {"code": "submitted_at"},
    ],
    "prizes": [{"code": "nhat", "title": "Giải Nhất", "count": 1, "value": 800000}],
}
SCHEME = {
    "components": [
        {
            "code": "rate",
            "title": "Tỷ lệ tham gia",
            "metric": "rate",
            "normaliser": {"code": "percent"},
            "weight": "40",
        },
        {
            "code": "perfect_share",
            "title": "Tỷ lệ bài đúng tất cả",
            "metric": "perfect_share",
            "normaliser": {"code": "percent"},
            "weight": "20",
            "rounds": "pooled",
        },
    ],
    "prizes": [{"code": "nhat", "title": "Giải Nhất", "count": 1, "value": 0}],
}
KNOWN = {
    "collective_first_prizes": {"khoi": "don-vi-nho"},
    "simulation": {
        "rounds": [
            {
                "number": 1,
                "people": {"can-bo": 150, "cong-dan": 40},
                "perfect": {"can-bo": 60, "cong-dan": 10},
            },
            {
                "number": 2,
                "people": {"can-bo": 160, "cong-dan": 30},
                "perfect": {"can-bo": 90, "cong-dan": 12},
            },
        ]
    },
}


def make_city(rounds=2, **fields):
    """Two audiences, three units with 200 people, locked rounds of eight items."""
    contest = make_contest(known_results=KNOWN, **fields)
    officials = make_audience(contest, "can-bo")
    citizens = make_audience(
        contest, "cong-dan", unit_kind="commune", counts_for_unit=False
    )
    bloc = make_bloc(contest)
    for code, people in (("don-vi-lon", 100), ("don-vi-nho", 40), ("xa", 60)):
        unit = make_unit(code, is_commune=code == "xa")
        make_contest_unit(bloc, unit, people=people)
    bank = make_bank()
    for number in range(30):
        many = number % 3 == 0
        make_item(bank, type="multiple" if many else "single", correct="bd"[: 1 + many])
    make_ranking(contest, rule=RANKING)
    make_scheme(contest, rule=SCHEME)
    by, approved_by = make_user(), make_user()
    for number in range(1, rounds + 1):
        round = make_round(contest, number)
        for audience in (officials, citizens):
            make_paper(round, audience, bank=bank, items=8, prediction="perfect_people")
        lock_round(round, by=by, approved_by=approved_by, now=OPENS)
    return contest
