"""
A contest's set-up and its results in the admin.

It lives here because a contest's page shows its prizes and its results.
"""

from leaderboards.admin import (  # noqa: F401 - they register themselves
    contests,
    papers,
    results,
    rounds,
    rules,
    trail,
    units,
)
