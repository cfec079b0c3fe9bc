"""What every page's frame needs: the reader's preferences and whom to ask for help."""

from django.conf import settings

from contest.lib import preferences


def portal(request):
    """``preferences``, ``portal`` (name, organiser, help) and ``demo``."""
    return {
        "preferences": preferences.read(request),
        "portal": settings.PORTAL,
        "demo": settings.DEMO,
    }
