"""The units to choose from over the API, for anybody."""

from datetime import date

import pytest

from tests.factories import make_unit

pytestmark = pytest.mark.django_db


def codes(client, query=""):
    page = client.get(f"/api/v1/units/{query}").json()
    return [row["code"] for row in page["results"]]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_whatever_its_length(
    client, count, django_assert_num_queries
):
    for _ in range(count):
        make_unit()

    with django_assert_num_queries(2):
        assert len(codes(client)) == count


def test_a_row_says_what_the_unit_is(client):
    make_unit("xa-a", "Xã A Lưới", kind="xã", is_commune=True)

    row = client.get("/api/v1/units/").json()["results"][0]

    assert row == {
        "code": "xa-a",
        "name": "Xã A Lưới",
        "short_name": "",
        "kind": "xã",
        "is_commune": True,
    }


def test_a_unit_that_ended_is_not_offered(client):
    make_unit("cu", valid_until=date(2025, 7, 1))
    make_unit("moi", valid_from=date(2025, 7, 1))

    assert codes(client) == ["moi"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=luoi", ["xa-a"]),
        ("?q=A+LƯỚI", ["xa-a"]),
        ("?q=%20", ["xa-a", "xa-b"]),
        ("?q=khong+co", []),
        ("?q=%00", []),
    ],
)
def test_a_query_finds_by_part_of_the_name(client, query, found):
    make_unit("xa-a", "Xã A Lưới")
    make_unit("xa-b", "Xã Bình")

    assert codes(client, query) == found
