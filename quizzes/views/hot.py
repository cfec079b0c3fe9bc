"""
Saving and submitting: plain views, as little as possible between arrival and UPDATE.

With the attempt token a save reads no session and no user row and runs one SQL
statement. Without it an app's ``X-Session-Token`` speaks, then the session cookie with
its CSRF token. Every answer is JSON; ``now`` is read once, on arrival.
"""

import json
from dataclasses import dataclass

from allauth.headless.internal.sessionkit import authenticate_by_x_session_token
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from contest.lib import clock
from contest.lib.moments import text
from quizzes.models import Attempt
from quizzes.rules.shape import MAX_BYTES, Malformed, parse_save, parse_submit
from quizzes.services import attempts, claims
from quizzes.services.attempts import Conflict
from quizzes.services.claims import Claim
from quizzes.tasks import wake_scorer

SHAPE = {
    "too_long": _("Nội dung gửi lên quá dài."),
    "not_json": _("Nội dung gửi lên không phải JSON."),
    "fields": _("Cần đúng ba mục: seq, responses và prediction."),
    "seq": _("seq phải là số nguyên từ 1 đến 1000000."),
    "prediction": _("Số dự đoán phải là số nguyên từ 0 đến 2147483647, hoặc null."),
    "item": _("responses phải có khoá là số thứ tự câu, từ “1” đến “60”."),
    "option": _("Mỗi câu trả lời phải là danh sách các chữ từ “a” đến “j”."),
    "option_twice": _("Một phương án bị ghi hai lần trong cùng một câu."),
}
JSON_OR_NONE = ("application/json", "")
WORDS = {
    "not_signed_in": _("Cần đăng nhập."),
    "forbidden": _("Thiếu mã CSRF hoặc mã không đúng. Vui lòng tải lại trang."),
    "not_found": _("Không tìm thấy bài thi."),
    "method_not_allowed": _("Không dùng được cách gọi này."),
}


@dataclass
class Refusal(Exception):
    """An answer other than 200, with what it says."""

    status: int
    code: str
    detail: str
    held: Attempt | None = None


def hot(method):
    """Make a view of ``f(request, uuid, body, now) -> dict``, all answers in JSON."""

    def decorate(function):
        @csrf_exempt
        @login_not_required
        def view(request, uuid):
            now = clock.now()
            try:
                if request.method != method:
                    raise _plain(405, "method_not_allowed")
                data = function(request, uuid, _body(request), now)
            except Refusal as refusal:
                return _refused(refusal)
            except Malformed as fault:
                return _answer(
                    400, {"code": fault.code, "detail": str(SHAPE[fault.code])}
                )
            except Conflict as conflict:
                refusal = Refusal(409, conflict.code, str(conflict), conflict.held)
                return _refused(refusal)
            except Attempt.DoesNotExist:
                return _refused(_plain(404, "not_found"))
            return _answer(200, data)

        return view

    return decorate


@hot("PUT")
def save(request, uuid, body, now):
    """Store the whole response map; see ``attempts.save``."""
    claim = _claim(request, uuid)
    sent = parse_save(body)
    saved = attempts.save(
        claim,
        seq=sent.seq,
        responses=sent.responses,
        prediction=sent.prediction,
        now=now,
    )
    return {
        "seq": saved.seq,
        "saved_at": text(saved.saved_at),
        "server_time": text(now),
        "deadline": text(saved.deadline),
    }


@hot("POST")
def submit(request, uuid, body, now):
    """Close the attempt, with nothing or a last save; see ``attempts.submit``."""
    claim = _claim(request, uuid)
    receipt = attempts.submit(claim, last=parse_submit(body), now=now)
    wake_scorer()
    return {
        "receipt": receipt.code,
        "submitted_at": text(receipt.submitted_at),
        "answered": receipt.answered,
        "total": receipt.total,
    }


def _body(request):
    """Return the body's bytes; one that says it is too long is not read at all."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MAX_BYTES:
        raise Malformed("too_long")
    return request.body


def _claim(request, uuid):
    """Return who speaks for the attempt ``uuid``, or raise ``Refusal``."""
    token = request.headers.get("X-Attempt-Token")
    if token is None:
        return _claim_of(_user(request), uuid)
    try:
        claim = claims.read(token)
    except signing.BadSignature:
        raise _plain(401, "not_signed_in") from None
    if claim.attempt != uuid:
        raise _plain(404, "not_found")
    return claim


def _user(request):
    token = request.headers.get("X-Session-Token")
    if token is not None:
        found = authenticate_by_x_session_token(token)
        if found is None:
            raise _plain(401, "not_signed_in")
        return found[0]
    if not request.user.is_authenticated:
        raise _plain(401, "not_signed_in")
    # A form's body is not looked at for the CSRF token: only the header carries it.
    if request.content_type not in JSON_OR_NONE or _csrf.fault(request) is not None:
        raise _plain(403, "forbidden")
    return request.user


def _claim_of(user, uuid):
    """Return the claim of a signed-in person, who speaks for the newest sitting."""
    entrant = Attempt.objects.of(user).values_list("entrant", flat=True).get(uuid=uuid)
    return Claim(uuid, entrant)


class HeaderCsrf(CsrfViewMiddleware):
    """Django's CSRF check, asked for where only a cookie speaks."""

    def fault(self, request):
        """Return why the request is refused, or None."""
        self.process_request(request)
        return self.process_view(request, None, (), {})

    def _reject(self, request, reason):
        return reason


_csrf = HeaderCsrf(lambda request: None)


def _plain(status, code):
    return Refusal(status, code, str(WORDS[code]))


def _refused(refusal):
    data = {"code": refusal.code, "detail": refusal.detail}
    if refusal.held is not None:
        data |= {
            "seq": refusal.held.seq,
            "responses": refusal.held.responses,
            "prediction": refusal.held.prediction,
        }
    return _answer(refusal.status, data)


def _answer(status, data):
    return HttpResponse(
        json.dumps(data),
        status=status,
        content_type="application/json",
        headers={"Cache-Control": "no-store, private"},
    )


urlpatterns = [
    path("attempts/<uuid:uuid>/responses/", save, name="attempt-responses"),
    path("attempts/<uuid:uuid>/submit/", submit, name="attempt-hand-in"),
]
