from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuizzesConfig(AppConfig):
    name = "quizzes"
    verbose_name = _("Hội thi và bài thi")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from quizzes.services import privacy_handlers

        privacy_handlers.register()
