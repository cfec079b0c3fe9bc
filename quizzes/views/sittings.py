"""
Which attempt this browser is sitting: the session remembers the sitting it began.

A page of an attempt is shown for writing only to the browser that holds the newest
sitting; any other is offered to take over, openly and by a press of a button.
"""

KEY = "sitting"


def remember(request, attempt):
    request.session[KEY] = [str(attempt.uuid), attempt.sitting]


def is_here(request, attempt):
    """Whether this browser holds the attempt's newest sitting."""
    return request.session.get(KEY) == [str(attempt.uuid), attempt.sitting]
