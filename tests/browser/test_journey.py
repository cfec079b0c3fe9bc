"""
From the bank to a published award, through the real commands, pages and worker.

A city sets its contest up from files, a person signs up and sits the open round on a
phone, Celery scores, the round closes, two officials publish, and the person reads why
the prize is theirs.
"""

import json
import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from contest.lib import clock
from leaderboards.services.demo_documents import editions, units_file
from quizzes.models import Attempt, Round
from tests.browser.test_attempt import assert_soon, saved
from tests.factories import make_role, make_user

ROUND = 2


@pytest.fixture
def worker(transactional_db):
    """A Celery worker of its own process on the tests' database and queue."""
    name = connection.settings_dict["NAME"]
    url = urlsplit(os.environ["TEST_DATABASE_URL"])._replace(path=f"/{name}")
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "contest", "worker", "-P", "solo"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "TEST_DATABASE_URL": urlunsplit(url)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield process
    process.terminate()
    process.wait(30)


@pytest.fixture
def contest(transactional_db, tmp_path):
    """This year's Huế contest, set up from its files, its second round locked."""
    edition = editions(now=clock.now())[1]
    files = {
        "units.csv": units_file(),
        "contest.json": json.dumps(edition.document).encode(),
        "items.csv": edition.items,
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    call_command("import_units", tmp_path / "units.csv")
    call_command("import_contest", tmp_path / "contest.json")
    items = tmp_path / "items.csv"
    call_command("import_items", items, bank=edition.bank, approve=True)
    round = Round.objects.get(contest__slug=edition.slug, number=ROUND)
    for kind in ("organiser", "publisher"):
        make_role(round.contest, kind, user=make_user(kind))
    two = {"by": "organiser", "approved_by": "publisher"}
    call_command("lock_round", edition.slug, round=ROUND, **two)
    return round.contest


def sign_up(page, contest):
    """A person who was never here before, as an official of a department."""
    page.goto(reverse("round-start", args=[contest.slug, ROUND]))
    page.get_by_role("link", name="Đăng ký lần đầu").click()
    page.get_by_label("Họ và tên").fill("Trần Thị Khánh An")
    page.get_by_label("Cán bộ, công chức").check()
    page.get_by_label("Gõ vài chữ để tìm").fill("so du lich")
    page.get_by_label("Ngày sinh", exact=True).fill("1990-02-28")
    page.get_by_label("Số điện thoại hoặc thư điện tử").fill("0912 345 678")
    page.get_by_label("Mật khẩu", exact=True).fill("hoa-phuong-do-1990")
    page.get_by_label("Tôi đồng ý để ban tổ chức").check()
    page.get_by_label("Tôi đồng ý công bố").check()
    page.get_by_role("button", name="Đăng ký").click()


def answer_rightly(page):
    """Choose every right option, as somebody who knows them all."""
    attempt = Attempt.objects.get(state="open")
    keys = attempt.pool.key_sheets.get().keys
    for number, drawn in enumerate(attempt.paper, start=1):
        item = page.locator(f"#cau-{number}")
        for option in keys[drawn["item"]]["correct"]:
            item.locator(".option").nth(drawn["options"].index(option)).click()
        if number < attempt.item_count:
            item.get_by_role("link", name="Tiếp").click()
    saved(page)
    item.get_by_role("button", name="Xong").click()


def close(round):
    """Let the round's last moment pass."""
    Round.objects.filter(pk=round.pk).update(closes_at=clock.now())


def test_from_the_bank_to_a_published_award(contest, worker, open_page):
    page = open_page()
    sign_up(page, contest)
    page.get_by_role("button", name="Tham gia").click()
    page.get_by_role("button", name="Bắt đầu tính giờ").click()
    answer_rightly(page)
    page.get_by_label("Theo bạn").fill("1")
    page.get_by_role("button", name="Nộp bài").click()
    page.wait_for_url("**/bien-nhan/")
    attempt = Attempt.objects.get()
    assert_soon(page, lambda: Attempt.objects.get().scored_with == 1, seconds=30)
    page.goto(reverse("result", args=[attempt.uuid]))
    assert "Chưa công bố điểm" in page.content()

    close(attempt.round)
    call_command("tally", contest.slug, round=ROUND)
    two = {"by": "organiser", "approved_by": "publisher"}
    call_command("publish", contest.slug, round=ROUND, **two)

    page.goto(reverse("result", args=[attempt.uuid]))
    assert page.locator("h1").inner_text().startswith("15")
    page.goto(reverse("awards", args=[contest.slug]))
    page.get_by_role("link", name="Vì sao?").first.click()
    assert "Trần Thị Khánh An" in page.locator("h1").inner_text()
    assert "Giải Nhất" in page.content()
    assert "Xếp hạng 1 trong 1 người được xếp hạng." in page.content()
    assert page.said == []
