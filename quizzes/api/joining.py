"""Joining a contest."""

from django.db import transaction
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response

from accounts.services import people
from contest.lib.api.errors import documented
from contest.lib.api.views import PersonalView, WriteThrottle
from quizzes.api.serializers import EntrySerializer, JoinSerializer
from quizzes.models import Contest
from quizzes.services import entrants

CONFLICTS = "not_eligible, entry_closed, already_taking_part"


class Join(PersonalView):
    """
    Join a contest: 201; whoever has joined gets the entry again: 200.

    Until the first attempt a second call may choose another audience or unit.
    """

    throttle_classes = (WriteThrottle,)

    @extend_schema(
        operation_id="entrants_join",
        request=JoinSerializer,
        responses={
            200: EntrySerializer,
            201: EntrySerializer,
            **documented(400, 401, 403, 404, 409, 429, conflict=CONFLICTS),
        },
    )
    def post(self, request, slug):
        contest = get_object_or_404(Contest.objects.visible(), slug=slug)
        body = JoinSerializer(
            data=request.data, context={"request": request, "contest": contest}
        )
        body.is_valid(raise_exception=True)
        entrant, is_new = join(
            contest, request.user, body.validated_data, now=request.now
        )
        code = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
        return Response(EntrySerializer(entrant).data, status=code)


@transaction.atomic
def join(contest, user, data, *, now):
    """Enter the account's person; one that has no name yet goes by its account's."""
    person = people.known_as(
        user,
        full_name=data.get("full_name") or user.get_full_name() or user.username,
        birth_date=data.get("birth_date"),
        unit=data["unit"],
    )
    return entrants.join(
        contest, person, audience=data["audience"], unit=data["unit"], now=now
    )
