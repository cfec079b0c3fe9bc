from contest.lib.models.audit import AuditEvent

__all__ = ["AuditEvent"]
