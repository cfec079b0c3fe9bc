"""Every admin page opens for those it is for, for nobody else; acts call services."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib import admin
from django.contrib.messages import get_messages
from django.urls import reverse

from contest.lib.models import AuditEvent
from leaderboards.models import Publication, Ranking, Scheme, Standing, Tally
from leaderboards.services import tallies
from leaderboards.services.configuration import import_contest
from quizzes.models import (
    Allowance,
    Attempt,
    Audience,
    Bank,
    Contest,
    Correction,
    Item,
    PaperSpec,
    Pool,
    Role,
    Round,
)
from tests.factories import (
    make_attempt,
    make_contest,
    make_entrant,
    make_imported_attempt,
    make_item,
    make_role,
    make_unit,
    make_user,
)
from tests.leaderboards.test_configuration import small

NOW = datetime(2025, 9, 1, tzinfo=UTC)
PORTAL_MODELS = sorted(
    (
        model
        for model in admin.site._registry
        if model._meta.app_label in ("accounts", "quizzes", "leaderboards", "lib")
    ),
    key=lambda model: model._meta.label,
)
SUPERUSERS_ONLY = {"accounts.User", "lib.AuditEvent"}

pytestmark = pytest.mark.django_db


def page(model, name, *args):
    label = model._meta.label_lower.replace(".", "_")
    return reverse(f"admin:{label}_{name}", args=args)


def make_ready(**changes):
    """The small contest with a bank of four approved items."""
    import_contest(small(**changes), now=NOW)
    bank = Bank.objects.get()
    for _ in range(4):
        make_item(bank, topic=bank.topics.get(), difficulty="easy")
    return Contest.objects.get(slug="nho")


def make_worker(contest, kind=Role.Kind.ORGANISER):
    user = make_user(is_staff=True)
    make_role(contest, kind, user=user)
    return user


def signed_in(client, user):
    client.force_login(user)
    return client


def told(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def act(client, model, row, name):
    """Press the button of an act and confirm it; return what was told."""
    address = page(model, name, row.pk)
    assert client.get(address).status_code == 200
    return told(client.post(address))


@pytest.mark.parametrize("model", PORTAL_MODELS, ids=lambda m: m._meta.label)
def test_every_list_and_form_opens_for_a_superuser(client, model):
    make_ready()
    signed_in(client, make_user(is_staff=True, is_superuser=True))

    assert client.get(page(model, "changelist")).status_code == 200
    row = model.objects.first()
    if row is not None:
        assert client.get(page(model, "change", row.pk)).status_code == 200
    if admin.site.get_model_admin(model).has_add_permission(
        client.get("/admin/").wsgi_request
    ):
        assert client.get(page(model, "add")).status_code == 200


@pytest.mark.parametrize("model", PORTAL_MODELS, ids=lambda m: m._meta.label)
def test_every_list_opens_for_an_organiser_but_those_of_superusers(client, model):
    contest = make_ready()
    signed_in(client, make_worker(contest))
    expected = 403 if model._meta.label in SUPERUSERS_ONLY else 200

    assert client.get(page(model, "changelist")).status_code == expected
    row = model.objects.first()
    if row is not None:
        assert client.get(page(model, "change", row.pk)).status_code == expected


@pytest.mark.parametrize("model", PORTAL_MODELS, ids=lambda m: m._meta.label)
def test_a_participant_is_shown_no_page_of_the_admin(client, model):
    signed_in(client, make_user())

    assert client.get(page(model, "changelist")).status_code in (302, 403)


@pytest.mark.parametrize("kind", [Role.Kind.PUBLISHER, Role.Kind.AUDITOR])
@pytest.mark.parametrize("model", [Contest, Round, Ranking, Item, Attempt])
def test_publishers_and_auditors_look_and_change_nothing(client, kind, model):
    contest = make_ready()
    signed_in(client, make_worker(contest, kind))
    row = model.objects.first()

    assert client.get(page(model, "changelist")).status_code == 200
    if row is not None:
        assert client.post(page(model, "change", row.pk), {}).status_code == 403
    assert client.get(page(model, "add")).status_code == 403


def test_another_contest_is_neither_listed_nor_opened(client):
    contest = make_ready()
    other = make_contest("khac", short_title="Hội thi khác")
    signed_in(client, make_worker(contest))

    assert (
        "Hội thi khác" not in client.get(page(Contest, "changelist")).content.decode()
    )
    assert client.get(page(Contest, "change", other.pk)).status_code == 302


@pytest.mark.parametrize(
    "model", [Contest, Round, PaperSpec, Audience, Item, Attempt, Tally, Ranking, Pool]
)
def test_a_list_asks_at_most_fifteen_queries(
    client, model, django_assert_max_num_queries
):
    contest = make_ready()
    for _ in range(3):
        entrant = make_entrant(contest, audience=contest.audiences.get())
        make_imported_attempt(entrant, contest.rounds.first())
    signed_in(client, make_worker(contest))

    with django_assert_max_num_queries(15):
        client.get(page(model, "changelist"))


def test_what_an_entrant_wrote_is_edited_by_nobody(client):
    attempt = make_attempt()
    signed_in(client, make_user(is_staff=True, is_superuser=True))

    answer = client.post(page(Attempt, "change", attempt.pk), {"responses": "{}"})

    assert answer.status_code == 403
    assert client.get(page(Attempt, "delete", attempt.pk)).status_code == 403


def rule_form(ranking, rule):
    return {
        "code": ranking.code,
        "title": ranking.title,
        "order": ranking.order,
        "scope": ranking.scope,
        "rule": rule,
    }


def test_a_wrong_rule_is_refused_with_its_path(client):
    contest = make_ready()
    ranking = contest.rankings.get()
    signed_in(client, make_worker(contest))
    address = page(Ranking, "change", ranking.pk)

    wrong = client.post(address, rule_form(ranking, '{"criteria": [{"code": "x"}]}'))
    right = client.post(
        address, rule_form(ranking, '{"criteria": [{"code": "submitted_at"}]}')
    )

    assert "criteria[0].code" in wrong.content.decode()
    assert right.status_code == 302
    ranking.refresh_from_db()
    assert ranking.rule == {"criteria": [{"code": "submitted_at"}]}


def test_set_up_is_fixed_once_a_round_is_locked_and_says_why(client):
    contest = make_ready()
    Round.objects.filter(number=1).update(locked_at=NOW)
    ranking = contest.rankings.get()
    signed_in(client, make_worker(contest))

    shown = client.get(page(Ranking, "change", ranking.pk))
    client.post(
        page(Ranking, "change", ranking.pk),
        rule_form(ranking, '{"criteria": [{"code": "submitted_at"}]}'),
    )

    ranking.refresh_from_db()
    assert "như đã hứa" in shown.content.decode()
    assert ranking.rule == {"criteria": [{"code": "score"}]}
    assert client.get(page(Ranking, "delete", ranking.pk)).status_code == 403


def paper_form(paper, **changes):
    return {
        "round": paper.round_id,
        "audience": paper.audience_id,
        "bank": paper.bank_id,
        "item_count": 2,
        "blueprint": '[{"topic": "t", "difficulty": "easy", "count": 2}]',
        "fixed_items": "[]",
        "grace_seconds": 15,
        "points_per_item": 1000,
        "multiple_scoring": "all_or_nothing",
        "show_score": "after_round",
        "show_keys": "after_contest",
        "attempt_limits": "[]",
        "prediction": "off",
        "prediction_scope": "audience",
        "prediction_max": 10,
    } | changes


def test_a_blueprint_that_does_not_add_up_is_refused(client):
    contest = make_ready()
    paper = PaperSpec.objects.get(round__number=1)
    signed_in(client, make_worker(contest))
    address = page(PaperSpec, "change", paper.pk)

    wrong = client.post(address, paper_form(paper, item_count=3))
    right = client.post(address, paper_form(paper, minutes=20))

    assert wrong.status_code == 200
    assert right.status_code == 302
    paper.refresh_from_db()
    assert (paper.item_count, paper.minutes) == (2, 20)


def test_two_persons_lock_a_round(client):
    contest = make_ready()
    round = contest.rounds.get(number=1)
    organiser = make_worker(contest)
    signed_in(client, organiser)

    act(client, Round, round, "ask_lock")
    refused = act(client, Round, round, "agree_lock")
    signed_in(client, make_worker(contest, Role.Kind.PUBLISHER))
    act(client, Round, round, "agree_lock")

    assert "hai người khác nhau" in refused
    assert Pool.objects.get().locked_by == organiser


def test_an_auditor_may_not_lock(client):
    contest = make_ready()
    signed_in(client, make_worker(contest, Role.Kind.AUDITOR))

    answer = client.post(page(Round, "ask_lock", contest.rounds.first().pk))

    assert answer.status_code == 403


def make_tallied(contest, by):
    contest.rounds.update(
        opens_at=NOW - timedelta(days=9), closes_at=NOW - timedelta(days=8)
    )
    round = contest.rounds.get(number=1)
    return tallies.compute(contest, round, now=NOW, by=by)


def test_a_tally_is_frozen_approved_by_another_and_published(client):
    contest = make_ready()
    organiser = make_worker(contest)
    publisher = make_worker(contest, Role.Kind.PUBLISHER)
    tally = make_tallied(contest, organiser)

    signed_in(client, organiser)
    act(client, Tally, tally, "freeze")
    signed_in(client, publisher)
    client.post(
        page(Tally, "approve", tally.pk),
        {"decision_number": "12/QĐ", "decided_on": "2025-10-07"},
    )
    refused = act(client, Tally, tally, "publish")
    signed_in(client, organiser)
    act(client, Tally, tally, "publish")

    tally.refresh_from_db()
    assert (tally.approved_by, tally.decision_number) == (publisher, "12/QĐ")
    assert "phải khác" in refused
    assert Publication.objects.get().published_by == organiser


def test_what_is_not_ready_to_be_tallied_is_a_message(client):
    contest = make_ready()
    signed_in(client, make_worker(contest))
    Round.objects.update(opens_at=NOW, closes_at=datetime(2999, 1, 1, tzinfo=UTC))

    said = act(client, Round, contest.rounds.first(), "tally")

    assert said
    assert not Tally.objects.exists()


def test_readiness_is_told_as_messages(client):
    contest = make_ready()
    signed_in(client, make_worker(contest))

    answer = client.get(page(Contest, "readiness", contest.pk))

    assert "rankings[0]" in told(answer)


def test_an_allowance_is_granted_through_its_service_and_then_kept(client):
    contest = make_ready()
    signed_in(client, make_worker(contest))
    given = {
        "contest": contest.pk,
        "extra_minutes": 5,
        "extra_attempts": 0,
        "paused_ms": 0,
        "reason": "Mất điện",
    }

    client.post(page(Allowance, "add"), given)
    empty = client.post(page(Allowance, "add"), given | {"extra_minutes": 0})

    allowance = Allowance.objects.get()
    assert allowance.extra_minutes == 5
    assert empty.status_code in (200, 302)
    assert client.post(page(Allowance, "change", allowance.pk)).status_code == 403


def test_a_correction_needs_another_person(client):
    contest = make_ready()
    entrant = make_entrant(contest, audience=contest.audiences.get())
    organiser = make_worker(contest)
    signed_in(client, organiser)
    given = {
        "contest": contest.pk,
        "kind": "exclusion",
        "entrant": entrant.pk,
        "reason": "Thành viên ban tổ chức",
    }

    client.post(page(Correction, "add"), given)
    correction = Correction.objects.get()
    act(client, Correction, correction, "approve")
    correction.refresh_from_db()
    assert correction.approved_by is None

    signed_in(client, make_worker(contest, Role.Kind.PUBLISHER))
    act(client, Correction, correction, "approve")
    correction.refresh_from_db()
    assert correction.approved_by is not None


def test_a_row_for_a_contest_where_one_only_looks_is_refused(client):
    contest = make_ready()
    other = make_contest("khac")
    user = make_worker(contest)
    make_role(other, Role.Kind.AUDITOR, user=user)
    signed_in(client, user)
    given = {
        "contest": other.pk,
        "extra_minutes": 5,
        "extra_attempts": 0,
        "paused_ms": 0,
        "reason": "Mất điện",
    }

    answer = client.post(page(Allowance, "add"), given)

    assert answer.status_code == 403
    assert not Allowance.objects.exists()


def test_a_new_contest_makes_its_author_its_organiser(client):
    contest = make_ready()
    user = make_worker(contest)
    signed_in(client, user)
    given = {
        "slug": "moi",
        "title": "Hội thi mới",
        "short_title": "Mới",
        "organiser": "Sở",
        "edition": 1,
        "state": "draft",
        "late_start": "cut",
        "timed_out_counts": "",
        "incomplete_counts": "True",
        "truth_after_void": "recount",
        "exclusions_text": "[]",
        "names": "masked",
        "audiences-TOTAL_FORMS": 0,
        "audiences-INITIAL_FORMS": 0,
        "rounds-TOTAL_FORMS": 0,
        "rounds-INITIAL_FORMS": 0,
    }

    unchosen = client.post(page(Contest, "add"), given)
    client.post(page(Contest, "add"), given | {"timed_out_counts": "False"})

    assert unchosen.status_code == 200
    made = Contest.objects.get(slug="moi")
    assert (made.timed_out_counts, made.incomplete_counts) == (False, True)
    assert Role.objects.filter(contest=made, user=user, kind="organiser").exists()


def test_a_unit_is_found_without_marks(client):
    contest = make_ready()
    make_unit("so", name="Sở Nội vụ")
    signed_in(client, make_worker(contest))
    unit_admin = page(type(make_unit("khac", name="Phường An Cựu")), "changelist")

    shown = client.get(unit_admin, {"q": "noi vu"}).content.decode()

    assert "Sở Nội vụ" in shown
    assert "An Cựu" not in shown


def test_a_scheme_is_checked_like_a_ranking(client):
    contest = make_ready()
    signed_in(client, make_worker(contest))
    given = {
        "contest": contest.pk,
        "code": "s",
        "title": "S",
        "order": 1,
        "scope": "contest",
        "rule": '{"components": []}',
    }

    answer = client.post(page(Scheme, "add"), given)

    assert answer.status_code == 200
    assert not Scheme.objects.exists()


@pytest.mark.parametrize("is_superuser", [True, False])
def test_a_name_is_a_link_only_for_those_who_may_open_it(client, is_superuser):
    contest = make_ready()
    actor = make_worker(contest)
    event = AuditEvent.objects.create(at=NOW, actor=actor, action="thu", subject="x:1")
    reader = make_worker(contest, Role.Kind.AUDITOR)
    reader.is_superuser = is_superuser
    reader.save(update_fields=["is_superuser"])
    address = page(AuditEvent, "change", event.pk)

    text = signed_in(client, reader).get(address).content.decode()

    assert actor.username in text
    assert (page(type(actor), "change", actor.pk) in text) == is_superuser


def test_an_auditor_reads_the_trail(client):
    contest = make_ready()
    signed_in(client, make_worker(contest, Role.Kind.AUDITOR))

    shown = client.get(page(AuditEvent, "changelist")).content.decode()

    assert "configuration.import" in shown


def test_a_tally_leads_to_its_tables(client):
    contest = make_ready()
    tally = make_tallied(contest, None)
    signed_in(client, make_worker(contest, Role.Kind.AUDITOR))

    shown = client.get(page(Tally, "change", tally.pk)).content.decode()
    table = client.get(page(Standing, "changelist"), {"tally__id__exact": tally.pk})

    assert f"{page(Standing, 'changelist')}?tally__id__exact={tally.pk}" in shown
    assert table.status_code == 200
