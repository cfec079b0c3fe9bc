"""Items in the admin: words only by new versions, keys only for those named."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from quizzes.models import Item, ItemVersion, Role
from tests.factories import (
    make_contest,
    make_item,
    make_paper,
    make_pool,
    make_role,
    make_round,
    make_user,
)

SECRET = "Vì đáp án nằm ở đây"
FUTURE = datetime(2999, 1, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def make_worker(kind, contest=None):
    user = make_user(is_staff=True)
    make_role(contest or make_contest(), kind, user=user)
    return user


def make_known_item(state=Item.State.APPROVED, **fields):
    item = make_item(**fields)
    Item.objects.filter(pk=item.pk).update(state=state)
    key = item.current.key
    key.explanation = SECRET
    key.save(update_fields=["explanation"])
    return item


def address(item, name="change"):
    return reverse(f"admin:quizzes_item_{name}", args=[item.pk])


def form_of(item, **changes):
    return {
        "topic": item.topic_id,
        "difficulty": item.difficulty,
        "type": "single",
        "stem": "Hỏi gì?",
        "options": "Một\nHai\n*Tất cả",
        "correct": "B",
        "explanation": "Vì thế.",
        "source": "Luật",
        "versions-TOTAL_FORMS": 0,
        "versions-INITIAL_FORMS": 0,
    } | changes


def test_new_words_are_a_new_version_and_wait_for_approval(client):
    item = make_known_item()
    client.force_login(make_worker(Role.Kind.AUTHOR))

    client.post(address(item), form_of(item))
    client.post(address(item), form_of(item))

    item.refresh_from_db()
    assert item.current.number == 2
    assert item.state == Item.State.DRAFT
    assert item.current.options[2] == {"id": "c", "text": "Tất cả", "pinned": True}
    assert item.current.key.correct == ["b"]
    assert ItemVersion.objects.filter(item=item).count() == 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"correct": "D"}, "không có nội dung"),
        ({"correct": "A;B"}, "một phương án đúng"),
        ({"options": "Một\nMột"}, "trùng"),
        ({"options": "Một"}, "phương án"),
        ({"options": "\n".join("abcdefghijk")}, "2 đến 10"),
    ],
)
def test_what_is_wrong_with_an_item_is_said_at_its_field(client, changes, said):
    item = make_known_item()
    client.force_login(make_worker(Role.Kind.AUTHOR))

    answer = client.post(address(item), form_of(item, **changes))

    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert ItemVersion.objects.filter(item=item).count() == 1


def make_sealed_item(**round_fields):
    """An item of a pool of a round that is not published."""
    contest = make_contest()
    item = make_known_item()
    round = make_round(contest, opens_at=FUTURE - timedelta(days=7), **round_fields)
    paper = make_paper(round, bank=item.bank, items=1)
    make_pool(paper)
    return contest, item


@pytest.mark.parametrize(
    ("kind", "sees"),
    [
        (Role.Kind.ORGANISER, False),
        (Role.Kind.AUTHOR, False),
        (Role.Kind.AUDITOR, False),
        (Role.Kind.PUBLISHER, False),
        (Role.Kind.REVIEWER, True),
    ],
)
def test_the_key_of_a_round_not_over_is_for_reviewers_alone(client, kind, sees):
    contest, item = make_sealed_item(closes_at=FUTURE)
    client.force_login(make_worker(kind, contest))

    shown = client.get(address(item)).content.decode()

    assert (SECRET in shown) is sees
    assert item.current.stem in shown


def test_not_even_a_superuser_sees_the_key_of_a_round_not_over(client):
    _, item = make_sealed_item(closes_at=FUTURE)
    client.force_login(make_user(is_staff=True, is_superuser=True))

    assert SECRET not in client.get(address(item)).content.decode()


@pytest.mark.parametrize(
    ("kind", "sees"),
    [
        (Role.Kind.ORGANISER, True),
        (Role.Kind.AUTHOR, True),
        (Role.Kind.REVIEWER, True),
        (Role.Kind.AUDITOR, False),
        (Role.Kind.PUBLISHER, False),
    ],
)
def test_the_key_of_an_item_in_no_pool_is_for_those_who_work_on_items(
    client, kind, sees
):
    item = make_known_item()
    client.force_login(make_worker(kind))

    assert (SECRET in client.get(address(item)).content.decode()) is sees


def test_no_list_shows_a_key(client):
    make_known_item()
    client.force_login(make_worker(Role.Kind.REVIEWER))

    shown = client.get(reverse("admin:quizzes_item_changelist")).content.decode()

    assert SECRET not in shown


def test_words_of_a_sealed_item_are_not_changed_blindly(client):
    contest, item = make_sealed_item(closes_at=FUTURE)
    client.force_login(make_worker(Role.Kind.ORGANISER, contest))

    client.post(address(item), form_of(item))

    assert ItemVersion.objects.filter(item=item).count() == 1


def test_a_reviewer_approves_and_retires(client):
    item = make_known_item(state=Item.State.DRAFT)
    client.force_login(make_worker(Role.Kind.REVIEWER))

    client.post(address(item, "approve"))
    item.refresh_from_db()
    approved = item.state
    client.post(address(item, "retire"))
    item.refresh_from_db()

    assert approved == Item.State.APPROVED
    assert item.state == Item.State.RETIRED


def test_an_author_does_not_approve(client):
    item = make_known_item(state=Item.State.DRAFT)
    client.force_login(make_worker(Role.Kind.AUTHOR))

    assert client.post(address(item, "approve")).status_code == 403


def test_many_are_approved_at_once_and_refusals_are_told(client):
    item = make_known_item(state=Item.State.DRAFT)
    retired = make_known_item(bank=item.bank, state=Item.State.RETIRED)
    client.force_login(make_worker(Role.Kind.REVIEWER))

    answer = client.post(
        reverse("admin:quizzes_item_changelist"),
        {"action": "approve_chosen", "_selected_action": [item.pk, retired.pk]},
        follow=True,
    )

    item.refresh_from_db()
    assert item.state == Item.State.APPROVED
    assert "đã thôi dùng" in answer.content.decode()
