"""
PostgreSQL, asking whether a kept connection still lives only after a pause.

Django asks once per request, which on the save path is as dear as the save itself. A
connection used a moment ago is taken as alive: if the server went away in between, one
request fails and Django drops the connection; after a pause nobody meets a dead one.
"""

import time

from django.db.backends.postgresql import base

PAUSE_S = 5


class DatabaseWrapper(base.DatabaseWrapper):
    used_at = float("-inf")

    def close_if_health_check_failed(self):
        now = time.monotonic()
        if now - self.used_at < PAUSE_S:
            self.health_check_done = True
        self.used_at = now
        super().close_if_health_check_failed()
