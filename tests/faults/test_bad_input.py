"""
Nothing a stranger sends is a fault of ours: never a 500, on PostgreSQL.

Every address in the URLconf is asked by every method, with arguments, queries, headers
and bodies that no honest client sends, by nobody and by a participant. Addresses that
come later are covered when they come.
"""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from leaderboards.models import Award
from leaderboards.services import documents
from quizzes.models import Attempt
from quizzes.services import claims
from tests.factories import (
    make_attempt,
    make_audience,
    make_bloc,
    make_contest,
    make_contest_unit,
    make_entrant,
    make_paper,
    make_person,
    make_pool,
    make_ranking,
    make_round,
    make_scheme,
    make_unit,
    make_user,
)
from tests.faults import bad_values
from tests.faults.addresses import addresses
from tests.leaderboards.published import (
    make_award,
    make_published_tally,
    make_standing,
    make_unit_result,
)

COMPONENT = {
    "code": "rate",
    "title": "Tỷ lệ tham gia",
    "metric": "rate",
    "normaliser": {"code": "percent"},
    "weight": "100",
}
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
FORM = re.compile(r"<form([^>]*)>(.*?)</form>", re.DOTALL)
ACTION = re.compile(r'action="([^"]*)"')
FIELD = re.compile(r'<(?:input|select|textarea|button)[^>]*\bname="([^"]+)"')
every_address = pytest.mark.parametrize("address", list(addresses()), ids=str)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_limits(settings):
    settings.ACCOUNT_RATE_LIMITS = False
    cache.clear()


@pytest.fixture
def known():
    """A contest with one round over and published and one open, and who is in it."""
    now, day = timezone.now(), timedelta(days=1)
    contest = make_contest("hoi-thi")
    make_ranking(contest, rule={"criteria": [{"code": "score"}]})
    make_scheme(contest, rule={"components": [COMPONENT]})
    audience = make_audience(contest)
    unit = make_contest_unit(make_bloc(contest), make_unit("so-a"), people=9)
    past = make_round(contest, 1)
    current = make_round(contest, 2, opens_at=now - day, closes_at=now + day)
    user = make_user("thi-sinh", password="mot-cau-dai")
    person = make_person(user=user, unit=unit.unit)
    entrant = make_entrant(audience=audience, person=person, unit=unit.unit)
    pool = make_pool(make_paper(past, audience))
    closed = make_attempt(
        entrant,
        pool=pool,
        state=Attempt.State.SUBMITTED,
        closed_by=Attempt.ClosedBy.PERSON,
        started_at=past.opens_at,
        deadline=past.closes_at,
        submitted_at=past.opens_at,
        duration_ms=0,
        score=1000,
        correct_count=1,
        scored_with=1,
    )
    open_pool = make_pool(make_paper(current, audience))
    attempt = make_attempt(
        entrant, pool=open_pool, started_at=now, deadline=now + day, day=now.date()
    )
    tally = make_published_tally(round=past)
    make_standing(tally, entrant, attempt=closed)
    award = make_award(tally, entrant)
    make_unit_result(make_published_tally(contest), unit)
    issued = documents.issue(Award.objects.filter(pk=award.pk), by=make_user(), now=now)
    rows = (closed, attempt, past, current, award, tally, contest)
    return {
        "slug": "hoi-thi",
        "uuids": [str(row.uuid) for row in rows],
        "texts": [issued[0].serial],
        "user": user,
        "token": claims.token_of(attempt),
    }


def nobody(**options):
    return Client(raise_request_exception=False, **options)


def participant(known):
    client = nobody()
    client.force_login(known["user"])
    return client


def holder(known):
    """Somebody with nothing but an attempt's token."""
    return nobody(headers={"X-Attempt-Token": known["token"]})


def ask(client, method, path, body=b"", content_type="application/json", headers=None):
    """Send it; an answer of 500 or more fails with what was sent and what broke."""
    answer = client.generic(method, path, body, content_type, headers=headers)
    if answer.status_code >= 500:
        sent = f"{method} {path[:300]} {content_type!r} {headers} {body[:300]!r}"
        error = getattr(answer, "exc_info", None)
        raise AssertionError(f"{answer.status_code} for {sent}") from (
            error and error[1]
        )
    return answer


@every_address
def test_nothing_sent_to_an_address_is_a_fault_of_ours(address, known):
    first, *others = address.paths(known)
    for client in (nobody(), participant(known), holder(known)):
        for method in METHODS:
            ask(client, method, first)
    client = participant(known)
    for path in others:
        ask(client, "GET", path)
        ask(client, "POST", path)
    for query in bad_values.QUERIES:
        ask(client, "GET", f"{first}?{query}")
    for headers in bad_values.HEADERS:
        ask(nobody(), "GET", first, headers=headers)
        ask(nobody(), "POST", first, headers=headers)


@every_address
def test_no_body_is_a_fault_of_ours(address, known):
    is_json = str(address).startswith(("/api/", "/_allauth/"))
    path = next(address.paths(known))
    for client in (participant(known), holder(known)):
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            if ask(client, method, path).status_code in (405, 302):
                continue
            for content_type, body in bad_values.whole_bodies():
                ask(client, method, path, body, content_type)
            for body in bad_values.json_bodies() if is_json else ():
                ask(client, method, path, body)
            ask(client, method, path, bad_values.HUGE)


def forms_of(client, path):
    """``(action, names)`` of every form on the page that is sent by POST."""
    page = ask(client, "GET", path).content.decode(errors="replace")
    for tag, inside in FORM.findall(page):
        if 'method="post"' in tag.lower():
            action = ACTION.search(tag)
            names = frozenset(FIELD.findall(inside)) - {"csrfmiddlewaretoken"}
            yield unescape(action[1]) if action and action[1] else path, names


def test_no_value_in_a_form_is_a_fault_of_ours(known):
    clients = (nobody(), participant(known))
    paths = [path for address in addresses() for path in address.paths(known)]
    forms = {
        (who, *form)
        for who, client in enumerate(clients)
        for path in paths
        for form in forms_of(client, path)
    }

    assert len(forms) > 10
    for who, action, names in sorted(forms, key=repr):
        for body in form_bodies(sorted(names)):
            client = nobody() if who == 0 else participant(known)
            ask(client, "POST", action, body, "application/x-www-form-urlencoded")


def form_bodies(names):
    """An odd value in every field, then in one of them, the others being plain."""
    for value in bad_values.FORM_VALUES:
        yield "&".join(f"{name}={value}" for name in names).encode()
        for name in names:
            rest = "&".join(f"{other}=1" for other in names if other != name)
            yield f"{name}={value}&{rest}".encode()


@pytest.mark.parametrize(
    "path", ["/%00", "/%FF", "//", "/..%2f", "/\u202e", "/" + "x" * 9000, "/?%00"]
)
def test_no_path_is_a_fault_of_ours(path, known):
    for client in (nobody(), participant(known)):
        for method in METHODS:
            ask(client, method, path)
