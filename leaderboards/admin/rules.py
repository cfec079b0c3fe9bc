"""Rankings and schemes: rules as data, checked before they are stored."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from contest.lib.clock import now
from leaderboards.models import ExternalPoint, PrizeDecision, Ranking, Scheme
from leaderboards.services import prize_decisions
from leaderboards.services.set_up_checks import faults_of_list
from quizzes.admin.base import OneContestForm, OwnAdmin, SetupAdmin, WrittenOnce


class RuleForm(OneContestForm):
    """A list's rule in JSON; each fault is told with its path."""

    kind = ""

    def clean(self):
        cleaned = super().clean()
        contest = cleaned.get("contest") or getattr(self.instance, "contest", None)
        names = ("code", "title", "scope", "rule")
        if self.errors or contest is None or "rule" not in self.fields:
            return cleaned
        row = {name: cleaned.get(name, getattr(self.instance, name)) for name in names}
        for fault in faults_of_list(contest, self.kind, row):
            self.add_error("rule", forms.ValidationError(str(fault), code="set_up"))
        return cleaned


class RankingForm(RuleForm):
    kind = "rankings"


class SchemeForm(RuleForm):
    kind = "schemes"


class RuleAdmin(SetupAdmin):
    list_display = ["title", "code", "contest", "scope", "order"]
    list_filter = ["contest", "scope"]
    list_select_related = ["contest"]
    search_fields = ["title", "code"]
    fields = ["contest", "code", "title", "order", "scope", "rule"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "rule":
            field.help_text = _("Các khoá và giá trị: xem docs/rules.md.")
        return field

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "contest"] if obj else fields


@admin.register(Ranking)
class RankingAdmin(RuleAdmin):
    form = RankingForm


@admin.register(Scheme)
class SchemeAdmin(RuleAdmin):
    form = SchemeForm


@admin.register(ExternalPoint)
class ExternalPointAdmin(OwnAdmin):
    list_display = ["code", "contest_unit", "entrant", "points", "document"]
    list_filter = ["contest", "code"]
    list_select_related = ["contest_unit__unit", "entrant__person"]
    search_fields = ["code", "document"]
    autocomplete_fields = ["contest_unit"]
    raw_id_fields = ["entrant"]
    exclude = ["entered_by", "entered_at"]

    def save_model(self, request, obj, form, change):
        obj.entered_by, obj.entered_at = request.user, now()
        super().save_model(request, obj, form, change)


@admin.register(PrizeDecision)
class PrizeDecisionAdmin(WrittenOnce):
    list_display = ["contest", "round", "prize", "group", "reason", "decided_at"]
    list_filter = ["contest", "round"]
    list_select_related = ["contest", "round"]
    search_fields = ["reason", "document"]
    added = [
        "contest",
        "round",
        "ranking",
        "scheme",
        "list_round",
        "group",
        "prize",
        "order",
        "leaves_empty",
        "reason",
        "document",
    ]

    def get_fields(self, request, obj=None):
        return [*self.added, "decided_by", "decided_at"] if obj else self.added

    def save_model(self, request, obj, form, change):
        given = {name: form.cleaned_data[name] for name in self.added}
        written = prize_decisions.decide(**given, by=request.user, now=now())
        obj.pk = written.pk
