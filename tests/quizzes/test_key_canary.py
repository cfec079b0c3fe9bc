"""
No byte that the server sends holds a key before DESIGN section 4 allows it.

Every address of the portal is asked for with everything that could stand in it, as
everybody: a page added later is covered without a word here. Two looks at each answer:
no canary is in it, and it is the same when all keys are others (numbers aside), so no
hint of a key is in it either.
"""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from leaderboards.models import Award
from quizzes.models import Attempt, Entrant
from quizzes.services import claims
from tests.quizzes.canary_world import (
    CANARY,
    ITEMS,
    build_world,
    close,
    publish,
    turn_keys,
)

pytestmark = pytest.mark.django_db

# Addresses that a regular expression describes, with what to put into them.
REGULAR = {
    r"^(?P<app_label>": "quizzes/",
    r"(?P<url>": "quizzes/keysheet/1/",
    r"^confirm-email/": "confirm-email/x/",
    r"^password/reset/key/": "password/reset/key/1-x/",
}
# Asked once, while nothing is published: they know nothing of contests, and some make
# a new secret or a new measurement for each who asks, so only the canary is looked for.
FRAME = (
    "admin/",
    "accounts/",
    "_allauth/",
    "api/v1/schema/",
    "api/v1/docs/",
    "healthz",
    "readyz",
)
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
# What changes by itself from one answer to the next.
RESTLESS = re.compile(
    r"csrfmiddlewaretoken\" value=\"\w+\"|[\w-]{20,}:[\w-]{6}:[\w-]{40,}|\d+"
)


@pytest.fixture
def world():
    return build_world()


def everybody(world):
    """Who asks: nobody, both entrants, a stranger, and an entrant's app."""
    askers = {"anonymous": Client()}
    for user in [*world.people, world.stranger]:
        askers[user.username] = Client()
        askers[user.username].force_login(user)
    own = world.people[0].username
    token = askers[own].session.session_key
    askers[f"app of {own}"] = Client(headers={"X-Session-Token": token})
    return askers


def asks(who, path):
    """Whether this asker has another answer to expect than the others of the kind."""
    return path.startswith("/api/") or not who.startswith("app of ")


def addresses(world, *, with_frame=False):
    """Every path of the portal, with each thing of the world that may stand in it."""
    values = candidates(world)
    paths = set()
    for route in routes(get_resolver()):
        if with_frame or not route.startswith(FRAME):
            paths |= filled(route, values)
    return sorted(f"/{path}" for path in paths)


def routes(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        text = str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield prefix + plain(text)
        else:
            yield from routes(pattern, prefix + text)


def plain(text):
    """A route as ``path`` writes it; a regular expression with its example put in."""
    for start, example in REGULAR.items():
        if text.startswith(start):
            return example
    assert "(?P" not in text, f"put an example of {text} into REGULAR"
    return text


def candidates(world):
    uuids = [str(row.uuid) for row in Attempt.objects.all()]
    uuids += [str(round.uuid) for round in world.rounds]
    uuids += [str(award.uuid) for award in Award.objects.all()[:3]]
    return {
        "uuid": uuids,
        "slug": [contest.slug for contest in world.contests],
        "int": ["1", "2"],
        "str": ["x"],
        "path": ["1"],
        None: ["1"],
    }


def filled(route, values):
    found = PARAMETER.search(route)
    if found is None:
        return {route}
    assert found[1] in values, f"say in candidates() what may stand in {route}"
    paths = set()
    for value in values[found[1]]:
        paths |= filled(route[: found.start()] + value + route[found.end() :], values)
    return paths


def answers(world, paths):
    """``{(who, path): everything that came back}``, redirects included."""
    return {
        (who, path): everything(client.get(path))
        for who, client in everybody(world).items()
        for path in paths
        if asks(who, path)
    }


def everything(response):
    body = b"".join(response) if response.streaming else response.content
    head = " ".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{response.status_code} {head} {body.decode(errors='replace')}"


def at_rest(text):
    return RESTLESS.sub("#", re.sub(r"(ETag|Set-Cookie|Content-Length): \S+", "", text))


def keys_told(found):
    """Where a canary is in what came back."""
    return [where for where, text in found.items() if CANARY in text]


def keys_hinted(world, paths, before):
    """Where other keys make another answer, though nothing else has changed."""
    turn_keys()
    return [
        where
        for where, text in answers(world, paths).items()
        if not where[1].removeprefix("/").startswith(FRAME)
        and at_rest(text) != at_rest(before[where])
    ]


def assert_no_key_shows(world, *, with_frame=False):
    paths = addresses(world, with_frame=with_frame)
    before = answers(world, paths)

    assert sum(text.startswith("200") for text in before.values()) > 100
    assert keys_told(before) == []
    assert keys_hinted(world, paths, before) == []


def test_no_address_shows_a_key_while_rounds_are_open_and_results_not_out(world):
    assert_no_key_shows(world, with_frame=True)


def test_a_published_round_shows_no_key_of_items_that_an_open_round_asks(world):
    publish(world.first)

    assert_no_key_shows(world)


def test_nor_does_it_while_another_edition_still_asks_them(world):
    publish(world.first)
    close(world.second)
    publish(world.second)

    assert_no_key_shows(world)


def test_nor_before_that_edition_is_published_too(world):
    publish(world.first)
    for round in (world.second, world.other):
        close(round)
    publish(world.second)

    assert_no_key_shows(world)


def test_once_all_are_published_each_entrant_sees_the_keys_of_the_own_paper(world):
    publish(world.first)
    for round in (world.second, world.other):
        close(round)
        publish(round)

    found = answers(world, addresses(world))

    expected = set()
    for user in world.people:
        for attempt in Attempt.objects.filter(entrant__person__user=user):
            page = f"/bai-thi/{attempt.uuid}/ket-qua/"
            api = f"/api/v1/attempts/{attempt.uuid}/result/"
            expected |= {(user.username, page), (user.username, api)}
            if user == world.people[0]:
                expected.add((f"app of {user.username}", api))
    assert set(keys_told(found)) == expected
    assert all(found[where].count(CANARY) >= 2 * ITEMS for where in expected)


def test_control_a_page_that_tells_or_only_hints_at_a_key_is_found(world, settings):
    settings.ROOT_URLCONF = "tests.quizzes.leaky_urls"
    leaks = ("/blurts/", "/hints/")
    paths = [path for path in addresses(world) if path.startswith(leaks)]

    before = answers(world, paths)
    told, hinted = keys_told(before), keys_hinted(world, paths, before)

    assert {path.split("/")[1] for _, path in told} == {"blurts"}
    assert {path.split("/")[1] for _, path in hinted} == {"blurts", "hints"}


def test_no_call_that_changes_something_tells_a_key(world):
    """Start, save, submit, join and their pages, as the entrant and as the other."""
    publish(world.first)
    own = world.people[0]
    attempt = Attempt.objects.get(entrant__person__user=own, round=world.second)
    seen = []
    for user in world.people:
        seen += write_everything(world, user, attempt)

    attempt.refresh_from_db()
    assert attempt.state == "submitted"
    assert [text for text in seen if CANARY in text] == []


def write_everything(world, user, attempt):
    client = Client()
    client.force_login(user)
    api, page = f"/api/v1/attempts/{attempt.uuid}", f"/bai-thi/{attempt.uuid}"
    start = f"/api/v1/rounds/{world.second.uuid}/attempts/"
    seen = [everything(client.post(start, content_type="application/json"))]
    attempt.refresh_from_db()
    token = claims.token_of(attempt)
    client.defaults["HTTP_X_ATTEMPT_TOKEN"] = token
    save = {"seq": 50, "responses": {"1": ["a"]}, "prediction": 3}
    form = {"token": token, "seq": 51, "answer-1": "a"}
    calls = [
        ("post", f"/api/v1/contests/{world.first.contest.slug}/entrants/", {}),
        ("put", f"{api}/responses/", save),
        ("put", f"{api}/responses/", {"seq": "x"}),
        ("post", f"{api}/submit/", save | {"seq": 52}),
    ]
    seen += [
        everything(getattr(client, method)(path, data, content_type="application/json"))
        for method, path, data in calls
    ]
    for path in (f"{page}/luu/", f"{page}/nop/"):
        seen.append(everything(client.post(path, form, follow=True)))
    return seen


def test_every_person_of_this_world_is_what_the_tests_take_them_for(world):
    """The canary would prove nothing with nobody there to see it."""
    assert Entrant.objects.count() == 4
    assert Attempt.objects.filter(state="submitted", scored_with=1).count() == 4
    assert Attempt.objects.filter(state="open").count() == 2
