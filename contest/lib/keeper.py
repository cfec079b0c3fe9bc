"""
Ends what a supervisor started, when the supervisor itself was killed.

Run as a program. Reads process groups from standard input, one number a line. The
line ``done`` means all of them were ended in order; the end of the input without it
means that the supervisor is gone: every group is asked to end, then made to.
"""

import os
import signal
import sys
import time

PATIENCE_S = 8


def is_alive(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def send(groups, number):
    """Signal the groups that live and return them."""
    alive = [group for group in groups if is_alive(group)]
    for group in alive:
        try:
            os.killpg(group, number)
        except ProcessLookupError:
            pass  # It ended in this very moment.
    return alive


def end(groups, patience_s=PATIENCE_S):
    """Ask the groups to end; after ``patience_s`` seconds kill what is left."""
    send(groups, signal.SIGTERM)
    limit = time.monotonic() + patience_s
    while any(map(is_alive, groups)) and time.monotonic() < limit:
        time.sleep(0.1)
    send(groups, signal.SIGKILL)


def keep(lines):
    groups = []
    for line in lines:
        if line.strip() == "done":
            return
        groups.append(int(line))
    end(groups)


if __name__ == "__main__":
    keep(sys.stdin)
