"""
Invented persons and their entries in a simulated contest, without accounts.

``Entrant.external_ref`` says who somebody is in the model (``mo-phong/so-noi-vu:7``),
so the same person is found again by a second run and in the next edition.
"""

from datetime import date, timedelta

from django.db import transaction

from accounts.models import Person
from leaderboards.rules.simulation import names
from leaderboards.rules.simulation.dice import Dice
from quizzes.models import Entrant

PREFIX = "mo-phong/"
CHUNK = 400
YOUNGEST, OLDEST = date(2003, 6, 30), date(1964, 1, 1)
HOUR = timedelta(hours=1)


def ref_of(external_ref):
    return external_ref.removeprefix(PREFIX)


def entrants_by_ref(contest):
    """The simulated entrants of a contest, by their name in the model."""
    rows = Entrant.objects.filter(contest=contest, external_ref__startswith=PREFIX)
    return {ref_of(entrant.external_ref): entrant for entrant in rows}


def ensure_entrants(contest, audience, wanted, *, seed):
    """
    Return entrants by ref for ``wanted``, ``{ref: (unit, first moment)}``.

    Missing ones are made, with a person of the same ref from another simulated contest
    if there is one, else a new invented person. They registered within the hour before
    their first moment. In transactions of ``CHUNK`` rows.
    """
    known = entrants_by_ref(contest)
    missing = [ref for ref in wanted if ref not in known]
    persons = _persons_elsewhere(contest, missing)
    for at in range(0, len(missing), CHUNK):
        chunk = missing[at : at + CHUNK]
        new = {
            ref: _person(ref, wanted[ref][0], seed)
            for ref in chunk
            if ref not in persons
        }
        with transaction.atomic():
            made = Person.objects.bulk_create(new.values())
            persons |= {ref: p.pk for ref, p in zip(new, made, strict=True)}
            entries = Entrant.objects.bulk_create(
                _entrant(contest, audience, ref, persons[ref], wanted[ref], seed)
                for ref in chunk
            )
        known |= {ref_of(entrant.external_ref): entrant for entrant in entries}
    return known


def _persons_elsewhere(contest, refs):
    """Ids of the persons who bear these refs in other simulated contests."""
    if not refs:
        return {}
    rows = Entrant.objects.filter(
        contest__is_simulated=True, external_ref__startswith=PREFIX
    ).exclude(contest=contest)
    wanted = set(refs)
    found = rows.order_by("pk").values_list("external_ref", "person")
    return {ref_of(ref): pk for ref, pk in found if ref_of(ref) in wanted}


def _person(ref, unit, seed):
    dice = Dice(f"{seed}/person/{ref}/name")
    return Person.named(
        names.name(dice),
        birth_date=names.birth_date(dice, youngest=YOUNGEST, oldest=OLDEST),
        unit=unit,
    )


def _entrant(contest, audience, ref, person_id, place, seed):
    unit, first = place
    before = Dice(f"{seed}/person/{ref}/registered").uniform() * HOUR
    return Entrant(
        contest=contest,
        audience=audience,
        person_id=person_id,
        unit=unit,
        external_ref=f"{PREFIX}{ref}",
        registered_at=first - before,
    )
