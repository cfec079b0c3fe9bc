"""The generated rules text over the API, for anybody."""

import pytest

from quizzes.models import Contest
from tests.factories import make_audience, make_contest, make_paper, make_round

pytestmark = pytest.mark.django_db


def regulations(client, contest, query=""):
    return client.get(f"/api/v1/contests/{contest.slug}/regulations/{query}")


def test_the_text_comes_in_sections_of_blocks(client):
    contest = make_contest(rules_document="Kế hoạch 01/KH-UBND")
    make_paper(make_round(contest), make_audience(contest, name="Cán bộ"))

    text = regulations(client, contest).json()

    assert text["language"] == "vi"
    assert text["rules_document"] == "Kế hoạch 01/KH-UBND"
    assert all(section["title"] and section["blocks"] for section in text["sections"])
    kinds = {block["kind"] for s in text["sections"] for block in s["blocks"]}
    assert kinds <= {"paragraph", "list", "table"}
    assert "Cán bộ" in str(text["sections"])


def test_the_text_comes_in_the_language_asked_for(client):
    answer = regulations(client, make_contest(), "?lang=en")

    assert answer.json()["language"] == "en"
    assert answer["Content-Language"] == "en"


def test_the_text_of_a_draft_is_not_found(client):
    contest = make_contest(state=Contest.State.DRAFT)

    assert regulations(client, contest).status_code == 404
