from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibConfig(AppConfig):
    name = "contest.lib"
    label = "lib"
    verbose_name = _("Hạ tầng")
    default_auto_field = "django.db.models.BigAutoField"
