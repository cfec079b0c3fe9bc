"""What a phone downloads for a paper of fifteen items, compressed: 100 KB at most."""

import gzip

from django.urls import reverse

MOST_BYTES = 100 * 1024


def test_the_attempt_page_is_light_with_everything_it_loads(scene, open_page, sign_in):
    page = sign_in(open_page(), scene.user)
    page.goto(reverse("round-start", args=["hoi-thi-thu", 2]))
    page.get_by_role("button", name="Bắt đầu tính giờ").click()
    page.wait_for_url("**/bai-thi/**")
    page.wait_for_load_state("networkidle")

    loaded = set()
    page.on("request", lambda request: loaded.add(request.url))
    page.reload()
    page.wait_for_load_state("networkidle")
    sizes = {url: packed(url, page.context.request.get(url)) for url in loaded}

    assert any(url.endswith(".woff2") for url in sizes)
    assert any(url.endswith("attempt.js") for url in sizes)
    assert sum(sizes.values()) <= MOST_BYTES, sizes


def packed(url, response):
    """The bytes of an answer under gzip; fonts are packed already."""
    assert response.ok, url
    body = response.body()
    return len(body if url.endswith(".woff2") else gzip.compress(body, 6))
