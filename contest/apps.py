"""The project as an installed app; loading it makes the Celery app the default."""

from django.apps import AppConfig

from contest import checks
from contest.celery import app as celery_app

__all__ = ["ContestConfig", "celery_app", "checks"]


class ContestConfig(AppConfig):
    name = "contest"
    verbose_name = "Cổng thi trực tuyến"
