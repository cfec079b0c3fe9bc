"""What changed between the results of two tallies of the same round or contest."""

from typing import Any

from leaderboards.rules import tables

Key = tuple[Any, ...]


def differences(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """
    ``{"truths", "places", "units", "awards"}``, each a list of what is not the same.

    A row has the keys that name it and ``before`` and ``after``: a value, a place, a
    unit's place and points, or who holds a prize; None where there is nothing.
    """
    return {
        "truths": changed(truths(before), truths(after), ("round", "audience")),
        "places": changed(
            places(before), places(after), ("ranking", "round", "group", "entrant")
        ),
        "units": changed(
            units(before), units(after), ("scheme", "round", "group", "unit")
        ),
        "awards": changed(
            awards(before), awards(after), ("rule", "round", "group", "prize")
        ),
    }


def changed(
    before: dict[Key, Any], after: dict[Key, Any], names: tuple[str, ...]
) -> list[dict[str, Any]]:
    keys = sorted({*before, *after}, key=lambda key: [str(part) for part in key])
    return [
        {
            **dict(zip(names, key, strict=True)),
            "before": before.get(key),
            "after": after.get(key),
        }
        for key in keys
        if before.get(key) != after.get(key)
    ]


def truths(result: dict[str, Any]) -> dict[Key, Any]:
    return {(one["round"], one["audience"]): one["value"] for one in result["truths"]}


def places(result: dict[str, Any]) -> dict[Key, Any]:
    return {
        (one["ranking"], one["round"], one["group"], row["entrant"]): row["place"]
        for one in result["standings"]
        for row in tables.records(one)
    }


def units(result: dict[str, Any]) -> dict[Key, Any]:
    return {
        (one["scheme"], one["round"], one["group"], row["unit"]): {
            "place": row["place"],
            "points": row["points"],
        }
        for one in result["units"]
        for row in one["rows"]
    }


def awards(result: dict[str, Any]) -> dict[Key, Any]:
    """Holders of each prize, with what each gets, in a settled order."""
    held: dict[Key, list[list[Any]]] = {}
    for one in result["awards"]:
        key = (one["rule"], one["round"], one["group"], one["prize"])
        who = one["entrant"] or one["unit"]
        held.setdefault(key, []).append([who, one["value"]])
    return {key: sorted(rows) for key, rows in held.items()}
