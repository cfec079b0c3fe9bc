"""
The demo's two contests as documents and banks: Huế 2025, and this year's edition.

Both come from ``data/hue``. This year's is the same contest with other dates and the
other half of the bank; everything that is said of its turnout is chosen.
"""

import csv
import io
import json
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, time

from django.conf import settings
from django.utils.timezone import get_default_timezone

from leaderboards.rules.simulation.editions import halves, rounds_around
from leaderboards.services.configuration import read_contest

FOLDER = settings.BASE_DIR / "data" / "hue"
PAST_YEAR = 2025


@dataclass(frozen=True)
class Edition:
    """A contest document of version 2 and the CSV file of its items."""

    document: dict
    items: bytes

    @property
    def slug(self):
        return self.document["slug"]

    @property
    def bank(self):
        [bank] = self.document["banks"]
        return bank["code"]


def units_file():
    return read("units.csv")


def editions(*, now):
    """Return Huế 2025 and this year's edition, whose second round holds ``now``."""
    document, _warnings = read_contest(read("contest.json"), read)
    document |= {"state": "public", "is_simulated": True}
    aims = json.loads(read("simulation.json"))
    document["known_results"] = document["known_results"] | {"simulation": aims}
    rows = list(csv.DictReader(io.StringIO(read("questions.csv").decode())))
    first, second = map(written, halves(rows))
    today = now.astimezone(get_default_timezone()).date()
    return Edition(document, first), Edition(this_years(document, today), second)


def this_years(document, today):
    """The document with this year's dates; the year after 2025 at the earliest."""
    year = max(today.year, PAST_YEAR + 1)
    new = deepcopy(document)
    for key in ("slug", "title", "short_title"):
        new[key] = new[key].replace(str(PAST_YEAR), str(year))
    [bank] = new["banks"]
    bank |= {
        "code": new["slug"],
        "title": bank["title"].replace(str(PAST_YEAR), str(year)),
    }
    new["edition"] += year - PAST_YEAR
    new["rules_document"] = ""
    new["known_results"] = {"simulation": document["known_results"]["simulation"]}
    days = rounds_around(today, len(new["rounds"]))
    for round, when in zip(new["rounds"], days, strict=True):
        round["opens_at"] = midnight(when.opens_on).isoformat()
        round["closes_at"] = midnight(when.closes_on).isoformat()
        for paper in round["papers"]:
            paper["bank"] = new["slug"]
    return new


def midnight(day):
    return datetime.combine(day, time.min, tzinfo=get_default_timezone())


def written(rows):
    """Rows as a CSV file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def read(name):
    return (FOLDER / name).read_bytes()
