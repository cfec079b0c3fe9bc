"""
The project: settings, URLs, Celery, API root, home page and health.

Holds no domain. May import every app; apps import nothing of it but ``contest.lib``.
This module imports nothing, so that ``import contest`` is free of side effects.
"""
