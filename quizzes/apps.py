from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    name = "quizzes"
    verbose_name = "Hội thi và bài thi"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from quizzes.services import privacy_handlers

        privacy_handlers.register()
