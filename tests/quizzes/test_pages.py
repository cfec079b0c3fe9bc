"""A participant's pages: each for its own person, and nothing for a stranger."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from contest.lib import clock
from quizzes.models import Attempt, Entrant
from quizzes.services import attempts, claims
from tests.factories import (
    NOON,
    make_attempt,
    make_audience,
    make_bank,
    make_contest,
    make_entrant,
    make_item,
    make_paper,
    make_person,
    make_pool,
    make_round,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed():
    """A round open now with a sealed pool of three items and a prediction."""
    now = clock.now()
    contest = make_contest("hoi-thi")
    round = make_round(
        contest,
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=1),
    )
    bank = make_bank()
    for _number in range(3):
        make_item(bank)
    paper = make_paper(
        round,
        make_audience(contest),
        bank=bank,
        items=3,
        minutes=20,
        prediction="perfect_people",
        attempt_limits=[{"n": 1, "per": "round"}],
    )
    return make_pool(paper)


@pytest.fixture
def entrant(sealed):
    return make_entrant(sealed.round.contest, audience=sealed.audience)


@pytest.fixture
def signed_in(client, entrant):
    client.force_login(entrant.person.user)
    return client


@pytest.fixture
def started(signed_in, sealed, entrant):
    """An attempt begun through the page by its own person."""
    address = reverse("round-start", args=["hoi-thi", 1])
    signed_in.post(address)
    return Attempt.objects.get(entrant=entrant)


def answers(attempt, **changes):
    fields = {
        "token": claims.token_of(attempt),
        "seq": attempt.seq + 1,
        "items": "1",
        "item-1": "a",
    }
    return {name: value for name, value in (fields | changes).items() if value != ""}


def test_the_start_page_says_what_awaits_and_changes_nothing(signed_in, sealed):
    page = signed_in.get(reverse("round-start", args=["hoi-thi", 1]))

    assert page.status_code == 200
    assert "Bắt đầu tính giờ" in page.content.decode()
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("number", [2, 0, 10**30])
def test_a_round_that_is_not_there_is_not_found(signed_in, number):
    page = signed_in.get(reverse("round-start", args=["hoi-thi", number]))

    assert page.status_code == 404


def test_who_has_not_joined_is_led_to_join(client, sealed):
    client.force_login(make_user())

    page = client.get(reverse("round-start", args=["hoi-thi", 1]))

    assert page.url == reverse("join", args=["hoi-thi"])


def hold_in(text):
    """The claim that a page's token makes, whatever second it was signed in."""
    token = re.search(r'data-token="([^"]+)"', text)
    return token and claims.read(token.group(1))


def test_starting_shows_the_whole_paper(signed_in, started):
    page = signed_in.get(reverse("attempt", args=[started.uuid]))

    text = page.content.decode()
    assert page.status_code == 200
    assert text.count('class="item') == 3
    assert hold_in(text) == attempts.claim_of(started)
    assert "no-store" in page["Cache-Control"]
    assert "private" in page["Cache-Control"]


def test_starting_twice_resumes(signed_in, started):
    signed_in.post(reverse("round-start", args=["hoi-thi", 1]))

    started.refresh_from_db()
    assert Attempt.objects.count() == 1
    assert started.sitting == 2


def test_another_browser_is_asked_before_it_takes_over(client, started):
    client.force_login(started.entrant.person.user)
    client.session.flush()
    client.force_login(started.entrant.person.user)

    page = client.get(reverse("attempt", args=[started.uuid]))

    text = page.content.decode()
    assert "Làm tiếp ở đây" in text
    assert hold_in(text) is None


def test_the_plain_form_saves_and_leads_to_the_check_page(signed_in, started):
    response = signed_in.post(
        reverse("attempt-save", args=[started.uuid]),
        answers(started, **{"item-2": ["a", "b"]}),
    )

    started.refresh_from_db()
    assert response.url == reverse("attempt-check", args=[started.uuid])
    assert started.responses == {"1": ["a"], "2": ["a", "b"]}
    assert started.seq == 1


def test_the_check_page_names_what_is_missing(signed_in, started):
    signed_in.post(reverse("attempt-save", args=[started.uuid]), answers(started))

    text = signed_in.get(reverse("attempt-check", args=[started.uuid])).content.decode()

    assert "Còn 2 câu chưa trả lời" in text
    assert "Nộp bài, bỏ trống 2 câu" in text


def test_submitting_stores_the_prediction_and_gives_a_receipt(signed_in, started):
    signed_in.post(reverse("attempt-save", args=[started.uuid]), answers(started))
    started.refresh_from_db()

    response = signed_in.post(
        reverse("attempt-submit", args=[started.uuid]),
        answers(started, items="", prediction="9.800"),
        follow=True,
    )

    started.refresh_from_db()
    assert (started.state, started.prediction) == ("submitted", 9800)
    assert started.responses == {"1": ["a"]}
    assert response.context["receipt"].answered == 1
    assert "Đã nộp bài" in response.content.decode()


def test_submitting_twice_shows_the_same_receipt(signed_in, started):
    data = answers(started)
    first = signed_in.post(
        reverse("attempt-submit", args=[started.uuid]), data, follow=True
    )
    second = signed_in.post(
        reverse("attempt-submit", args=[started.uuid]), data, follow=True
    )

    assert first.context["receipt"] == second.context["receipt"]


@pytest.mark.parametrize(
    "prediction", ["chín nghìn", "-1", "1e9", "2147483648", "9" * 5000, "\x00"]
)
def test_a_prediction_that_is_no_number_is_told_and_not_submitted(
    signed_in, started, prediction
):
    response = signed_in.post(
        reverse("attempt-submit", args=[started.uuid]),
        answers(started, items="", prediction=prediction),
    )

    started.refresh_from_db()
    assert response.status_code == 400
    assert started.state == "open"


@pytest.mark.parametrize(
    "changes",
    [{"item-1": "z"}, {"seq": "0"}, {"seq": "abc"}, {"item-1": ["a", "a"]}],
)
def test_answers_of_a_wrong_shape_change_nothing(signed_in, started, changes):
    response = signed_in.post(
        reverse("attempt-save", args=[started.uuid]), answers(started, **changes)
    )

    started.refresh_from_db()
    assert response.status_code == 400
    assert started.seq == 0


def test_an_old_page_cannot_overwrite_newer_answers(signed_in, started):
    old = answers(started)
    signed_in.post(
        reverse("attempt-save", args=[started.uuid]),
        answers(started, **{"item-1": "b"}),
    )

    signed_in.post(reverse("attempt-save", args=[started.uuid]), old)

    started.refresh_from_db()
    assert started.responses == {"1": ["b"]}


def test_a_token_of_another_attempt_is_not_found(signed_in, started):
    other = make_attempt()

    response = signed_in.post(
        reverse("attempt-save", args=[started.uuid]),
        answers(started, token=claims.token_of(other)),
    )

    assert response.status_code == 404


def test_after_the_time_is_up_the_receipt_page_says_it_is_being_closed(
    signed_in, started
):
    now = clock.now()
    Attempt.objects.filter(pk=started.pk).update(
        started_at=now - timedelta(hours=1),
        deadline=now - timedelta(seconds=40),
        accepts_until=now - timedelta(seconds=20),
    )

    page = signed_in.get(reverse("attempt", args=[started.uuid]), follow=True)

    assert "Hết giờ làm bài" in page.content.decode()
    assert page["Refresh"] == "20"


def test_an_attempt_whose_time_is_over_is_not_offered_to_go_on_with(signed_in, started):
    now = clock.now()
    Attempt.objects.filter(pk=started.pk).update(
        started_at=now - timedelta(hours=1),
        deadline=now - timedelta(seconds=40),
        accepts_until=now - timedelta(seconds=20),
    )

    for address in ("/", reverse("round-start", args=["hoi-thi", 1])):
        text = signed_in.get(address).content.decode()

        assert "làm dở" not in text
        assert "đã dùng hết lượt thi" in text


@pytest.mark.parametrize(
    ("name", "led_to"),
    [("attempt-save", "attempt"), ("attempt-submit", "attempt-check")],
)
def test_signing_in_again_leads_from_a_forms_address_to_its_page(
    client, started, name, led_to
):
    address = reverse(name, args=[started.uuid])
    client.logout()
    expired = client.post(address, answers(started), follow=True)
    client.force_login(started.entrant.person.user)

    response = client.get(address)

    started.refresh_from_db()
    assert response.url == reverse(led_to, args=[started.uuid])
    assert expired.status_code == 200
    assert started.state == "open"


PAGES = ["attempt", "attempt-check", "receipt", "result"]


@pytest.mark.parametrize("name", PAGES)
def test_an_attempt_is_not_found_by_another_person(client, started, name):
    client.force_login(make_person().user)

    assert client.get(reverse(name, args=[started.uuid])).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_an_attempt_asks_a_stranger_to_sign_in(client, name):
    attempt = make_attempt()

    page = client.get(reverse(name, args=[attempt.uuid]))

    assert page.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["attempt-save", "attempt-submit"])
def test_another_persons_form_is_not_found(client, started, name):
    client.force_login(make_person().user)

    response = client.post(reverse(name, args=[started.uuid]), answers(started))

    assert response.status_code == 404


def test_joining_prefers_how_one_signed_up(client, sealed):
    unit = make_unit(name="Sở Du lịch")
    person = make_person(unit=unit)
    client.force_login(person.user)

    page = client.get(reverse("join", args=["hoi-thi"]))
    response = client.post(
        reverse("join", args=["hoi-thi"]),
        {"audience": sealed.audience_id, "unit": unit.pk},
    )

    assert page.status_code == 200
    assert response.url == reverse("round-start", args=["hoi-thi", 1])
    assert Entrant.objects.get(person=person).unit == unit


def test_a_refused_entry_says_why(client, sealed):
    sealed.audience.min_age = 18
    sealed.audience.save(update_fields=["min_age"])
    person = make_person(unit=make_unit(), birth_date="2015-01-01")
    client.force_login(person.user)

    response = client.post(
        reverse("join", args=["hoi-thi"]),
        {"audience": sealed.audience_id, "unit": person.unit_id},
    )

    assert "chưa đủ 18 tuổi" in response.content.decode()
    assert not Entrant.objects.filter(person=person).exists()


@pytest.mark.parametrize("audience", ["", "999999", "abc", "9" * 30, "\x00"])
def test_joining_needs_an_audience_of_this_contest(client, sealed, audience):
    client.force_login(make_person(unit=make_unit()).user)

    response = client.post(
        reverse("join", args=["hoi-thi"]), {"audience": audience, "unit": audience}
    )

    assert response.status_code == 200
    assert not Entrant.objects.exists()


@pytest.mark.parametrize("name", ["", "An", "\x00 An"])
def test_an_account_without_a_person_gives_a_whole_name_to_join(client, sealed, name):
    client.force_login(make_user())
    data = {"audience": sealed.audience_id, "unit": make_unit().pk}

    refused = client.post(
        reverse("join", args=["hoi-thi"]), {**data, "full_name": name}
    )
    joined = client.post(
        reverse("join", args=["hoi-thi"]), {**data, "full_name": " Lê  Văn An "}
    )

    assert refused.context["form"].errors.keys() == {"full_name"}
    assert joined.status_code == 302
    assert Entrant.objects.get().person.full_name == "Lê Văn An"


@pytest.mark.parametrize("day", ["2999-01-01", "1899-12-31", "31/31/1990"])
def test_a_birth_date_asked_for_at_joining_is_a_day_in_the_past(client, sealed, day):
    sealed.audience.min_age = 18
    sealed.audience.save(update_fields=["min_age"])
    client.force_login(make_person(unit=make_unit()).user)

    response = client.post(
        reverse("join", args=["hoi-thi"]),
        {"audience": sealed.audience_id, "unit": make_unit().pk, "birth_date": day},
    )

    assert response.context["form"].errors.keys() == {"birth_date"}


def test_a_unit_is_called_optional_only_where_an_audience_has_none(client, sealed):
    client.force_login(make_person().user)
    address = reverse("join", args=["hoi-thi"])

    needed = client.get(address).content.decode()
    make_audience(
        sealed.round.contest, "tu-do", unit_kind="none", counts_for_unit=False
    )
    optional = client.get(address).content.decode()

    assert "(không bắt buộc)" not in needed
    assert "(không bắt buộc)" in optional


def test_a_draft_contest_cannot_be_joined(client):
    make_contest("nhap", state="draft")
    client.force_login(make_person().user)

    assert client.get(reverse("join", args=["nhap"])).status_code == 404


def test_the_start_page_asks_few_queries_however_many_attempts(
    signed_in, sealed, entrant, django_assert_num_queries
):
    address = reverse("round-start", args=["hoi-thi", 1])
    with django_assert_num_queries(9):
        none = signed_in.get(address)
    for number in (1, 2, 3):
        closed = {"state": "submitted", "submitted_at": NOON, "duration_ms": 1}
        make_attempt(
            entrant,
            sealed.round,
            number=number,
            pool=sealed,
            closed_by="person",
            **closed,
        )
    with django_assert_num_queries(9):
        three = signed_in.get(address)

    assert none.content.decode().count("Lượt ") == 0
    assert three.content.decode().count("Biên nhận") == 3


def test_my_contests_list_every_attempt_under_one_count_of_queries(
    signed_in, entrant, started, django_assert_num_queries
):
    address = reverse("my-contests")
    with django_assert_num_queries(4):
        one = signed_in.get(address)
    for number in (2, 3):
        other = make_round(entrant.contest, number)
        make_attempt(entrant, other, number=1, pool=None)
    with django_assert_num_queries(4):
        three = signed_in.get(address)

    assert one.content.decode().count("Lượt 1") == 1
    assert three.content.decode().count("Lượt 1") == 3
