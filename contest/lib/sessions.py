"""
Sessions in the database, whose keys are what Django makes and nothing else.

A cookie may hold any character in quoted form, a NUL byte too, which PostgreSQL refuses
to look for; such a key belongs to no session.
"""

import re

from django.contrib.sessions.backends import db

KEY = re.compile(r"[a-z0-9]{8,40}")


class SessionStore(db.SessionStore):
    def _validate_session_key(self, key):
        return bool(key) and KEY.fullmatch(key) is not None
