"""The bank, the entrants and what they did, in the admin."""

from quizzes.admin import acts, bank, people  # noqa: F401 - they register themselves
