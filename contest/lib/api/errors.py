"""
How the API says no: always ``{"code", "detail"}``, the code for programs.

A bad shape adds ``errors`` (field to sentences). Foreign
and unknown objects are both 404, so that nobody learns which of the two they met.
"""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers, status
from rest_framework.exceptions import (
    APIException,
    AuthenticationFailed,
    NotAuthenticated,
    NotFound,
    ParseError,
    PermissionDenied,
    Throttled,
    ValidationError,
)
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from contest.lib.refusals import Refused

SENTENCES = {
    NotAuthenticated: _("Cần đăng nhập."),
    AuthenticationFailed: _("Cần đăng nhập."),
    NotFound: _("Không tìm thấy."),
    PermissionDenied: _("Không được phép."),
    Throttled: _("Gửi quá nhiều yêu cầu. Thử lại sau ít phút."),
}
INVALID = _("Thông tin gửi lên chưa đúng.")


def answer(error, context):
    """The REST framework's exception handler: a ``Response``, or None for our bugs."""
    if isinstance(error, Refused):
        return refusal(error)
    response = exception_handler(error, context)
    if response is None:
        return None
    response.data = body(error, response)
    return response


def refusal(error):
    """409 with the refusal's code and sentence."""
    set_rollback()
    data = {"code": error.code, "detail": str(error)}
    return Response(data, status=status.HTTP_409_CONFLICT)


def body(error, response):
    if isinstance(error, ValidationError):
        errors = response.data
        if not isinstance(errors, dict):
            errors = {"non_field_errors": errors}
        return {"code": "invalid", "detail": str(INVALID), "errors": errors}
    code = CODES.get(response.status_code, "error")
    if isinstance(error, ParseError):
        code = error.detail.code
    return {"code": code, "detail": str(sentence(error, response))}


def sentence(error, response):
    """Our words where the framework's would be English; else the error's own."""
    for kind, words in SENTENCES.items():
        if isinstance(error, kind):
            return words
    status_words = {404: SENTENCES[NotFound], 403: SENTENCES[PermissionDenied]}
    if response.status_code in status_words:
        return status_words[response.status_code]
    return error.detail if isinstance(error, APIException) else INVALID


CODES = {
    400: "invalid",
    401: "not_signed_in",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    415: "unsupported_media_type",
    429: "too_many_requests",
}


class ErrorSerializer(serializers.Serializer):
    """Every refusal; a 409 may carry more fields, which its call describes."""

    code = serializers.CharField(help_text="Stable, for programs.")
    detail = serializers.CharField(help_text="A sentence for people.")


class InvalidSerializer(ErrorSerializer):
    errors = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text="Field name to sentences.",
    )


def documented(*statuses, conflict=""):
    """
    The errors of a call for its schema, by status.

    ``conflict`` lists the codes that its 409 may carry.
    """
    words = {
        400: "The body or a parameter has the wrong shape.",
        401: "Not signed in.",
        403: "Signed in, but not allowed (or the CSRF token is missing).",
        404: "No such object, or not one that you may see.",
        409: f"A rule refuses. Codes: {conflict}.",
        429: "Too many requests; `Retry-After` says how many seconds to wait.",
    }
    return {
        number: OpenApiResponse(
            InvalidSerializer if number == 400 else ErrorSerializer, words[number]
        )
        for number in statuses
    }
