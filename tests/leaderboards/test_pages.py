"""Public pages: what is published shows, the rest is empty or unknown."""

from datetime import timedelta

import pytest
from django.urls import reverse

from contest.lib import clock
from leaderboards.models import Award
from leaderboards.services import documents
from quizzes.models import Round
from tests.factories import (
    NOON,
    make_attempt,
    make_audience,
    make_bloc,
    make_contest,
    make_contest_unit,
    make_entrant,
    make_paper,
    make_person,
    make_ranking,
    make_round,
    make_scheme,
    make_unit,
    make_user,
)
from tests.leaderboards.published import (
    make_award,
    make_published_tally,
    make_standing,
    make_unit_result,
)

pytestmark = pytest.mark.django_db
RULE = {
    "criteria": [
        {"code": "score"},
        {"code": "prediction_distance"},
        {"code": "submitted_at"},
    ]
}
PUBLIC = ["contest", "regulations", "standings", "units", "awards"]


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def moved_to(round, opens, closes):
    """Shift a round to hours from now."""
    now = clock.now()
    times = {
        "opens_at": now + timedelta(hours=opens),
        "closes_at": now + timedelta(hours=closes),
    }
    Round.objects.filter(pk=round.pk).update(**times)
    round.refresh_from_db()


@pytest.mark.parametrize("name", PUBLIC)
def test_anybody_may_read_a_contest(client, name):
    make_round(make_contest("hoi-thi"))

    assert client.get(reverse(name, args=["hoi-thi"])).status_code == 200


@pytest.mark.parametrize("name", PUBLIC)
def test_a_draft_is_not_found(client, name):
    make_round(make_contest("nhap", state="draft"))

    assert client.get(reverse(name, args=["nhap"])).status_code == 404


def test_without_a_contest_the_front_page_says_so(client):
    assert "Chưa có hội thi nào" in text_of(client, "/")


@pytest.mark.parametrize(
    ("opens", "closes", "sentence"),
    [
        (-1, 1, "Tuần 1 đang mở"),
        (2, 3, "Tuần 1 sắp mở"),
        (-3, -2, "Tuần 1 đã đóng"),
    ],
)
def test_the_front_page_says_what_is_true_now(client, opens, closes, sentence):
    moved_to(make_round(make_contest()), opens, closes)

    assert sentence in text_of(client, "/")


def test_the_contest_with_an_open_round_comes_first(client):
    old = make_contest("cu")
    make_round(old)
    new = make_contest("moi")
    moved_to(make_round(new), -1, 1)
    make_round(make_contest("moi-nhat"))

    text = text_of(client, "/")

    assert new.title in text
    assert reverse("contest", args=["cu"]) in text


def test_an_unfinished_attempt_is_offered_first(client):
    round = make_round(make_contest())
    moved_to(round, -1, 1)
    now = clock.now()
    entrant = make_entrant(round.contest)
    make_attempt(entrant, round, started_at=now, deadline=now + timedelta(minutes=9))
    client.force_login(entrant.person.user)

    text = text_of(client, "/")

    assert "Bạn đang làm dở" in text
    assert "Làm tiếp" in text


def test_an_unfinished_attempt_is_offered_after_its_round_has_closed(client):
    round = make_round(make_contest("hoi-thi"))
    moved_to(round, -2, -1)
    now = clock.now()
    entrant = make_entrant(round.contest)
    make_attempt(entrant, round, started_at=now, deadline=now + timedelta(minutes=9))
    client.force_login(entrant.person.user)

    assert "Bạn đang làm dở" in text_of(client, "/")
    assert "Làm tiếp bài dở" in text_of(client, reverse("contest", args=["hoi-thi"]))


@pytest.mark.parametrize("prediction", ["people", "attempts"])
def test_no_live_count_is_told_while_a_prediction_asks_for_it(client, prediction):
    round = make_round(make_contest("hoi-thi"))
    make_paper(round, make_audience(round.contest), prediction=prediction)
    unit = make_contest_unit(make_bloc(round.contest), people=10)
    entrant = make_entrant(round.contest, unit=unit.unit)
    make_attempt(entrant, round, state="submitted", **closed())
    moved_to(round, -1, 1)

    assert "lượt dự thi đã nộp" not in text_of(client, "/")
    assert "10,0" not in text_of(client, reverse("units", args=["hoi-thi"]))


def closed():
    return {"submitted_at": NOON, "duration_ms": 60_000, "closed_by": "person"}


def test_taking_part_is_shown_by_unit_before_any_result(client):
    round = make_round(make_contest("hoi-thi"))
    unit = make_contest_unit(make_bloc(round.contest), people=10)
    team = make_unit(parent=unit.unit)
    for person_unit in (unit.unit, team):
        entrant = make_entrant(round.contest, unit=person_unit)
        make_attempt(entrant, round, state="submitted", **closed())

    text = text_of(client, reverse("units", args=["hoi-thi"]))

    assert "20,0" in text


def test_simulated_contests_say_so_on_every_page(client):
    make_round(make_contest("hoi-thi", is_simulated=True))

    for name in [*PUBLIC]:
        assert "Mô phỏng" in text_of(client, reverse(name, args=["hoi-thi"])), name
    assert "Mô phỏng" in text_of(client, "/")


@pytest.fixture
def tally(db):
    contest = make_contest("hoi-thi", names="masked")
    make_ranking(contest, rule=RULE)
    return make_published_tally(round=make_round(contest), hash="ab12cd34" * 8)


def test_standings_show_places_and_mask_those_without_an_award(client, tally):
    winner = make_entrant(tally.contest, person=make_person("Nguyễn Thị Hường"))
    other = make_entrant(tally.contest, person=make_person("Lê Văn Phước"))
    facts = {"score": 15000, "prediction": 9800, "prediction_distance": 12}
    make_standing(tally, winner, facts=facts)
    make_standing(tally, other, place=2)
    make_award(tally, winner)

    text = text_of(client, reverse("standings", args=["hoi-thi"]))

    assert "Nguyễn Thị Hường" in text
    assert "Lê Văn P***" in text
    assert "Lê Văn Phước" not in text
    assert "ab12 cd34" in text


def test_the_own_place_is_pinned_on_every_page(client, tally):
    mine = make_entrant(tally.contest)
    for place in range(1, 53):
        make_standing(tally, make_entrant(tally.contest), place=place)
    make_standing(tally, mine, place=53)
    client.force_login(mine.person.user)

    first = text_of(client, reverse("standings", args=["hoi-thi"]))
    second = text_of(client, reverse("standings", args=["hoi-thi"]) + "?page=2")

    assert first.count("is-own") == 1
    assert second.count("is-own") == 1
    assert "Trang 1/2" in first


@pytest.mark.parametrize("rows", [1, 3])
def test_standings_take_ten_queries_whatever_their_length(
    client, tally, rows, django_assert_num_queries
):
    for place in range(rows):
        make_standing(tally, make_entrant(tally.contest), place=place + 1)
    client.force_login(make_user())

    with django_assert_num_queries(10):
        client.get(reverse("standings", args=["hoi-thi"]))


def test_standings_not_published_are_not_shown(client, tally):
    entrant = make_entrant(tally.contest, person=make_person("Trần Văn Ẩn Danh"))
    make_standing(tally, entrant)
    tally.publication.delete()

    text = text_of(client, reverse("standings", args=["hoi-thi"]))

    assert "Chưa có kết quả nào được công bố" in text
    assert "Trần Văn" not in text


@pytest.mark.parametrize(
    "query", ["round=99", "round=x", "group=%00", "page=-1&ranking=a"]
)
def test_unknown_lists_fall_back_to_one_that_exists(client, tally, query):
    make_standing(tally, make_entrant(tally.contest))

    address = reverse("standings", args=["hoi-thi"])
    assert client.get(f"{address}?{query}").status_code == 200


def test_units_show_their_results_by_bloc(client):
    tally = make_published_tally(make_contest("hoi-thi"))
    unit = make_contest_unit(make_bloc(tally.contest), make_unit(name="Sở Du lịch"))
    facts = {"people": 92, "headcount": 95, "rate": "92/95", "mean_score": "1372/100"}
    make_unit_result(tally, unit, points="4309/50", facts=facts)

    text = text_of(client, reverse("units", args=["hoi-thi"]))

    assert "Sở Du lịch" in text
    assert "86,18" in text
    assert "13,72" in text


def test_a_unit_without_a_place_has_a_dash(client):
    tally = make_published_tally(make_contest("hoi-thi"))
    make_unit_result(tally, place=None)

    text = text_of(client, reverse("units", args=["hoi-thi"]))

    assert '<td role="cell" class="place">–</td>' in text


@pytest.mark.parametrize("rows", [1, 3])
def test_awards_take_three_queries_whatever_their_number(
    client, tally, rows, django_assert_num_queries
):
    for _row in range(rows):
        make_award(tally, make_entrant(tally.contest))

    with django_assert_num_queries(3):
        client.get(reverse("awards", args=["hoi-thi"]))


def test_awards_of_units_and_people_are_shown(client, tally):
    make_award(
        tally, make_entrant(tally.contest, person=make_person("Nguyễn Thị Hường"))
    )
    final = make_published_tally(tally.contest)
    unit = make_contest_unit(
        make_bloc(tally.contest, name="Khối xã, phường"), make_unit(name="Xã Nam Đông")
    )
    make_award(final, contest_unit=unit)

    text = text_of(client, reverse("awards", args=["hoi-thi"]))

    assert "Nguyễn Thị Hường" in text
    assert "Xã Nam Đông" in text
    assert text.index("Khối xã, phường") < text.index("Tuần 1")


def test_a_certificate_is_checked_by_its_serial(client, tally):
    make_award(
        tally, make_entrant(tally.contest, person=make_person("Nguyễn Thị Hường"))
    )
    (issued,) = documents.issue(Award.objects.all(), by=make_user(), now=clock.now())

    text = text_of(client, reverse("certificate", args=[issued.serial.lower()]))

    assert "Có hiệu lực" in text
    assert "Nguyễn Thị Hường" in text


@pytest.mark.parametrize("serial", ["khong-co", "0000-0000-0000-0000", "\x00"])
def test_an_unknown_serial_says_so(client, db, serial):
    page = client.get(reverse("certificate-check"), {"so": serial})

    assert page.status_code == 404
    assert "Không có giấy chứng nhận nào" in page.content.decode()


def test_the_form_to_check_a_certificate_is_public(client, db):
    assert client.get(reverse("certificate-check")).status_code == 200


def test_an_award_tells_why(client, tally):
    winner = make_entrant(tally.contest, person=make_person("Nguyễn Thị Hường"))
    reasons = [{"code": "place", "params": {"place": 1, "of": 24525}}]
    award = make_award(tally, winner, reasons=reasons)

    text = text_of(client, reverse("award", args=[award.uuid]))

    assert "Nguyễn Thị Hường" in text
    assert "Xếp hạng 1 trong 24.525 người được xếp hạng." in text


def test_a_units_award_shows_how_its_points_add_up(client):
    tally = make_published_tally(make_contest("hoi-thi"))
    unit = make_contest_unit(make_bloc(tally.contest))
    component = {
        "code": "rate",
        "title": "Tỷ lệ tham gia",
        "metric": "rate",
        "normaliser": "percent",
        "weight": "40",
        "value": "92/95",
        "points": "736/19",
    }
    make_scheme(tally.contest, rule={"components": [component]})
    make_unit_result(tally, unit, points="736/19", facts={"components": [component]})
    award = make_award(tally, contest_unit=unit)

    text = text_of(client, reverse("award", args=[award.uuid]))

    assert "Tỷ lệ tham gia" in text
    assert text.count("38,74") == 2


def test_an_award_not_published_is_not_found(client, tally):
    award = make_award(tally)
    tally.publication.delete()

    assert client.get(reverse("award", args=[award.uuid])).status_code == 404


@pytest.mark.parametrize(
    ("name", "queries"),
    [("contest", 17), ("regulations", 13), ("units", 10), ("awards", 5)],
)
@pytest.mark.parametrize("rows", [1, 3])
def test_pages_take_as_many_queries_whatever_their_length(
    client, name, queries, rows, django_assert_max_num_queries
):
    contest = make_contest("hoi-thi")
    bloc = make_bloc(contest)
    for number in range(1, rows + 1):
        make_round(contest, number)
        make_contest_unit(bloc, people=10)
    client.force_login(make_user())

    with django_assert_max_num_queries(queries):
        client.get(reverse(name, args=["hoi-thi"]))


@pytest.mark.parametrize("name", ["contest", "standings", "units"])
def test_what_is_shown_to_one_person_is_stored_by_nobody(client, name):
    make_round(make_contest("hoi-thi"))
    address = reverse(name, args=["hoi-thi"])

    public = client.get(address)
    client.force_login(make_user())
    own = client.get(address)

    assert "no-store" not in public.get("Cache-Control", "")
    assert "no-store" in own["Cache-Control"]
    assert "private" in own["Cache-Control"]
