"""Run as a program: tables and 2,000 users for the bare app."""

import django

django.setup()

from django.contrib.auth.hashers import make_password  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

TABLE = """
CREATE TABLE attempt (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    participant int NOT NULL,
    paper int[] NOT NULL,
    answers smallint[] NOT NULL DEFAULT '{}',
    rev int NOT NULL DEFAULT 0,
    state smallint NOT NULL DEFAULT 0,
    score smallint,
    submitted_at timestamptz
) WITH (fillfactor = 60);
CREATE INDEX ON attempt (participant)
"""


def prepare(users=2000):
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
    kept = make_password("demo-only")
    User.objects.bulk_create(
        User(username=f"bench{number}", password=kept) for number in range(users)
    )


if __name__ == "__main__":
    prepare()
