"""
From sign-up to the reasons of an award, over HTTP, as a phone app goes.

A real web server and a real worker; the organisers' part is done by the commands and
services that they use.
"""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from quizzes.models import Attempt, KeySheet, Round
from quizzes.services.pools import lock_round
from tests.factories import (
    make_audience,
    make_bank,
    make_contest,
    make_item,
    make_paper,
    make_ranking,
    make_round,
    make_unit,
    make_user,
)
from tests.journeys.served import App, served, wait_until

API = "/api/v1"
RULE = {
    "group_by": "audience",
    "counting": {"policy": "only"},
    "criteria": [
        {"code": "score"},
        {"code": "prediction_distance"},
        {"code": "submitted_at"},
    ],
    "prizes": [{"code": "nhat", "title": "Giải Nhất", "count": 1, "value": 800_000}],
}


@pytest.fixture
def round(transactional_db):
    """A round of four items, locked by two persons and open now."""
    contest = make_contest("hoi-thi", is_simulated=True)
    audience = make_audience(contest, min_age=18)
    make_unit("so-a", "Sở A")
    make_ranking(contest, rule=RULE)
    now = timezone.now()
    round = make_round(
        contest, opens_at=now - timedelta(hours=1), closes_at=now + timedelta(hours=1)
    )
    bank = make_bank()
    for _ in range(6):
        make_item(bank, correct=["b"])
    make_paper(
        round,
        audience,
        bank=bank,
        items=4,
        prediction="perfect_people",
        show_keys="after_round",
    )
    hands = {"by": make_user("khoa"), "approved_by": make_user("duyet")}
    lock_round(round, now=now, **hands)
    return round


def join(app, name, login):
    app.sign_up(
        username=login,
        password="mot-cau-kho-doan",
        full_name=name,
        birth_date="1990-05-01",
        consent_take_part=True,
        consent_publish_name=True,
    )
    entry = {"audience": "can-bo", "unit": "so-a"}
    entrants = f"{API}/contests/hoi-thi/entrants/"
    assert app.call("POST", entrants, entry, expect=201)["name"] == name
    app.call("POST", entrants, entry, expect=200)


def right_letters(uuid):
    """What only the key sheet knows: the right letter at each position of a paper."""
    attempt = Attempt.objects.get(uuid=uuid)
    keys = KeySheet.objects.get(pool=attempt.pool).keys
    return {
        str(number): [
            "abcd"[drawn["options"].index(option)]
            for option in keys[drawn["item"]]["correct"]
        ]
        for number, drawn in enumerate(attempt.paper, start=1)
    }


def take_part(app, round, *, right, prediction):
    """Start, save four answers and the prediction one by one, submit; the attempt."""
    paper = app.call("POST", f"{API}/rounds/{round.uuid}/attempts/", expect=201)
    address = f"{API}/attempts/{paper['uuid']}"
    token = {"X_Attempt_Token": paper["token"]}
    answers = dict(list(right_letters(paper["uuid"]).items())[:right])
    responses = {}
    for seq, item in enumerate([*paper["items"], None], start=1):
        if item is not None:
            responses[item["token"]] = answers.get(item["token"], [])
        body = {"seq": seq, "responses": responses}
        body["prediction"] = prediction if item is None else None
        saved = app.call("PUT", f"{address}/responses/", body, **token)
        assert saved["seq"] == seq
    receipt = app.call("POST", f"{address}/submit/", {}, **token)
    assert receipt["total"] == 4
    assert app.call("POST", f"{address}/submit/", {}, **token) == receipt
    return paper["uuid"]


def close(round):
    """Let the round's hour pass."""
    now = timezone.now()
    Round.objects.filter(pk=round.pk).update(closes_at=now)


def publish():
    names = {"by": "cong-bo", "approved_by": "lanh-dao"}
    for name in names.values():
        make_user(name)
    call_command("tally", "hoi-thi", round=1)
    call_command("publish", "hoi-thi", round=1, **names)


def test_an_app_goes_from_sign_up_to_the_reasons_of_its_award(round):
    with served() as port:
        first, second, anybody = App(port), App(port), App(port)
        join(first, "Nguyễn Thị Ánh", "anh")
        join(second, "Trần Văn Bình", "binh")
        mine = take_part(first, round, right=4, prediction=1)
        take_part(second, round, right=2, prediction=5)
        first.call("POST", f"{API}/rounds/{round.uuid}/attempts/", expect=409)
        scored = Attempt.objects.filter(scored_with=1)
        wait_until(lambda: scored.count() == 2, "the worker has scored")
        hidden = first.call("GET", f"{API}/attempts/{mine}/result/")
        close(round)
        publish()
        shown = first.call("GET", f"{API}/attempts/{mine}/result/")
        page = anybody.call("GET", f"{API}/rounds/{round.uuid}/standings/")
        awards = anybody.call("GET", f"{API}/contests/hoi-thi/awards/")["results"]
        why = anybody.call("GET", f"{API}/awards/{awards[0]['uuid']}/explanation/")

    assert (hidden["score"], hidden["place"]) == (None, None)
    assert {item["key"] for item in hidden["items"]} == {None}
    assert (shown["score"], shown["correct"], shown["place"]["place"]) == (4000, 4, 1)
    assert shown["place"]["prediction_truth"] == 1
    assert all(item["right"] for item in shown["items"])
    assert all(item["key"] == item["chosen"] for item in shown["items"])
    rows = [
        (row["place"], row["entrant"]["name"], row["score"], row["prediction_distance"])
        for row in page["results"]
    ]
    assert rows == [(1, "Nguyễn Thị Ánh", 4000, 0), (2, "Trần Văn B***", 2000, 4)]
    assert [award["entrant"]["name"] for award in awards] == ["Nguyễn Thị Ánh"]
    assert why["award"] == awards[0]
    assert [reason["code"] for reason in why["reasons"]]
    assert "Trần Văn B***" in str(why["reasons"])
    assert why["tally"]["hash"] == page["tally"]["hash"]
