"""
Every setting comes from the environment; ``.env.example`` lists what production sets.

One module a subject. ``environment`` reads and judges the variables, the others only
use what it read.
"""

from contest.settings.admin import *  # noqa: F403
from contest.settings.api import *  # noqa: F403
from contest.settings.apps import *  # noqa: F403
from contest.settings.identity import *  # noqa: F403
from contest.settings.logs import *  # noqa: F403
from contest.settings.portal import *  # noqa: F403
from contest.settings.queue import *  # noqa: F403
from contest.settings.security import *  # noqa: F403
from contest.settings.storage import *  # noqa: F403
