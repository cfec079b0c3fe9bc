"""A contest: its texts and choices, audiences, rounds, readiness."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action
from unfold.widgets import UnfoldAdminSelectWidget

from contest.lib.admin import PortalAdmin, ReadOnlyTabular, doing, yes_no
from contest.lib.clock import now
from leaderboards.problem_wording import words_of
from leaderboards.services import tallies
from leaderboards.services.readiness import problems_of
from quizzes.admin.base import FIXED, OwnContests, SetupAdmin, SetupTabular
from quizzes.models import Audience, Contest, Role, Round
from quizzes.services.contests import has_fixed_round

FREE = [
    "title",
    "short_title",
    "organiser",
    "rules_document",
    "contact",
    "edition",
    "state",
    "names",
]


def answer(label):
    """A yes or no that somebody must choose."""
    return forms.TypedChoiceField(
        label=label,
        choices=yes_no,
        coerce=lambda value: value == "True",
        widget=UnfoldAdminSelectWidget,
    )


class ContestForm(forms.ModelForm):
    timed_out_counts = answer(_("Bài bị khoá vì hết giờ vẫn được tính"))
    incomplete_counts = answer(_("Bài còn bỏ trống câu vẫn được tính"))

    class Meta:
        model = Contest
        fields = [
            *FREE,
            "slug",
            "late_start",
            "timed_out_counts",
            "incomplete_counts",
            "excluded_count_for_unit",
            "truth_after_void",
            "exclusions_text",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("timed_out_counts", "incomplete_counts"):
            if name in self.fields and not self.instance.pk:
                field = self.fields[name]
                field.choices = [("", _("Hãy chọn")), *yes_no()]


class AudienceInline(SetupTabular):
    model = Audience
    fields = ["order", "code", "name", "entry", "unit_kind", "counts_for_unit"]


class RoundInline(ReadOnlyTabular):
    """The rounds, each edited on its own page."""

    model = Round
    fields = ["page", "opens_at", "closes_at", "locked_at", "results_at"]
    readonly_fields = fields


@admin.register(Contest)
class ContestAdmin(OwnContests, PortalAdmin):
    contest_path = "pk"
    form = ContestForm
    fixed_reason = FIXED
    free_fields = FREE
    list_display = ["short_title", "organiser", "edition", "state", "is_simulated"]
    list_filter = ["state", "is_simulated"]
    search_fields = ["title", "slug"]
    inlines = [AudienceInline, RoundInline]
    actions_detail = ["readiness", "tally"]
    readonly_fields = ["is_simulated", "results_at"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "slug",
                    "title",
                    "short_title",
                    "organiser",
                    "rules_document",
                    "contact",
                    "edition",
                    "state",
                    "is_simulated",
                ]
            },
        ),
        (
            _("Những điều thể lệ phải nói rõ"),
            {
                "description": _(
                    "Ba lựa chọn đầu quyết định kết quả và không có mặc định; chúng "
                    "được in vào thể lệ."
                ),
                "fields": [
                    "late_start",
                    "timed_out_counts",
                    "incomplete_counts",
                    "excluded_count_for_unit",
                    "truth_after_void",
                    "exclusions_text",
                ],
            },
        ),
        (_("Công bố"), {"fields": ["names", "results_at"]}),
    ]

    def is_fixed(self, row):
        return has_fixed_round(row.pk)

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "slug"] if obj else fields

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change and not request.user.is_superuser:
            kind = Role.Kind.ORGANISER
            Role.objects.create(contest=obj, user=request.user, kind=kind)

    def has_tally_permission(self, request, object_id=None):
        return request.user.has_perm("leaderboards.compute_tally")

    @action(description=_("Kiểm tra sẵn sàng"), url_path="readiness")
    def readiness(self, request, object_id):
        """Tell every problem and warning as messages on the contest's page."""
        contest = self.get_object(request, object_id)
        if contest is None or not self.has_view_permission(request, contest):
            return HttpResponseRedirect("../../")
        found = problems_of(contest)
        for problem in found:
            tell = messages.warning if problem.is_warning else messages.error
            sentence, remedy = words_of(problem)
            tell(request, f"{problem.path}: {sentence} {remedy}")
        if not found:
            messages.success(request, _("Hội thi đã sẵn sàng để khoá đề."))
        return HttpResponseRedirect(self.page_of(contest))

    @action(
        description=_("Tính kết quả chung"), url_path="tally", permissions=["tally"]
    )
    def tally(self, request, object_id):
        return self.act(
            request,
            object_id,
            perm="leaderboards.compute_tally",
            title=_("Tính kết quả chung"),
            effect=_(
                "Tính kết quả tập thể và các giải chung từ kết quả các vòng. Kết quả "
                "là tạm tính cho tới khi được chốt và duyệt."
            ),
            do=doing(
                tallies.request,
                _("Đã đưa vào hàng chờ; kết quả hiện trong ít phút."),
                by=request.user,
                now=now(),
            ),
        )


@admin.register(Audience)
class AudienceAdmin(SetupAdmin):
    list_display = ["name", "code", "contest", "entry", "unit_kind", "counts_for_unit"]
    list_filter = ["contest"]
    list_select_related = ["contest"]
    search_fields = ["name", "code"]
