"""
A phone's browser on the pages: Debian's Chromium, driven over its own protocol.

``SCREENSHOTS=folder`` keeps a picture of each page that ``test_look`` opens.
"""

import os
import shutil

import pytest
from django.test import Client
from playwright.sync_api import sync_playwright

from tests.browser.scene import PASSWORD, set_scene

# Playwright's loop runs in this thread; Django would refuse the tests' own queries.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser():
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
        )
        yield browser
        browser.close()


@pytest.fixture
def scene(transactional_db):
    return set_scene()


@pytest.fixture
def open_page(browser, live_server):
    """Open pages in contexts of their own; what the console says is collected."""
    contexts = []

    def opened(size=PHONE, **options):
        is_phone = size["width"] < 600
        context = browser.new_context(
            base_url=live_server.url,
            viewport=size,
            is_mobile=is_phone,
            has_touch=is_phone,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in(live_server):
    """Give a page's browser a session of a user, without the form."""

    def signed_in(page, user):
        client = Client()
        client.force_login(user)
        cookie = {"name": "session", "value": client.cookies["session"].value}
        page.context.add_cookies([cookie | {"url": live_server.url}])
        return page

    return signed_in


@pytest.fixture
def password():
    return PASSWORD
