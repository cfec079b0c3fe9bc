"""
What a query may ask of a list: codes, each of one shape.

An unknown code finds nothing; one that no object could have (a NUL byte, three hundred
letters) finds nothing without asking the database.
"""

import re

from drf_spectacular.utils import OpenApiParameter

CODE = re.compile(r"[-\w]{1,60}", re.ASCII)


def filtered(rows, request, **lookups):
    """``rows`` where each lookup whose parameter the query gives holds that code."""
    for name, lookup in lookups.items():
        code = request.query_params.get(name)
        if code and not CODE.fullmatch(code):
            return rows.none()
        if code:
            rows = rows.filter(**{lookup: code})
    return rows


def documented_filters(*names):
    words = {
        "audience": "Code of an audience.",
        "bloc": "Code of a bloc.",
        "ranking": "Code of a ranking; several may stand in one tally.",
        "round": "Number, code or uuid of a round; without it the contest as a whole.",
        "scheme": "Code of a scheme.",
        "unit": "Code of a unit.",
    }
    return [OpenApiParameter(name, str, description=words[name]) for name in names]
