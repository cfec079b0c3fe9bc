"""Moments as whole milliseconds since 1970, UTC: how rules and frozen inputs count."""

from datetime import UTC, date, datetime, timedelta

from django.utils.timezone import get_default_timezone

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


def to_ms(moment: datetime) -> int:
    """Epoch milliseconds of an aware datetime, the rest cut off."""
    return (moment - EPOCH) // MILLISECOND


def from_ms(milliseconds: int) -> datetime:
    return EPOCH + milliseconds * MILLISECOND


def day_of(moment: datetime) -> date:
    """The day that the portal's people have at ``moment``, wherever the host stands."""
    return moment.astimezone(get_default_timezone()).date()


def text(moment: datetime) -> str:
    """ISO 8601 in UTC with microseconds, ``2025-10-05T16:59:59.123456Z``: for JSON."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"
