"""Contests for everybody."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.response import Response

from contest.lib.api.errors import documented
from contest.lib.api.views import PublicView
from quizzes.api.serializers import ContestSerializer
from quizzes.models import Contest


def public_contests():
    """Contests that the public may see, with what their rows show."""
    return Contest.objects.visible().prefetch_related(
        "audiences", "rounds__papers__audience"
    )


class ContestList(PublicView, ListAPIView):
    """Every contest that is public or archived, the newest first."""

    serializer_class = ContestSerializer

    def get_queryset(self):
        return public_contests()


class ContestDetail(PublicView):
    """One contest with its audiences, rounds and the server's time."""

    @extend_schema(responses={200: ContestSerializer, **documented(404)})
    def get(self, request, slug):
        contest = get_object_or_404(public_contests(), slug=slug)
        return Response(ContestSerializer(contest, context={"request": request}).data)
