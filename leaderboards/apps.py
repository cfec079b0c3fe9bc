from django.apps import AppConfig


class LeaderboardsConfig(AppConfig):
    name = "leaderboards"
    verbose_name = "Kết quả và giải thưởng"
    default_auto_field = "django.db.models.BigAutoField"
