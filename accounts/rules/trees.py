"""Trees given as "each names its parent": no node may be its own ancestor."""

from collections.abc import Mapping


def members_of_cycles(parents: Mapping[str, str]) -> list[str]:
    """The nodes from which following ``parents`` leads back to themselves, in order."""
    return [node for node in parents if _returns_to(node, parents)]


def _returns_to(node: str, parents: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    current: str | None = parents.get(node)
    while current is not None and current not in seen:
        if current == node:
            return True
        seen.add(current)
        current = parents.get(current)
    return False
