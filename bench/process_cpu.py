"""CPU seconds of process trees, ended children included (Linux's /proc)."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def row_of(entry):
    """Return (parent, ticks of the process and of its ended children)."""
    text = (entry / "stat").read_bytes()
    fields = text[text.rindex(b")") + 2 :].split()
    return int(fields[1]), sum(int(ticks) for ticks in fields[11:15])


def processes():
    table = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            table[int(entry.name)] = row_of(entry)
        except OSError:
            continue  # It ended while we looked.
    return table


def seconds(groups):
    """Return CPU seconds so far for ``{name: root pid}``, and of the whole machine."""
    table = processes()
    children = {}
    for pid, (parent, _) in table.items():
        children.setdefault(parent, []).append(pid)
    used = {}
    for name, root in groups.items():
        tree, waiting = set(), [root] if root in table else []
        while waiting:
            pid = waiting.pop()
            tree.add(pid)
            waiting.extend(children.get(pid, ()))
        used[name] = sum(table[pid][1] for pid in tree) / TICKS
    return {**used, "machine": machine_seconds()}


def machine_seconds():
    first = Path("/proc/stat").read_text().splitlines()[0]
    busy = [int(ticks) for ticks in first.split()[1:9]]
    return (sum(busy) - busy[3] - busy[4]) / TICKS
