"""Is this certificate real? Anybody with its serial may ask."""

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from contest.lib.api.errors import documented
from contest.lib.api.views import PublicView
from leaderboards.api.serializers import AwardSerializer
from leaderboards.api.tallied import names_in
from leaderboards.services import documents
from leaderboards.services.documents import CertificateState


class CertificateSerializer(serializers.Serializer):
    serial = serializers.CharField(source="certificate.serial")
    state = serializers.ChoiceField(choices=CertificateState.values)
    valid = serializers.BooleanField(source="is_valid")
    issued_at = serializers.DateTimeField(source="certificate.issued_at")
    revoked_at = serializers.DateTimeField(source="certificate.revoked_at")
    revoked_reason = serializers.CharField(source="certificate.revoked_reason")
    contest = serializers.CharField(source="award.tally.contest.slug")
    contest_title = serializers.CharField(source="award.tally.contest.title")
    simulated = serializers.BooleanField(source="award.tally.contest.is_simulated")
    award = AwardSerializer()


class CertificateDetail(PublicView):
    """The award behind a serial, however it is typed, and whether it still holds."""

    @extend_schema(responses={200: CertificateSerializer, **documented(404)})
    def get(self, request, serial):
        found = documents.verify(serial)
        if found is None:
            raise Http404
        context = {"request": request, "names": names_in([found.award])}
        return Response(CertificateSerializer(found, context=context).data)
