"""
A small city for the browser: one contest with a published, an open and a coming round.

Words come from the Huế data, so that lines break and marks stack as they really do;
people are invented.
"""

import csv
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

from django.conf import settings

from contest.lib import clock
from leaderboards.models import Award, Tally, UnitResult
from leaderboards.services import documents
from quizzes.models import Attempt, ItemKey, ItemVersion, Round
from quizzes.rules import scoring
from quizzes.services import attempts
from tests.factories import (
    make_audience,
    make_bank,
    make_bloc,
    make_contest,
    make_contest_unit,
    make_entrant,
    make_item,
    make_paper,
    make_person,
    make_pool,
    make_ranking,
    make_round,
    make_scheme,
    make_tally,
    make_unit,
    make_user,
)
from tests.leaderboards.published import make_award, make_standing, publish

PASSWORD = "ngọ-môn-mở-cửa-1833"
DAY = timedelta(days=1)
PROMPT = (
    "Theo bạn, có bao nhiêu người cùng đối tượng dự thi trả lời đúng tất cả câu hỏi "
    "trắc nghiệm của tuần này?"
)
RANKING = {
    "group_by": "audience",
    "counting": {"policy": "only"},
    "criteria": [
        {"code": "score"},
        {"code": "prediction_distance"},
        {"code": "submitted_at"},
    ],
    "ties": "share",
    "prizes": [
        {
            "audience": "can-bo",
            "code": code,
            "title": title,
            "count": 1,
            "value": value,
        }
        for code, title, value in (
            ("nhat", "Giải Nhất", 800_000),
            ("nhi", "Giải Nhì", 600_000),
            ("ba", "Giải Ba", 400_000),
        )
    ],
}
SCHEME = {
    "attempts": "all",
    "gates": [{"code": "rate", "value": "1/2"}],
    "components": [
        {
            "code": "rate",
            "title": "Tỷ lệ tham gia",
            "metric": "rate",
            "normaliser": {"code": "percent"},
            "weight": "40",
            "rounds": "mean",
        },
        {
            "code": "mean_score",
            "title": "Điểm trung bình",
            "metric": "mean_score",
            "normaliser": {"code": "share_of_max"},
            "weight": "60",
            "rounds": "pooled",
        },
    ],
    "tie_chain": [{"component": "rate"}],
    "prizes": [{"code": "nhat", "title": "Giải Nhất", "count": 1, "value": 0}],
}
NAMES = (
    "Nguyễn Hữu Thiện",
    "Phan Thị Mỹ Lệ",
    "Trương Quang Vinh",
    "Đặng Thị Ngọc Ánh",
    "Hồ Viết Tư",
    "Võ Thị Thanh Trà",
    "Lê Bá Khánh Toàn",
    "Cao Xuân Đức",
)


PAPER = {"single": 11, "true_false": 1, "multiple": 3}


def paper_rows(number):
    """The questions of paper ``number`` (0, 1) of the Huế bank, single ones first."""
    path = Path(settings.BASE_DIR) / "data" / "hue" / "questions.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    chosen = []
    for kind, count in PAPER.items():
        fitting = [row for row in rows if row["type"] == kind]
        chosen += fitting[number * count : (number + 1) * count]
    return chosen


def give_words(item, row):
    """Put the words and the key of a CSV row into an item made by the factory."""
    texts = [row[f"option_{letter}"] for letter in "abcdef"]
    options = [
        {"id": letter, "text": text}
        for letter, text in zip("abcdef", texts, strict=True)
        if text
    ]
    version = ItemVersion.objects.filter(pk=item.current_id)
    version.update(type=row["type"], stem=row["stem"], options=options)
    correct = [letter.lower() for letter in row["correct"] if letter.isalpha()]
    ItemKey.objects.filter(version=item.current_id).update(
        correct=correct, explanation=row["explanation"], source=row["source"]
    )


def make_round_with_pool(contest, audience, number, opens_at, words, **fields):
    round = make_round(
        contest, number, opens_at=opens_at, closes_at=opens_at + 7 * DAY, **fields
    )
    bank = make_bank()
    for place, row in enumerate(words):
        give_words(make_item(bank, f"cau-{place:02}"), row)
    paper = make_paper(
        round,
        audience,
        bank=bank,
        items=len(words),
        minutes=20,
        blueprint=[],
        shuffle_items=False,
        show_keys="after_round",
        prediction="perfect_people",
        prediction_prompt=PROMPT,
        attempt_limits=[{"n": 1, "per": "round"}],
    )
    return make_pool(paper)


def sat(entrant, pool, *, wrong):
    """A closed and scored attempt of a past round, the first ``wrong`` items missed."""
    round = pool.round
    started = round.opens_at + timedelta(hours=9)
    attempt = attempts.start(entrant, round, started).attempt
    keys = pool.key_sheets.get().keys
    for number, drawn in enumerate(attempt.paper, start=1):
        right = keys[drawn["item"]]["correct"]
        chosen = [x for x in drawn["options"] if x not in right][:1]
        ids = chosen if number <= wrong else right
        attempt.responses[str(number)] = [
            letter
            for letter, option in zip(scoring.LETTERS, drawn["options"], strict=False)
            if option in ids
        ]
    Attempt.objects.filter(pk=attempt.pk).update(
        state="submitted",
        closed_by="person",
        responses=attempt.responses,
        prediction=9800,
        submitted_at=started + timedelta(minutes=13, seconds=37),
        duration_ms=817_000,
        score=(attempt.item_count - wrong) * 1000,
        correct_count=attempt.item_count - wrong,
        scored_with=1,
    )
    attempt.refresh_from_db()
    return attempt


def set_scene():
    """Everything the browser tests look at; the people sign in with ``PASSWORD``."""
    now = clock.now()
    contest = make_contest(
        "hoi-thi-thu",
        title="Hội thi trực tuyến tìm hiểu công tác cải cách hành chính thành phố Thử",
        short_title="Hội thi CCHC Thử",
        rules_document="Quyết định số 148/QĐ-BTCHT",
        names="full",
        is_simulated=True,
    )
    audience = make_audience(contest, name="Cán bộ, công chức, viên chức", min_age=18)
    make_audience(
        contest,
        "cong-dan",
        name="Người dân",
        order=2,
        unit_kind="commune",
        counts_for_unit=False,
        min_age=18,
    )
    first = make_round_with_pool(contest, audience, 1, now - 9 * DAY, paper_rows(0))
    second = make_round_with_pool(contest, audience, 2, now - 2 * DAY, paper_rows(1))
    for number in (3, 4):
        opens = now + (7 * number - 16) * DAY
        make_round(contest, number, opens_at=opens, closes_at=opens + 7 * DAY)
    scene = SimpleNamespace(contest=contest, open_pool=second, past_pool=first)
    settle_units(scene)
    settle_people(scene, audience)
    settle_results(scene)
    return scene


def settle_units(scene):
    bloc = make_bloc(scene.contest, "so-ban-nganh", name="Khối sở, ban, ngành")
    communes = make_bloc(scene.contest, "xa-phuong", name="Khối xã, phường", order=2)
    names = ("Sở Du lịch", "Thanh tra thành phố", "Sở Nông nghiệp và Môi trường")
    scene.units = [
        make_contest_unit(bloc, make_unit(name=name, kind="sở"), people=95)
        for name in names
    ]
    long = make_unit(
        name="Ban Quản lý Dự án đầu tư xây dựng công trình nông nghiệp và phát triển "
        "nông thôn",
        short_name="BQLDA NN&PTNT",
        kind="ban",
    )
    scene.units.append(make_contest_unit(bloc, long, people=46))
    ward = make_unit(name="Phường Vỹ Dạ", kind="phường", is_commune=True)
    scene.units.append(make_contest_unit(communes, ward, people=120))


def settle_people(scene, audience):
    user = make_user("khanh.an", password=PASSWORD, first_name="Trần Thị Khánh An")
    unit = scene.units[0].unit
    person = make_person(
        "Trần Thị Khánh An", user=user, unit=unit, birth_date="1990-02-28"
    )
    scene.user = user
    scene.entrant = make_entrant(
        scene.contest, audience=audience, person=person, unit=unit
    )
    scene.attempt = sat(scene.entrant, scene.past_pool, wrong=2)


def settle_results(scene):
    contest = scene.contest
    ranking = make_ranking(contest, rule=RANKING, title="Xếp hạng cá nhân")
    scheme = make_scheme(contest, rule=SCHEME, title="Xếp hạng đơn vị")
    round = Round.objects.get(pk=scene.past_pool.round_id)
    tally = make_tally(contest, round, hash="3fa97c21" * 8, truths={"1/can-bo": 14492})
    publish(tally, at=round.closes_at + timedelta(hours=8))
    final = make_tally(contest, None, hash="9b04e61d" * 8)
    publish(final, at=clock.now())
    settle_standings(scene, tally, ranking)
    settle_unit_results(scene, final, scheme)
    documents.issue(Award.objects.all(), by=scene.user, now=clock.now())
    scene.award = Award.objects.filter(entrant__isnull=False).first()


def settle_standings(scene, tally, ranking):
    submitted = int(scene.attempt.submitted_at.timestamp() * 1000)
    titles = ("Giải Nhất", "Giải Nhì", "Giải Ba")
    for place, name in enumerate(NAMES, start=1):
        entrant = make_entrant(
            scene.contest,
            audience=scene.entrant.audience,
            person=make_person(name),
            unit=scene.units[place % 5].unit,
        )
        facts = {
            "score": 15000,
            "max_score": 15000,
            "correct": 15,
            "prediction": 14492 + place,
            "prediction_distance": place,
            "submitted_at": submitted,
        }
        make_standing(tally, entrant, place=place, facts=facts, ranking=ranking)
        if place <= 3:
            make_award(tally, entrant, title=titles[place - 1], place=place, reasons=[])
    facts = {
        "score": 13000,
        "max_score": 15000,
        "correct": 13,
        "prediction": 9800,
        "prediction_distance": 4692,
        "submitted_at": submitted,
    }
    make_standing(tally, scene.entrant, place=9, facts=facts, attempt=scene.attempt)


def settle_unit_results(scene, tally, scheme):
    for position, unit in enumerate(scene.units, start=1):
        facts = {
            "people": 90 - position,
            "headcount": 95,
            "rate": f"{90 - position}/95",
            "mean_score": "1372/100",
            "perfect": 40,
            "gates": [],
            "components": [],
        }
        UnitResult.objects.create(
            tally=tally,
            scheme=scheme,
            bloc=unit.bloc,
            contest_unit=unit,
            position=position,
            place=position if position < 5 else 1,
            points="4309/50",
            facts=facts,
        )
    make_award(tally, contest_unit=scene.units[0], value=0)
    assert tally.state != Tally.State.COMPUTING
