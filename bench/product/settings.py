"""Production's settings; only the address map is longer, by the yardstick."""

from contest.settings import *  # noqa: F403
from contest.settings import ACCOUNT_RATE_LIMITS

ROOT_URLCONF = "bench.product.urls"
# One address makes all the log-ins here; the counting stays, its ceiling does not.
ACCOUNT_RATE_LIMITS = {**ACCOUNT_RATE_LIMITS, "login": "1000000/m/ip"}
