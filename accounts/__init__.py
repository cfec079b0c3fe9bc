"""
WHO: people, units, rosters, consent.

Knows who somebody is and where he belongs, and nothing of any contest.
May import ``contest.lib`` only.
"""
