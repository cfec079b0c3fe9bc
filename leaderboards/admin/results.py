"""Tallies and their rows: to look at; frozen, approved and published by acts."""

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminSingleDateWidget, UnfoldAdminTextInputWidget

from contest.lib.admin import doing, link
from contest.lib.clock import now
from leaderboards.models import (
    Award,
    Certificate,
    Publication,
    Standing,
    Tally,
    UnitResult,
)
from leaderboards.services import publication, tallies
from quizzes.admin.base import OwnReadOnly


class DecisionForm(forms.Form):
    decision_number = forms.CharField(
        label=_("Số quyết định"),
        required=False,
        max_length=80,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Ghi cả số và ngày, hoặc để trống cả hai."),
    )
    decided_on = forms.DateField(
        label=_("Ngày quyết định"),
        required=False,
        widget=UnfoldAdminSingleDateWidget,
    )


@admin.register(Tally)
class TallyAdmin(OwnReadOnly):
    list_display = ["contest", "round", "number", "state", "is_outdated", "computed_at"]
    list_filter = ["contest", "round", "state", "is_outdated"]
    list_select_related = ["contest", "round"]
    search_fields = ["hash", "decision_number"]
    actions_detail = ["freeze", "approve", "publish"]
    fields = [
        "contest",
        "round",
        "number",
        "state",
        "is_outdated",
        "tables",
        "cut_off",
        "hash",
        "inputs_hash",
        "truths",
        "computed_by",
        "computed_at",
        "frozen_at",
        "approved_by",
        "approved_at",
        "decision_number",
        "decided_on",
    ]

    @display(description=_("xem bảng"))
    def tables(self, tally):
        """Links to the tally's read-only tables."""
        models = (Standing, UnitResult, Award)
        links = []
        for model in models:
            name = model._meta.label_lower.replace(".", "_")
            address = reverse(f"admin:{name}_changelist")
            query = f"{address}?tally__id__exact={tally.pk}"
            links.append((link(query, model._meta.verbose_name_plural),))
        return format_html_join(" · ", "{}", links)

    def has_compute_permission(self, request, object_id=None):
        return request.user.has_perm("leaderboards.compute_tally")

    def has_approve_permission(self, request, object_id=None):
        return request.user.has_perm("leaderboards.approve_tally")

    def has_publish_permission(self, request, object_id=None):
        return request.user.has_perm("leaderboards.publish_tally")

    @action(description=_("Chốt"), url_path="freeze", permissions=["compute"])
    def freeze(self, request, object_id):
        return self.act(
            request,
            object_id,
            perm="leaderboards.compute_tally",
            title=_("Chốt kết quả"),
            effect=_("Kết quả tạm tính trở thành kết quả trình duyệt."),
            do=doing(tallies.freeze, _("Đã chốt."), by=request.user, now=now()),
        )

    @action(description=_("Duyệt"), url_path="approve", permissions=["approve"])
    def approve(self, request, object_id):
        return self.act(
            request,
            object_id,
            perm="leaderboards.approve_tally",
            title=_("Duyệt kết quả"),
            effect=_(
                "Người duyệt phải khác người tính. Sau khi duyệt thì công bố được."
            ),
            form=DecisionForm,
            do=doing(tallies.approve, _("Đã duyệt."), by=request.user, now=now()),
        )

    @action(description=_("Công bố"), url_path="publish", permissions=["publish"])
    def publish(self, request, object_id):
        return self.act(
            request,
            object_id,
            perm="leaderboards.publish_tally",
            title=_("Công bố kết quả"),
            effect=_(
                "Mọi trang chuyển sang kết quả này cùng một lúc. Người công bố phải "
                "khác người duyệt."
            ),
            do=self.publishing(request),
        )

    def publishing(self, request):
        def do(tally, data):
            if tally.approved_by is None:
                raise publication.NotApproved
            publication.publish(
                tally, by=request.user, approved_by=tally.approved_by, now=now()
            )
            return _("Đã công bố.")

        return do


class TallyRows(OwnReadOnly):
    """The rows of tallies; one comes here from a tally's page."""

    contest_path = "tally__contest"
    list_filter = ["tally__contest", "tally__round"]


@admin.register(Standing)
class StandingAdmin(TallyRows):
    list_display = ["place", "entrant", "audience", "unit", "ranking", "group", "tally"]
    list_select_related = [
        "entrant__person",
        "audience",
        "unit",
        "ranking",
        "tally__round",
        "tally__contest",
    ]
    search_fields = ["entrant__person__search_name"]


@admin.register(UnitResult)
class UnitResultAdmin(TallyRows):
    list_display = ["place", "contest_unit", "bloc", "points", "scheme", "tally"]
    list_select_related = [
        "contest_unit__unit",
        "bloc",
        "scheme",
        "tally__round",
        "tally__contest",
    ]
    search_fields = ["contest_unit__unit__search_name"]


@admin.register(Award)
class AwardAdmin(TallyRows):
    list_display = ["title", "place", "entrant", "contest_unit", "value", "tally"]
    list_select_related = [
        "entrant__person",
        "contest_unit__unit",
        "tally__round",
        "tally__contest",
    ]
    search_fields = ["entrant__person__search_name", "contest_unit__unit__search_name"]


@admin.register(Publication)
class PublicationAdmin(OwnReadOnly):
    list_display = ["contest", "round", "tally", "published_at", "published_by"]
    list_select_related = [
        "contest",
        "round",
        "tally__round",
        "tally__contest",
        "published_by",
    ]


@admin.register(Certificate)
class CertificateAdmin(OwnReadOnly):
    contest_path = "award__tally__contest"
    list_display = ["serial", "award", "issued_at", "revoked_at"]
    list_select_related = ["award__entrant__person", "award__contest_unit__unit"]
    search_fields = ["serial"]
