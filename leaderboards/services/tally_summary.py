"""What a tally keeps beside its rows: truths, figures, notes, and awards for others."""

from leaderboards.rules import tables

FOR_TALLIES_ABOVE = (
    "kind",
    "rule",
    "round",
    "group",
    "prize",
    "title",
    "place",
    "value",
    "special",
    "entrant",
    "unit",
    "audience",
    "reports_to",
)


def truths_of(result):
    """``{"1/can-bo": 14492}``, those that are not known left out."""
    return {
        f"{one['round']}/{one['audience']}": one["value"]
        for one in result["truths"]
        if one["value"] is not None
    }


def summary_of(result):
    """
    ``{"lists", "awards", "near_misses", "corrections", "notes"}``.

    ``lists`` counts people and full scores of each list; ``awards`` is what a tally
    above has to know of each award.
    """
    return {
        "lists": [figures(listing) for listing in result["standings"]],
        "awards": [
            {key: award[key] for key in FOR_TALLIES_ABOVE} for award in result["awards"]
        ],
        "near_misses": result["near_misses"],
        "corrections": result["corrections"],
        "notes": result["notes"],
    }


def figures(listing):
    rows = list(tables.records(listing))
    return {
        "ranking": listing["ranking"],
        "round": listing["round"],
        "group": listing["group"],
        "people": len(rows),
        "perfect": sum(row["score"] >= row["max_score"] > 0 for row in rows),
    }
