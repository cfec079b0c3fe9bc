"""Paper specifications, checked as a contest file would be."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from leaderboards.services.contest_document import paper_of
from leaderboards.services.set_up_checks import faults_of_paper
from quizzes.admin.base import OneContestForm, OwnAdmin
from quizzes.models import Item, PaperSpec

FIELDS = {
    "items": "item_count",
    "attempts": "attempt_limits",
    "prediction": "prediction",
}


class PaperForm(OneContestForm):
    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        paper = self.instance
        for name, value in cleaned.items():
            setattr(paper, name, value)
        found = faults_of_paper(
            paper.round.contest, paper.round.number, paper_of(paper), paper.bank
        )
        for fault in found:
            name = fault.column.split(".")[0].split("[")[0]
            name = FIELDS.get(name, name)
            error = forms.ValidationError(str(fault), code="set_up")
            self.add_error(name if name in self.fields else None, error)
        return cleaned


@admin.register(PaperSpec)
class PaperSpecAdmin(OwnAdmin):
    contest_path = "round__contest"
    form = PaperForm
    fixed_reason = _("Đề của vòng đã khoá hoặc kết quả đã công bố.")
    list_display = ["round", "audience", "bank", "item_count", "minutes"]
    list_filter = ["round__contest", "audience"]
    list_select_related = ["round", "audience", "bank"]
    readonly_fields = ["stock"]
    fieldsets = [
        (None, {"fields": ["round", "audience", "bank"]}),
        (
            _("Đề thi"),
            {
                "fields": [
                    "item_count",
                    "blueprint",
                    "stock",
                    "fixed_items",
                    "minutes",
                    "grace_seconds",
                    "shuffle_items",
                    "shuffle_options",
                ]
            },
        ),
        (
            _("Chấm điểm và lượt thi"),
            {
                "fields": [
                    "points_per_item",
                    "multiple_scoring",
                    "show_score",
                    "show_keys",
                    "attempt_limits",
                ]
            },
        ),
        (
            _("Câu dự đoán"),
            {
                "fields": [
                    "prediction",
                    "prediction_scope",
                    "prediction_prompt",
                    "prediction_required",
                    "prediction_max",
                    "prediction_answer",
                ]
            },
        ),
    ]

    def is_fixed(self, row):
        round = row.round
        return round.locked_at is not None or round.results_at is not None

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name in HELP:
            field.help_text = HELP[db_field.name]
        return field

    @display(description=_("số câu đã duyệt trong ngân hàng"))
    def stock(self, paper):
        """How many approved items the bank holds, topic by difficulty."""
        if paper.pk is None:
            return "–"
        approved = Item.objects.approved().filter(bank=paper.bank)
        counts = {}
        for topic, level in approved.values_list("topic__code", "difficulty"):
            counts[topic, level] = counts.get((topic, level), 0) + 1
        return "; ".join(
            f"{topic} {level}: {count}"
            for (topic, level), count in sorted(counts.items())
        )


HELP = {
    "blueprint": _(
        "Danh sách JSON, mỗi dòng: "
        '{"topic": "mã chủ đề", "difficulty": "easy", "count": 1}. '
        "Độ khó: easy, medium, hard. Để [] nếu dùng bộ câu cố định."
    ),
    "fixed_items": _('Danh sách JSON các mã câu, ví dụ ["CCHC-101", "CCHC-102"].'),
    "attempt_limits": _(
        'Danh sách JSON, ví dụ [{"n": 1, "per": "round"}]; per là day, round hoặc '
        "contest. Để [] nếu không giới hạn."
    ),
}
