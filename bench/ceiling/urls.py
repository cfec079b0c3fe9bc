"""The bare views: SQL by hand, every request one statement, nothing checked."""

import json
import random

from django.conf import settings
from django.contrib.auth import authenticate, login
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import ensure_csrf_cookie
from redis import Redis

QUEUE = "ceiling:to score"
redis = Redis.from_url(settings.REDIS_URL)
BANK = [
    {
        "id": item,
        "text": " ".join(f"word{(item * k * 7919) % 5000}" for k in range(1, 26)),
        "options": [f"option {item} {k} text" for k in range(4)],
    }
    for item in range(1, 101)
]
INSERT = "INSERT INTO attempt (participant, paper) VALUES (%s, %s) RETURNING id"
SAVE = (
    "UPDATE attempt SET answers = %s, rev = rev + 1 "
    "WHERE id = %s AND participant = %s AND state = 0"
)
SUBMIT = (
    "UPDATE attempt SET answers = %s, state = 1, rev = rev + 1, submitted_at = now() "
    "WHERE id = %s AND participant = %s AND state = 0"
)


def participant(request):
    return int(request.session["_auth_user_id"])


def row(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()


def changed(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


@ensure_csrf_cookie
def sign_in(request):
    if request.method == "GET":
        return HttpResponse("<html>" + "x" * 4000)
    user = authenticate(
        request, username=request.POST["username"], password=request.POST["password"]
    )
    if user is None:
        return HttpResponse(status=403)
    login(request, user)
    return JsonResponse({"ok": 1})


def page(request):
    count = "SELECT count(*) FROM attempt WHERE participant = %s"
    return JsonResponse({"n": row(count, participant(request))[0], "pad": "x" * 2000})


def start(request):
    items = random.sample(BANK, 15)
    ids = [item["id"] for item in items]
    return JsonResponse(
        {"id": row(INSERT, participant(request), ids)[0], "items": items}
    )


def answers_in(request):
    return [int(choice) for choice in json.loads(request.body)["answers"]]


def save(request, attempt):
    rows = changed(SAVE, answers_in(request), attempt, participant(request))
    return JsonResponse({"rows": rows})


def submit(request, attempt):
    rows = changed(SUBMIT, answers_in(request), attempt, participant(request))
    redis.rpush(QUEUE, attempt)
    return JsonResponse({"rows": rows})


def result(request, attempt):
    read = "SELECT state, score FROM attempt WHERE id = %s AND participant = %s"
    return JsonResponse({"attempt": row(read, attempt, participant(request))})


urlpatterns = [
    path("healthz", lambda request: HttpResponse("ok")),
    path("login", sign_in),
    path("page", page),
    path("start", start),
    path("save/<int:attempt>", save),
    path("submit/<int:attempt>", submit),
    path("result/<int:attempt>", result),
]
