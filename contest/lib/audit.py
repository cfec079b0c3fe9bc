"""The audit trail: one call beside each act that changes an outcome."""

from contest.lib.models import AuditEvent


def record(action, subject, *, now, by=None, reason="", before=None, after=None):
    """
    Add one event to the trail, in the caller's transaction.

    ``subject`` is the row acted on; it is named by its ``uuid``, ``code`` or key.
    """
    change = {"before": before or {}, "after": after or {}}
    return AuditEvent.objects.create(
        at=now,
        actor=by,
        action=action,
        subject=name_of(subject),
        reason=reason,
        change=change,
    )


def name_of(row):
    """``app.model:identifier`` of a row, as ``AuditEvent.subject`` stores it."""
    identifier = getattr(row, "uuid", None) or getattr(row, "code", None) or row.pk
    return f"{row._meta.label_lower}:{identifier}"
