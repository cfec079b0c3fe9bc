"""The audit trail, for auditors: who did what, when and why."""

from django.contrib import admin

from contest.lib.admin import ReadOnlyAdmin
from contest.lib.models import AuditEvent


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    list_display = ["at", "actor", "action", "subject", "reason"]
    list_filter = ["action"]
    list_select_related = ["actor"]
    search_fields = ["subject", "reason"]
