# One image for web, worker, beat and the one-off preparation.
FROM python:3.12-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 MODE=production
WORKDIR /portal

COPY requirements.txt .
# The second half of the file is for tests and development.
RUN sed '/^# Tests and development/,$d' requirements.txt > runtime.txt \
 && pip install --no-cache-dir -r runtime.txt \
 && useradd --system --home-dir /portal --shell /usr/sbin/nologin portal \
 && mkdir -p var/files staticfiles \
 && chown portal:portal var/files

COPY . .
# Collects and compresses once, at build. Nothing connects anywhere: the addresses and
# keys below only let the settings load, and stay in no layer's environment.
RUN set -a && . ./.env.example && set +a \
 && python manage.py compile_translations \
 && python manage.py collectstatic --no-input --verbosity 0

USER portal
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", \
     "--workers", "2", "--blocking-threads", "8", "--respawn-failed-workers", \
     "contest.wsgi:application"]
