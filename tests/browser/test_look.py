"""
Every page in every dress: nothing for axe to find, nothing in the console, nothing cut.

Phones of 320 and 390 px and a desk; light, dark and the largest text.
"""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from quizzes.models import Attempt
from tests.browser.conftest import DESK, PHONE

SMALLEST = {"width": 320, "height": 640}
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
DRESSES = {
    "phone": (PHONE, {}),
    "phone-dark": (PHONE, {"theme": "dark"}),
    "phone-large": (PHONE, {"text": "3"}),
    "smallest": (SMALLEST, {"text": "3"}),
    "desk": (DESK, {}),
    "desk-dark": (DESK, {"theme": "dark"}),
    "desk-large": (DESK, {"text": "3"}),
}
# Each theme, text size and width once; with pictures, every dress.
WORN = (
    list(DRESSES) if "SCREENSHOTS" in os.environ else ["phone", "smallest", "desk-dark"]
)
SLUG = "hoi-thi-thu"
PUBLIC = {
    "home": lambda scene: reverse("home"),
    "contest": lambda scene: reverse("contest", args=[SLUG]),
    "regulations": lambda scene: reverse("regulations", args=[SLUG]),
    "standings": lambda scene: reverse("standings", args=[SLUG]),
    "units": lambda scene: reverse("units", args=[SLUG]),
    "awards": lambda scene: reverse("awards", args=[SLUG]),
    "award": lambda scene: reverse("award", args=[scene.award.uuid]),
    "certificate": lambda scene: reverse(
        "certificate", args=[scene.award.certificate.serial]
    ),
    "sign-in": lambda scene: reverse("account_login"),
    "sign-up": lambda scene: reverse("account_signup"),
    "reset": lambda scene: reverse("account_reset_password"),
    "not-found": lambda scene: "/khong-co/trang/nay/",
}
PERSONAL = {
    "home-own": lambda scene: reverse("home"),
    "start": lambda scene: reverse("round-start", args=[SLUG, 2]),
    "mine": lambda scene: reverse("my-contests"),
    "data": lambda scene: reverse("my-data"),
    "receipt": lambda scene: reverse("receipt", args=[scene.attempt.uuid]),
    "result": lambda scene: reverse("result", args=[scene.attempt.uuid]),
    "standings-own": lambda scene: reverse("standings", args=[SLUG]),
    "logout": lambda scene: reverse("account_logout"),
    "password": lambda scene: reverse("account_change_password"),
}


def dressed(page, live_server, preferences):
    cookies = [
        {"name": name, "value": value, "url": live_server.url}
        for name, value in preferences.items()
    ]
    if cookies:
        page.context.add_cookies(cookies)
    return page


def keep_picture(page, name, dress):
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{folder}/{name}-{dress}.png", full_page=True)


def faults_of(page, name):
    """What a critical eye finds: axe's violations, messages, sideways scroll."""
    found = Axe().run(page, options=AXE).response["violations"]
    faults = [
        f"{name}: {one['id']} at {one['nodes'][0]['target']}: "
        f"{one['nodes'][0].get('failureSummary', '')[:300]}"
        for one in found
    ]
    faults += [
        f"{name}: console: {text}"
        for text in page.said
        if "404 (Not Found)" not in text
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if wide > 0:
        faults.append(f"{name}: {wide} px wider than the screen")
    return faults


def walk(page, pages, scene, dress):
    faults = []
    for name, address in pages.items():
        page.said.clear()
        answer = page.goto(address(scene))
        page.wait_for_load_state("networkidle")
        if answer is not None and answer.status >= 500:
            faults.append(f"{name}: {answer.status}")
        keep_picture(page, name, dress)
        faults += faults_of(page, f"{name} {dress}")
    return faults


@pytest.mark.parametrize("dress", WORN)
def test_public_pages_are_whole_in_every_dress(scene, open_page, live_server, dress):
    size, preferences = DRESSES[dress]
    page = dressed(open_page(size), live_server, preferences)

    assert walk(page, PUBLIC, scene, dress) == []


@pytest.mark.parametrize("dress", WORN)
def test_personal_pages_are_whole_in_every_dress(
    scene, open_page, sign_in, live_server, dress
):
    size, preferences = DRESSES[dress]
    page = dressed(open_page(size), live_server, preferences)
    sign_in(page, scene.user)

    assert walk(page, PERSONAL, scene, dress) == []


@pytest.mark.parametrize("dress", WORN)
def test_the_attempt_is_whole_in_every_dress(
    scene, open_page, sign_in, live_server, dress
):
    size, preferences = DRESSES[dress]
    page = dressed(open_page(size), live_server, preferences)
    sign_in(page, scene.user)
    page.goto(reverse("round-start", args=[SLUG, 2]))
    page.click("main form button")
    page.wait_for_url("**/bai-thi/**")
    attempt = Attempt.objects.get(state="open")
    pages = {
        "attempt": lambda scene: reverse("attempt", args=[attempt.uuid]) + "#cau-3",
        "palette": lambda scene: reverse("attempt", args=[attempt.uuid]) + "#danh-sach",
        "check": lambda scene: reverse("attempt-check", args=[attempt.uuid]),
    }

    assert walk(page, pages, scene, dress) == []
