"""
Saving and submitting in the API's document.

The two calls are plain views on purpose (``quizzes.views.hot``: one statement, no
serializer), so the document gets them from here.
"""

TOKEN = [{"attemptToken": []}, {"sessionToken": []}, {"cookieAuth": []}]
JSON = "application/json"
UUID = {
    "name": "uuid",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "format": "uuid"},
}
MOMENT = {"type": "string", "format": "date-time"}
RESPONSES = {
    "type": "object",
    "description": "Item position to option letters, in the paper's own order.",
    "additionalProperties": {
        "type": "array",
        "uniqueItems": True,
        "items": {"type": "string", "pattern": "^[a-j]$"},
    },
    "example": {"1": ["b"], "2": ["a", "c"]},
}
PREDICTION = {
    "type": "integer",
    "minimum": 0,
    "maximum": 2_147_483_647,
    "nullable": True,
}
SEQ = {"type": "integer", "minimum": 1, "maximum": 1_000_000}


def object_of(*, required=None, **properties):
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties) if required is None else required,
    }


COMPONENTS = {
    "SaveRequest": object_of(seq=SEQ, responses=RESPONSES, prediction=PREDICTION),
    "Saved": object_of(seq=SEQ, saved_at=MOMENT, server_time=MOMENT, deadline=MOMENT),
    "Receipt": object_of(
        receipt={"type": "string"},
        submitted_at=MOMENT,
        answered={"type": "integer"},
        total={"type": "integer"},
    ),
    "Conflict": object_of(
        code={"type": "string", "enum": ["stale", "moved", "closed", "late"]},
        detail={"type": "string"},
        seq={"type": "integer"},
        responses=RESPONSES,
        prediction=PREDICTION,
    ),
}


def refers_to(component):
    return {JSON: {"schema": {"$ref": f"#/components/schemas/{component}"}}}


def answers(component, words, conflict):
    errors = {
        "400": "The body has the wrong shape, or is longer than 8 KB.",
        "401": "Neither a token nor a session.",
        "403": "A session cookie without its CSRF token.",
        "404": "No such attempt, or not your own.",
    }
    return {
        "200": {"description": words, "content": refers_to(component)},
        **{
            status: {"description": text, "content": refers_to("Error")}
            for status, text in errors.items()
        },
        "409": {"description": conflict, "content": refers_to("Conflict")},
    }


SAVE = {
    "operationId": "attempts_save",
    "description": (
        "Store the whole response map under a growing `seq`. Repeating a save whose "
        "answer was lost is acknowledged again. Send `X-Attempt-Token`, or a session."
    ),
    "tags": ["attempts"],
    "parameters": [UUID],
    "security": TOKEN,
    "requestBody": {"required": True, "content": refers_to("SaveRequest")},
    "responses": answers(
        "Saved",
        "Stored; what is acknowledged is in the score.",
        "Refused, with what the server holds: `stale` (an older `seq`), `moved` "
        "(another device took over), `closed` (submitted), `late` (time is over).",
    ),
}
SUBMIT = {
    "operationId": "attempts_submit",
    "description": (
        "Close the attempt, with nothing or with a last save. Idempotent: a closed "
        "attempt answers with its receipt."
    ),
    "tags": ["attempts"],
    "parameters": [UUID],
    "security": TOKEN,
    "requestBody": {"required": False, "content": refers_to("SaveRequest")},
    "responses": answers(
        "Receipt", "Closed.", "As for a save; `closed` does not occur."
    ),
}


def add_hot_path(result, generator, request, public):
    """A hook of drf-spectacular: put both calls and their parts into the document."""
    paths = result["paths"]
    paths["/api/v1/attempts/{uuid}/responses/"] = {"put": SAVE}
    paths["/api/v1/attempts/{uuid}/submit/"] = {"post": SUBMIT}
    result["paths"] = dict(sorted(paths.items()))
    result["components"]["schemas"] |= COMPONENTS
    result["components"].setdefault("securitySchemes", {})["attemptToken"] = {
        "type": "apiKey",
        "in": "header",
        "name": "X-Attempt-Token",
        "description": "The `token` of a started or resumed attempt.",
    }
    return result
