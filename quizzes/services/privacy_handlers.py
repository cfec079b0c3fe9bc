"""What this app holds of a person: entries in contests and attempts, without keys."""

from django.utils.translation import gettext_lazy as _

from accounts.services import privacy
from quizzes.models import Attempt


def entries_of(person):
    """The contests that the person entered."""
    return [
        {
            "contest": entrant.contest.title,
            "audience": entrant.audience.name,
            "unit": entrant.unit and entrant.unit.name,
            "registered_at": entrant.registered_at.isoformat(),
        }
        for entrant in person.entrants.select_related("contest", "audience", "unit")
    ]


def attempts_of(person):
    """
    The attempts with what was chosen; a score is shown by the result page alone,
    when the contest's policy allows it.
    """
    attempts = Attempt.objects.filter(entrant__person=person).select_related(
        "round__contest"
    )
    return [
        {
            "contest": attempt.round.contest.title,
            "round": attempt.round.title,
            "number": attempt.number,
            "state": attempt.get_state_display(),
            "started_at": attempt.started_at.isoformat(),
            "submitted_at": attempt.submitted_at and attempt.submitted_at.isoformat(),
            "responses": attempt.responses,
            "prediction": attempt.prediction,
        }
        for attempt in attempts
    ]


def register():
    """Called once when the app has loaded."""
    privacy.register("entries", _("Hội thi đã tham gia"), entries_of)
    privacy.register("attempts", _("Bài thi"), attempts_of)
