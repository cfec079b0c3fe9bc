"""The list of units: a few typed letters leave the ones that fit."""

import pytest
from django.urls import reverse

from tests.factories import make_unit


@pytest.fixture
def picker(transactional_db, open_page):
    """The sign-up page with three communes to choose from."""
    for kind, name in (
        ("phường", "Phú Xuân"),
        ("phường", "Thủy Xuân"),
        ("", "Đan Điền"),
    ):
        make_unit(name=f"{kind} {name}".strip(), kind=kind, is_commune=True)
    page = open_page()
    page.goto(reverse("account_signup"))
    return page


def left(page):
    return page.locator("#id_unit option").all_inner_texts()[1:]


def chosen(page):
    return page.locator("#id_unit option:checked").inner_text()


def test_words_together_go_before_words_anywhere(picker):
    picker.fill("#id_unit_filter", "phu xuan")
    together = left(picker)
    only = chosen(picker)
    picker.fill("#id_unit_filter", "xuan phu")

    assert together == ["phường Phú Xuân"]
    assert only == "phường Phú Xuân"
    assert left(picker) == ["phường Phú Xuân", "phường Thủy Xuân"]


def test_a_list_without_a_match_says_so_and_comes_back(picker):
    picker.fill("#id_unit_filter", "hà nội")
    nothing = (left(picker), chosen(picker))
    picker.fill("#id_unit_filter", "")

    assert nothing == ([], "Không thấy đơn vị nào")
    assert len(left(picker)) == 3
    assert chosen(picker) == "Chọn trong danh sách"
