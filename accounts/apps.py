from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Người dùng và đơn vị"
    default_auto_field = "django.db.models.BigAutoField"
