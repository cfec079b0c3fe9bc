from django.apps import AppConfig


class LibConfig(AppConfig):
    name = "contest.lib"
    label = "lib"
    verbose_name = "Hạ tầng"
    default_auto_field = "django.db.models.BigAutoField"
