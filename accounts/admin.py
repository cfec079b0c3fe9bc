"""Accounts, people and units in the admin."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from accounts.models import Person, Unit, UnitAlias, User
from contest.lib.admin import PortalAdmin, PortalTabular, ReadOnlyAdmin
from contest.lib.text import search_key

# Roles in a contest say who may do what; Django's groups would be a second way.
admin.site.unregister(Group)


class UnitAliasInline(PortalTabular):
    model = UnitAlias
    fields = ["text"]
    verbose_name_plural = _("Tên gọi khác, để tìm và để nhập danh sách")


@admin.register(Unit)
class UnitAdmin(PortalAdmin):
    list_display = ["name", "code", "short_name", "kind", "is_commune", "parent"]
    list_filter = ["is_commune", "kind"]
    list_select_related = ["parent"]
    search_fields = ["search_name", "code"]
    search_help_text = _("Tìm theo tên (không cần dấu) hoặc mã.")
    autocomplete_fields = ["parent", "successor"]
    inlines = [UnitAliasInline]
    fields = [
        "code",
        "name",
        "short_name",
        "kind",
        "is_commune",
        "parent",
        "successor",
        "valid_from",
        "valid_until",
    ]

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_key(search_term))

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "code"] if obj else fields


@admin.register(Person)
class PersonAdmin(ReadOnlyAdmin):
    list_display = ["full_name", "unit", "created_at"]
    list_select_related = ["unit"]
    search_fields = ["search_name"]
    search_help_text = _("Tìm theo tên, không cần dấu.")
    fields = ["full_name", "unit", "created_at"]

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_key(search_term))


@admin.register(User)
class AccountAdmin(UserAdmin, PortalAdmin):
    """Accounts of staff; only a superuser opens them."""

    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ["username", "first_name", "last_name", "is_staff", "is_active"]
    list_filter = ["is_staff", "is_active"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Người"), {"fields": ["first_name", "last_name", "email"]}),
        (_("Quyền"), {"fields": ["is_active", "is_staff", "is_superuser"]}),
    ]
    add_fieldsets = [(None, {"fields": ["username", "password1", "password2"]})]
    filter_horizontal = []

    def has_view_permission(self, request, obj=None):
        return request.user.is_superuser

    has_change_permission = has_view_permission
    has_delete_permission = has_view_permission

    def has_add_permission(self, request):
        return request.user.is_superuser

    def has_module_permission(self, request):
        return request.user.is_superuser
