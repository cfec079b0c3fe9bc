"""Blocs, the units in them, and how many people they have."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from contest.lib.admin import PortalTabular
from quizzes.admin.base import OwnAdmin, SetupAdmin, SetupTabular
from quizzes.models import Bloc, ContestUnit, Headcount


class ContestUnitInline(SetupTabular):
    model = ContestUnit
    fields = ["unit"]
    autocomplete_fields = ["unit"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("unit")


class HeadcountInline(PortalTabular):
    """Headcounts may change until they are frozen."""

    model = Headcount
    fields = ["round", "audience", "category", "people", "source", "confirmed_by"]


@admin.register(Bloc)
class BlocAdmin(SetupAdmin):
    list_display = ["name", "code", "contest", "order"]
    list_filter = ["contest"]
    list_select_related = ["contest"]
    search_fields = ["name", "code"]
    fields = ["contest", "code", "name", "order"]


@admin.register(ContestUnit)
class ContestUnitAdmin(SetupAdmin):
    list_display = ["unit", "bloc", "contest", "people"]
    list_filter = ["contest", "bloc"]
    list_select_related = ["unit", "bloc", "contest"]
    search_fields = ["unit__search_name", "unit__code"]
    autocomplete_fields = ["unit", "counts_as"]
    inlines = [HeadcountInline]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("headcounts")

    @display(description=_("số người"))
    def people(self, row):
        """The headcount for every round and audience, where there is one."""
        return next(
            (
                headcount.people
                for headcount in row.headcounts.all()
                if not (headcount.round_id or headcount.audience_id)
            ),
            "–",
        )


@admin.register(Headcount)
class HeadcountAdmin(OwnAdmin):
    contest_path = "contest_unit__contest"
    fixed_reason = _("Số người đã chốt.")
    list_display = ["contest_unit", "round", "audience", "category", "people", "source"]
    list_filter = ["contest_unit__contest", "round"]
    list_select_related = ["contest_unit__unit", "round", "audience"]
    search_fields = ["contest_unit__unit__search_name"]
    autocomplete_fields = ["contest_unit"]
    readonly_fields = ["frozen_at"]

    def is_fixed(self, row):
        return row.frozen_at is not None
