"""
WHAT: contests, item banks, papers, attempts, scores.

Knows what was asked and what was answered, and nothing of places and prizes.
May import ``accounts`` and ``contest.lib``.
"""
