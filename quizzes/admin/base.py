"""Admin pages of rows that belong to a contest: only those of one's own contests."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from contest.lib.admin import PortalAdmin, PortalTabular, ReadOnlyAdmin
from quizzes.backends import contest_of
from quizzes.models import Role
from quizzes.services.contests import has_fixed_round

WORKERS = (
    Role.Kind.ORGANISER,
    Role.Kind.PUBLISHER,
    Role.Kind.AUDITOR,
    Role.Kind.AUTHOR,
    Role.Kind.REVIEWER,
)
FIXED = _(
    "Một vòng đã khoá đề hoặc đã công bố kết quả, nên phần này giữ nguyên như đã hứa "
    "với người dự thi."
)


class OneContestForm(forms.ModelForm):
    """All rows that a form joins belong to one contest."""

    def clean(self):
        cleaned = super().clean()
        values = [cleaned.get(name) for name in self.fields]
        contests = {
            contest_of(value) for value in values if hasattr(value, "_meta")
        } - {None}
        if self.instance.pk:
            contests.add(contest_of(self.instance))
        if len(contests) > 1:
            raise ValidationError(
                _("Các phần được chọn thuộc những hội thi khác nhau."),
                code="other_contest",
            )
        return cleaned


class OwnContests:
    """``contest_path`` leads from the model to its contest, as a lookup."""

    contest_path = "contest"

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if request.user.is_superuser:
            return rows
        own = request.user.contest_roles.filter(kind__in=WORKERS).values("contest")
        return rows.filter(**{f"{self.contest_path}__in": own})


class OwnAdmin(OwnContests, PortalAdmin):
    form = OneContestForm

    def save_form(self, request, form, change):
        """Refuse a row for a contest in which the account may not write."""
        row = super().save_form(request, form, change)
        action = "change" if change else "add"
        name = f"{self.opts.app_label}.{action}_{self.opts.model_name}"
        if contest_of(row) is not None and not request.user.has_perm(name, row):
            raise PermissionDenied
        return row


class WrittenOnce(OwnAdmin):
    """A row that a service adds and nobody changes or takes away."""

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class OwnReadOnly(OwnContests, ReadOnlyAdmin):
    pass


class SetupAdmin(OwnAdmin):
    """Set-up that stays once a round of its contest is locked."""

    fixed_reason = FIXED

    def is_fixed(self, row):
        return has_fixed_round(contest_of(row))


class SetupTabular(PortalTabular):
    """A part of set-up inside its parent's page; fixed with it."""

    def is_fixed(self, row):
        return has_fixed_round(contest_of(row))

    def has_change_permission(self, request, obj=None):
        if obj is not None and self.is_fixed(obj):
            return False
        return super().has_change_permission(request, obj)
