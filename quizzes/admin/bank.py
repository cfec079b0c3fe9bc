"""Banks, topics and items; words and keys change only by a new version."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.decorators import action, display
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from contest.lib.admin import PortalAdmin, PortalTabular, ReadOnlyTabular, doing
from contest.lib.clock import now
from quizzes.backends import is_named_for_keys
from quizzes.formats.base import ParsedItem
from quizzes.formats.checks import LETTERS, wrongs
from quizzes.models import Bank, Item, ItemVersion, Topic
from quizzes.services.bank import approve_item, retire_item, write_version
from quizzes.services.keys import withheld_items

LOW = {"rows": 4}
KEY_FIELDS = ["correct", "explanation", "source"]
WORD_FIELDS = ["type", "stem", "options"]


class TopicInline(PortalTabular):
    model = Topic
    fields = ["order", "code", "name"]


@admin.register(Bank)
class BankAdmin(PortalAdmin):
    list_display = ["title", "code"]
    search_fields = ["title", "code"]
    inlines = [TopicInline]


@admin.register(Topic)
class TopicAdmin(PortalAdmin):
    list_display = ["name", "code", "bank", "order"]
    list_filter = ["bank"]
    list_select_related = ["bank"]
    search_fields = ["name", "code"]


class VersionInline(ReadOnlyTabular):
    """The history of the words; a key is never shown in a list."""

    model = ItemVersion
    fields = ["number", "type", "stem", "created_at"]
    readonly_fields = fields
    show_change_link = False
    verbose_name_plural = _("Các phiên bản nội dung")


class LabelsForm(forms.ModelForm):
    """An item's labels, for those who may not write its words."""

    class Meta:
        model = Item
        fields = ["bank", "topic", "code", "difficulty", "is_practice", "not_with"]


class ItemForm(LabelsForm):
    """Labels of an item, its words and, for those who may see it, its key."""

    type = forms.ChoiceField(
        label=_("Loại câu"),
        choices=ItemVersion.Type,
        widget=UnfoldAdminSelectWidget,
    )
    stem = forms.CharField(
        label=_("Câu hỏi"), widget=UnfoldAdminTextareaWidget(attrs=LOW)
    )
    options = forms.CharField(
        label=_("Phương án"),
        widget=UnfoldAdminTextareaWidget(attrs=LOW),
        help_text=_(
            "Mỗi dòng một phương án, từ 2 đến 10 dòng. Thêm dấu * ở đầu dòng để phương "
            "án giữ nguyên chỗ khi trộn."
        ),
    )
    correct = forms.CharField(
        label=_("Đáp án đúng"),
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Chữ cái của dòng, ví dụ B; nhiều đáp án thì ghi A;C."),
    )
    explanation = forms.CharField(
        label=_("Giải thích"),
        widget=UnfoldAdminTextareaWidget(attrs=LOW),
        required=False,
    )
    source = forms.CharField(
        label=_("Căn cứ"), widget=UnfoldAdminTextInputWidget, required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        version = self.instance.current if self.instance.pk else None
        if version:
            self.initial |= written(version)

    def clean(self):
        cleaned = super().clean()
        topic, bank = cleaned.get("topic"), cleaned.get("bank") or self.instance.bank
        if topic and topic.bank_id != bank.pk:
            self.add_error("topic", _("Chủ đề thuộc ngân hàng khác."))
        if "stem" in self.fields and not self.errors:
            for column, message, remedy in wrongs(self.parsed(topic)):
                self.add_error(self.field_of(column), f"{message} {remedy}")
        return cleaned

    def parsed(self, topic):
        cleaned = self.cleaned_data
        return ParsedItem(
            code=cleaned.get("code") or self.instance.code,
            topic=topic.code,
            difficulty=cleaned["difficulty"],
            type=cleaned["type"],
            stem=cleaned["stem"].strip(),
            options=tuple(read_options(cleaned["options"])),
            correct=tuple(
                part.strip().lower() for part in cleaned["correct"].split(";")
            ),
            explanation=cleaned["explanation"],
            source=cleaned["source"],
        )

    def field_of(self, column):
        """The field that a column of the import format stands for."""
        if column.startswith("option_"):
            return "options"
        return {"id": "code"}.get(column, column)

    def words_and_key(self):
        parsed = self.parsed(self.cleaned_data["topic"])
        words = {name: getattr(parsed, name) for name in WORD_FIELDS}
        return words, {name: getattr(parsed, name) for name in KEY_FIELDS}


def written(version):
    """A version as the form's fields show it."""
    return {
        "type": version.type,
        "stem": version.stem,
        "options": "\n".join(
            f"{'*' if option.get('pinned') else ''}{option['text']}"
            for option in version.options
        ),
        "correct": ";".join(version.key.correct).upper(),
        "explanation": version.key.explanation,
        "source": version.key.source,
    }


def read_options(text):
    """Options from lines; a leading ``*`` pins one to its place."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for letter, line in zip([*LETTERS, *"klmnopqrst"], lines, strict=False):
        option = {"id": letter, "text": line.removeprefix("*").strip()}
        yield option | {"pinned": True} if line.startswith("*") else option


@admin.register(Item)
class ItemAdmin(PortalAdmin):
    form = ItemForm
    list_display = ["code", "stem_start", "topic", "difficulty", "state", "is_practice"]
    list_filter = ["bank", "state", "difficulty", "topic", "is_practice"]
    list_select_related = ["topic", "current", "bank"]
    search_fields = ["code", "current__stem"]
    autocomplete_fields = ["topic", "not_with"]
    inlines = [VersionInline]
    actions = ["approve_chosen", "retire_chosen"]
    actions_detail = ["approve", "retire"]
    readonly_fields = ["state"]
    labels = ["bank", "topic", "code", "difficulty", "state", "is_practice", "not_with"]

    def shows_key(self, request, item):
        """
        Whether this account sees the item's key now.

        Keys of rounds that are not over are for the reviewers, whoever else may edit.
        """
        if item is None:
            return request.user.has_perm("quizzes.add_item")
        if not request.user.has_perm("quizzes.view_itemkey", item):
            return False
        if not withheld_items([item.pk], now()):
            return True
        return is_named_for_keys(request.user)

    def writes(self, request, item):
        """Whether this account writes words and key: it must see what it replaces."""
        if item is None:
            return self.has_add_permission(request)
        may_change = self.has_change_permission(request, item)
        return may_change and self.shows_key(request, item)

    def get_fieldsets(self, request, obj=None):
        names = WORD_FIELDS
        if self.shows_key(request, obj):
            names = WORD_FIELDS + KEY_FIELDS
        labels = self.labels if obj else [f for f in self.labels if f != "state"]
        return [(None, {"fields": labels}), (_("Nội dung"), {"fields": names})]

    def get_form(self, request, obj=None, change=False, **kwargs):
        if not self.writes(request, obj):
            kwargs["form"] = LabelsForm
        return super().get_form(request, obj, change, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        fields = [*super().get_readonly_fields(request, obj)]
        if obj is not None:
            fields += ["bank", "code"]
        if not self.writes(request, obj):
            fields += WORD_FIELDS
            fields += KEY_FIELDS if self.shows_key(request, obj) else []
        return fields

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "stem" in form.fields:
            write_version(obj, *form.words_and_key())

    def has_approve_permission(self, request, object_id=None):
        return request.user.has_perm("quizzes.approve_item")

    @action(description=_("Duyệt"), url_path="approve", permissions=["approve"])
    def approve(self, request, object_id):
        return self.act(
            request,
            object_id,
            perm="quizzes.approve_item",
            title=_("Duyệt câu hỏi"),
            effect=_("Câu này sẽ được đưa vào các đề khoá từ nay về sau."),
            do=doing(approve_item, _("Đã duyệt câu hỏi."), by=request.user, now=now()),
        )

    @action(
        description=pgettext_lazy("act", "Thôi dùng"),
        url_path="retire",
        permissions=["approve"],
    )
    def retire(self, request, object_id):
        return self.act(
            request,
            object_id,
            perm="quizzes.approve_item",
            title=_("Thôi dùng câu hỏi"),
            effect=_("Đề đã khoá giữ nguyên; các đề khoá sau không lấy câu này."),
            do=doing(retire_item, _("Đã thôi dùng."), by=request.user, now=now()),
        )

    @admin.action(description=_("Duyệt các câu đã chọn"), permissions=["approve"])
    def approve_chosen(self, request, queryset):
        self.each(request, queryset, approve_item, _("Đã duyệt %(n)d câu."))

    @admin.action(description=_("Thôi dùng các câu đã chọn"), permissions=["approve"])
    def retire_chosen(self, request, queryset):
        self.each(request, queryset, retire_item, _("Đã thôi dùng %(n)d câu."))

    @display(description=_("câu hỏi"))
    def stem(self, item):
        return item.current.stem if item.current else "–"

    @display(description=_("câu hỏi"))
    def stem_start(self, item):
        return item.current.stem[:60] if item.current else "–"

    @display(description=_("loại câu"))
    def type(self, item):
        return item.current.get_type_display() if item.current else "–"

    @display(description=_("phương án"))
    def options(self, item):
        return (
            "; ".join(o["text"] for o in item.current.options) if item.current else "–"
        )

    @display(description=_("đáp án đúng"))
    def correct(self, item):
        return ";".join(item.current.key.correct).upper() if item.current else "–"

    @display(description=_("giải thích"))
    def explanation(self, item):
        return item.current.key.explanation if item.current else "–"

    @display(description=_("căn cứ"))
    def source(self, item):
        return item.current.key.source if item.current else "–"
