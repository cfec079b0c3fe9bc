"""
Which name of an entrant the public reads.

A contest shows all names in full, or only those of people who hold a published award.
Whoever signed up here and did not agree to be named as a winner, or took that back,
stays masked (Law 91/2025/QH15, Art. 9).
"""

from django.db.models import Exists, OuterRef

from accounts.models import Consent
from accounts.rules.names import masked
from leaderboards.models import Award
from quizzes.models import Contest, Entrant


def shown(entrants):
    """Map the ids of ``entrants`` (an iterable of rows) to the names to show."""
    ids = {entrant.pk for entrant in entrants}
    rows = (
        Entrant.objects.filter(pk__in=ids)
        .annotate(is_winner=holds_an_award(), is_willing=agrees_to_be_named())
        .values_list(
            "pk", "person__full_name", "contest__names", "is_winner", "is_willing"
        )
    )
    return {
        pk: name
        if names == Contest.Names.FULL or (is_winner and is_willing)
        else masked(name)
        for pk, name, names, is_winner, is_willing in rows
    }


def holds_an_award():
    return Exists(Award.objects.published().filter(entrant=OuterRef("pk")))


def agrees_to_be_named():
    """Named in force, or never asked here (imported people are named by decision)."""
    asked = Consent.objects.filter(person=OuterRef("person"))
    in_force = asked.filter(
        purpose=Consent.Purpose.PUBLISH_NAME, withdrawn_at__isnull=True
    )
    return Exists(in_force) | ~Exists(asked)
