"""
What must hold before results are published, asked of the rows themselves.

Each check is a function of a contest and a moment that yields findings. ``verify``
runs them all; nothing is changed. A finding is an error, which forbids publishing, or
a warning, which somebody should look at.
"""
