"""
A bare Django quiz with the steps of an attempt: the upper bound on a given machine.

No permissions, no deadlines, no limits, no languages: never for production.
"""
