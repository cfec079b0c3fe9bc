"""Questions about a contest as a whole that several places ask."""

from django.db.models import Q

from quizzes.models import Round


def fixed_rounds(contest_id):
    """The rounds whose papers are sealed or whose results are out, by number."""
    is_fixed = Q(locked_at__isnull=False) | Q(results_at__isnull=False)
    return Round.objects.filter(is_fixed, contest=contest_id).order_by("number")


def has_fixed_round(contest_id):
    """Whether anything was promised that set-up may no longer change."""
    return fixed_rounds(contest_id).exists()
