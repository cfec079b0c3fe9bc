"""
What the regulations say: pure functions over frozen facts.

``tally.compute`` is the whole of it; each behaviour that an organiser may choose is one
registered class. ``docs/rules.md`` and ``docs/tally-inputs.md`` hold the shapes.
"""
