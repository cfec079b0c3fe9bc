"""Allowances and corrections: written once through their services, then kept."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action

from contest.lib.admin import doing
from contest.lib.clock import now
from quizzes.admin.base import WrittenOnce
from quizzes.models import Allowance, Correction
from quizzes.services import allowances, corrections


@admin.register(Allowance)
class AllowanceAdmin(WrittenOnce):
    list_display = ["contest", "round", "reason", "extra_minutes", "granted_at"]
    list_filter = ["contest", "round"]
    list_select_related = ["contest", "round"]
    search_fields = ["reason", "document"]
    raw_id_fields = ["entrant"]
    autocomplete_fields = ["unit"]
    added = [
        "contest",
        "round",
        "entrant",
        "unit",
        "extra_minutes",
        "closes_at",
        "extra_attempts",
        "paused_ms",
        "reason",
        "document",
    ]

    def get_fields(self, request, obj=None):
        return [*self.added, "granted_by", "granted_at"] if obj else self.added

    def save_model(self, request, obj, form, change):
        given = {name: form.cleaned_data[name] for name in self.added}
        written = allowances.grant(**given, by=request.user, now=now())
        obj.pk = written.pk


@admin.register(Correction)
class CorrectionAdmin(WrittenOnce):
    list_display = ["kind", "reason", "contest", "proposed_by", "approved_at"]
    list_filter = ["contest", "kind"]
    list_select_related = ["contest", "proposed_by"]
    search_fields = ["reason", "document"]
    raw_id_fields = ["attempt", "entrant", "same_as"]
    autocomplete_fields = ["unit"]
    actions_detail = ["approve"]
    targets = ["attempt", "entrant", "unit", "audience", "same_as"]
    added = ["contest", "kind", *targets, "reason", "document"]
    signed = ["proposed_by", "proposed_at", "approved_by", "approved_at"]

    def get_fields(self, request, obj=None):
        return [*self.added, *self.signed] if obj else self.added

    def save_model(self, request, obj, form, change):
        given = {name: form.cleaned_data[name] for name in self.added}
        written = corrections.propose(**given, by=request.user, now=now())
        obj.pk = written.pk

    def has_approve_permission(self, request, object_id=None):
        return request.user.has_perm("quizzes.approve_correction")

    @action(description=_("Duyệt"), url_path="approve", permissions=["approve"])
    def approve(self, request, object_id):
        return self.act(
            request,
            object_id,
            perm="quizzes.approve_correction",
            title=_("Duyệt đính chính"),
            effect=_(
                "Từ lần tính sau, kết quả đọc theo đính chính này. Bản ghi gốc giữ "
                "nguyên."
            ),
            do=doing(
                corrections.approve,
                _("Đã duyệt; hãy tính lại kết quả."),
                by=request.user,
                now=now(),
            ),
        )
