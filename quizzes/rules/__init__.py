"""
What the regulations say about papers, time, scores and entry: the specification itself.

Pure Python, fully annotated: no Django, no clock, no settings, no translation, no
randomness without a seed. Answers are codes and numbers; wording makes the sentences.
Moments are integer epoch milliseconds UTC, durations integer milliseconds, points
integer thousandths.
"""
