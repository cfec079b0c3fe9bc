"""The project as an installed app; loading it makes the Celery app the default."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from contest import checks
from contest.celery import app as celery_app

__all__ = ["ContestConfig", "celery_app", "checks"]


class ContestConfig(AppConfig):
    name = "contest"
    verbose_name = _("Cổng thi trực tuyến")
