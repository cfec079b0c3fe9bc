"""
SO WHAT: rankings, schemes, tallies, awards, and what spans everything.

Turns scores into places and prizes that can be proved; also set-up from files, the
demo and the rules text, which need every room. May import ``quizzes``,
``accounts`` and ``contest.lib``.
"""
