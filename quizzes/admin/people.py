"""Entrants, attempts and sealed pools: to look at. Roles: who works on a contest."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from contest.lib.templatetags.wording import words
from quizzes.admin.base import OwnAdmin, OwnReadOnly
from quizzes.models import Attempt, Entrant, Pool, Role


@admin.register(Role)
class RoleAdmin(OwnAdmin):
    """Only a superuser hands out roles."""

    list_display = ["user", "kind", "contest", "unit"]
    list_filter = ["contest", "kind"]
    list_select_related = ["user", "contest", "unit"]
    search_fields = ["user__username"]
    autocomplete_fields = ["user", "unit"]


@admin.register(Entrant)
class EntrantAdmin(OwnReadOnly):
    list_display = ["person", "audience", "unit", "contest", "registered_at"]
    list_filter = ["contest", "audience"]
    list_select_related = ["person", "audience", "unit", "contest"]
    search_fields = ["person__search_name", "external_ref"]
    fields = [
        "contest",
        "person",
        "audience",
        "unit",
        "external_ref",
        "registered_at",
    ]


@admin.register(Attempt)
class AttemptAdmin(OwnReadOnly):
    """What somebody answered is theirs: nobody edits it, and no key stands here."""

    contest_path = "round__contest"
    list_display = [
        "entrant",
        "round",
        "number",
        "state",
        "origin",
        "points",
        "submitted_at",
    ]
    list_filter = ["round__contest", "round", "audience", "state", "origin"]
    list_select_related = ["entrant__person", "round"]
    search_fields = ["entrant__person__search_name", "entrant__external_ref"]
    fields = [
        "entrant",
        "round",
        "audience",
        "unit",
        "number",
        "origin",
        "state",
        "closed_by",
        "item_count",
        "responses",
        "prediction",
        "started_at",
        "deadline",
        "saved_at",
        "submitted_at",
        "paused_ms",
        "duration_ms",
        "points",
        "correct_count",
    ]

    @display(description=_("điểm"))
    def points(self, attempt):
        return "–" if attempt.score is None else words().points(attempt.score)


@admin.register(Pool)
class PoolAdmin(OwnReadOnly):
    """A sealed pool: when, by whom, its hash and size; never its items' keys."""

    contest_path = "round__contest"
    list_display = ["round", "audience", "locked_at", "locked_by", "approved_by"]
    list_filter = ["round__contest"]
    list_select_related = ["round", "audience", "locked_by", "approved_by"]
    fields = [
        "round",
        "audience",
        "item_total",
        "hash",
        "locked_at",
        "locked_by",
        "approved_by",
    ]

    @display(description=_("số câu"))
    def item_total(self, pool):
        return pool.items.count()
