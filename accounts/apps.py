from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Người dùng và đơn vị")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from accounts.services import privacy_handlers

        privacy_handlers.register()
