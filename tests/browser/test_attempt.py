"""
A paper sat in a phone's browser: saved as it goes, handed in once, never lost silently.
"""

import re

import pytest
from django.urls import reverse

from contest.lib import clock
from quizzes.models import Attempt
from quizzes.services import attempts, claims
from tests.browser.conftest import DESK, PHONE

SLUG = "hoi-thi-thu"
SAVED = re.compile("Đã lưu")


@pytest.fixture
def sitting(scene, open_page, sign_in):
    """A page with a fresh attempt, opened from the start page."""

    def started(size=PHONE, **options):
        page = sign_in(open_page(size, **options), scene.user)
        page.goto(reverse("round-start", args=[SLUG, 2]))
        page.get_by_role("button", name="Bắt đầu tính giờ").click()
        page.wait_for_url("**/bai-thi/**")
        return page

    return started


def attempt_of(page):
    return Attempt.objects.get(state="open")


def choose(page, item, letter):
    """Tap an option of an item that is on the screen."""
    page.locator(f"#cau-{item} .option", has_text=letter).first.click()


def saved(page):
    page.locator("#saving.state-good", has_text=SAVED).wait_for()


def test_an_answer_is_saved_and_the_tick_comes_after_the_server(sitting):
    page = sitting()
    page.wait_for_selector(".flag:not([hidden])")

    assert page.locator("#saving").inner_text() == ""
    page.locator("#cau-1 .option").nth(1).click()
    saved(page)

    attempt = attempt_of(page)
    assert attempt.responses == {"1": ["b"]}
    assert attempt.seq == 1
    assert page.locator('[data-cell="1"].is-done').count() == 1
    assert page.said == []


def test_what_was_chosen_before_the_script_ran_is_saved_too(sitting):
    page = sitting()
    page.route("**/js/attempt.js", lambda route: late(page, route))
    page.reload(wait_until="commit")
    page.locator("#cau-1 .option").first.click()
    saved(page)

    assert attempt_of(page).responses == {"1": ["a"]}


def late(page, route):
    page.wait_for_timeout(1000)
    route.continue_()


def test_one_item_a_screen_and_the_bar_moves_between_them(sitting):
    page = sitting()

    assert page.locator(".item:visible").count() == 1
    page.get_by_role("link", name="Tiếp").click()
    assert page.locator("#cau-2").is_visible()
    assert page.locator("#where").inner_text() == "Câu 2/15"
    page.locator("#cau-2").get_by_role("link", name="Danh sách câu").click()
    page.locator('[data-cell="9"]').click()

    assert page.locator(".item:visible").get_attribute("id") == "cau-9"
    assert not page.locator(".palette").is_visible()


def test_a_desk_shows_list_and_palette_side_by_side(sitting):
    page = sitting(DESK)

    assert page.locator(".item:visible").count() == 15
    assert page.locator(".palette").is_visible()


def test_the_paper_is_handed_in_once_with_its_prediction(sitting):
    page = sitting()
    page.locator("#cau-1 .option").first.click()
    saved(page)
    page.locator("#cau-1").get_by_role("link", name="Danh sách câu").click()
    page.get_by_role("button", name="Kiểm tra lại và nộp bài").click()
    page.wait_for_url("**/kiem-tra/")
    page.get_by_label("Theo bạn").fill("9.800")
    saved(page)
    page.get_by_role("button", name="Nộp bài, bỏ trống 14 câu").dblclick()
    page.wait_for_url("**/bien-nhan/")

    attempt = Attempt.objects.get(prediction=9800, state="submitted", round__number=2)
    assert attempt.responses == {"1": ["a"]}
    assert "Đã nộp bài Tuần 2" in page.content()
    assert page.said == []


def test_answers_given_without_network_are_sent_when_it_returns(sitting):
    page = sitting()
    page.locator("#cau-1 .option").first.click()
    saved(page)

    page.context.set_offline(True)
    page.locator("#cau-1 .option").nth(2).click()
    page.get_by_text("Mất kết nối").wait_for()
    assert page.locator("#saving").inner_text() == "Chờ mạng"
    page.context.set_offline(False)
    page.get_by_text("Đã có mạng").wait_for()

    assert attempt_of(page).responses == {"1": ["c"]}


def test_a_lost_reply_is_asked_for_again_under_the_same_number(sitting):
    page = sitting()
    page.route("**/responses/", lambda route: swallow(route), times=1)

    page.locator("#cau-1 .option").first.click()
    saved(page)

    attempt = attempt_of(page)
    assert (attempt.seq, attempt.responses) == (1, {"1": ["a"]})


def assert_soon(page, is_true, seconds=5):
    """Wait for what the server or a worker will have stored."""
    for _try in range(10 * seconds):
        if is_true():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"it did not come true in {seconds} seconds")


def swallow(route):
    """Let the request reach the server and lose its answer."""
    route.fetch()
    route.abort()


def test_a_second_browser_takes_over_openly(sitting, scene, open_page, sign_in):
    first = sitting()
    first.locator("#cau-1 .option").first.click()
    saved(first)

    second = sign_in(open_page(), scene.user)
    second.goto(reverse("attempt", args=[attempt_of(first).uuid]))
    second.get_by_role("button", name="Làm tiếp ở đây").click()
    second.wait_for_url("**/bai-thi/*/")
    second.goto(second.url.split("#")[0] + "#cau-2")
    second.locator("#cau-2 .option").first.click()
    saved(second)
    first.locator("#cau-1 .option").nth(3).click()
    first.get_by_text("thiết bị hoặc cửa sổ khác").wait_for()

    assert attempt_of(first).responses == {"1": ["a"], "2": ["a"]}
    assert first.locator("#cau-1 input").first.is_disabled()


def test_a_choice_taken_back_leaves_nothing_to_save(sitting):
    page = sitting()
    page.get_by_role("link", name="Danh sách câu").first.click()
    page.get_by_role("button", name="Kiểm tra lại và nộp bài").click()
    page.wait_for_url("**/kiem-tra/")
    page.get_by_label("Theo bạn").fill("chín nghìn")

    page.locator("#saving", has_text="Đang lưu").wait_for()
    assert_soon(page, lambda: page.locator("#saving").inner_text() == "")
    assert attempt_of(page).seq == 0


def test_an_attempt_handed_in_elsewhere_is_told(sitting):
    page = sitting()
    attempt = attempt_of(page)
    claim = claims.Claim(attempt.uuid, attempt.entrant_id)
    attempts.submit(claim, now=clock.now())

    page.locator("#cau-1 .option").first.click()
    page.get_by_text("Bài đã nộp").wait_for()
    assert page.locator("#saving").inner_text() == "Chưa lưu được"
    page.get_by_role("link", name="Xem biên nhận").click()

    page.wait_for_url("**/bien-nhan/")


def test_what_was_just_chosen_is_sent_when_the_page_goes_away(sitting):
    page = sitting()
    page.locator("#cau-1 .option").first.click()
    page.goto(reverse("home"))

    assert_soon(page, lambda: attempt_of(page).responses == {"1": ["a"]})


def test_the_clock_follows_the_server_and_can_be_hidden(sitting):
    page = sitting()

    assert re.fullmatch("(20:00|19:5[0-9])", page.locator("#time").inner_text())
    page.locator("#timer").click()
    assert page.locator("#time").inner_text() == "Hiện đồng hồ"
    page.locator("#timer").click()
    assert ":" in page.locator("#time").inner_text()


def test_a_wrong_clock_on_the_device_changes_nothing(scene, open_page, sign_in):
    page = sign_in(open_page(), scene.user)
    page.clock.install(time=clock.now().timestamp() * 1000 + 3 * 3600 * 1000)
    page.goto(reverse("round-start", args=[SLUG, 2]))
    page.get_by_role("button", name="Bắt đầu tính giờ").click()
    page.wait_for_url("**/bai-thi/**")

    assert re.fullmatch("(20:00|19:5[0-9])", page.locator("#time").inner_text())


def test_when_time_is_up_the_fields_close_and_the_page_says_what_counts(sitting):
    page = sitting()
    attempt = attempt_of(page)
    now = clock.now()
    Attempt.objects.filter(pk=attempt.pk).update(deadline=now, started_at=now)
    page.locator("#cau-1 .option").first.click()
    page.get_by_text("Hết giờ").first.wait_for()

    assert page.locator("#cau-1 input").first.is_disabled()
    assert attempt_of(page).responses == {"1": ["a"]}


def test_the_keyboard_alone_finishes_an_item(sitting):
    page = sitting(DESK)
    page.locator("#cau-1 input").first.focus()
    page.keyboard.press("ArrowDown")
    saved(page)

    assert attempt_of(page).responses == {"1": ["b"]}


def test_without_script_the_paper_is_a_plain_form(sitting):
    page = sitting(java_script_enabled=False)

    assert page.locator(".item:visible").count() == 1
    page.locator("#cau-1 .option").first.click()
    page.locator("#cau-1").get_by_role("link", name="Tiếp").click()
    page.locator("#cau-2 .option").nth(1).click()
    page.locator("#cau-2").get_by_role("link", name="Danh sách câu").click()
    page.get_by_role("button", name="Kiểm tra lại và nộp bài").click()
    page.wait_for_url("**/kiem-tra/")
    assert attempt_of(page).responses == {"1": ["a"], "2": ["b"]}
    page.get_by_label("Theo bạn").fill("12")
    page.get_by_role("button", name="Nộp bài").click()
    page.wait_for_url("**/bien-nhan/")

    assert Attempt.objects.filter(prediction=12, state="submitted").count() == 1


def test_items_marked_to_look_at_again_stay_marked_after_a_reload(sitting):
    page = sitting()
    page.locator("#cau-1").get_by_text("Xem lại câu này sau").click()
    page.reload()
    page.wait_for_selector('[data-cell="1"] .icon', state="attached")

    assert page.get_by_label("Xem lại câu này sau").first.is_checked()
