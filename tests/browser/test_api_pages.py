"""The API's pages to browse it by: under the content policy, from this host alone."""

from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import DESK


@pytest.mark.django_db(transaction=True)
def test_the_pages_show_every_call_and_ask_no_other_host(open_page, live_server):
    page = open_page(DESK)
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto("/api/v1/docs/")
    page.get_by_text("/api/v1/attempts/{uuid}/responses/").wait_for()

    hosts = {urlsplit(url).netloc for url in asked if not url.startswith("data:")}
    assert hosts == {urlsplit(live_server.url).netloc}
    assert page.said == []
    assert page.locator(".opblock").count() >= 15
    page.locator("#operations-contests-contests_list button").first.click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    page.get_by_text('"results": []').first.wait_for()
