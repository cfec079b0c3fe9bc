"""What the portal calls itself, and whom a participant asks for help."""

from contest.settings.environment import text

__all__ = ["CSRF_FAILURE_VIEW", "PORTAL"]

HELP_PHONE = text("HELP_PHONE", "0234 000 0000")

PORTAL = {
    "name": text("PORTAL_NAME", "Hội thi trực tuyến"),
    "organiser": text("PORTAL_ORGANISER", "UBND thành phố Huế"),
    "help_phone": HELP_PHONE,
    "help_phone_link": HELP_PHONE.replace(" ", ""),
    "help_hours": text("HELP_HOURS", "7:00 – 22:00"),
}
CSRF_FAILURE_VIEW = "contest.views.errors.csrf_failure"
