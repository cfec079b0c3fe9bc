"""The WSGI callable for granian."""

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contest.settings")

PUBLISHED = "example-"


def refuse_published_keys():
    """A portal must not be served with the keys that .env.example shows everybody."""
    keys = [settings.SECRET_KEY, settings.BLIND_INDEX_KEY, *settings.FIELD_KEYS]
    if any(key.startswith(PUBLISHED) for key in keys):
        raise ImproperlyConfigured("A key is the example's: make your own keys.")


refuse_published_keys()
application = get_wsgi_application()
