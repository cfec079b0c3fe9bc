"""Signing in, in our words: allauth's form and checks, labelled for people."""

from allauth.account import forms as allauth_forms
from django.utils.translation import gettext_lazy as _


class LoginForm(allauth_forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = _("Số điện thoại, thư điện tử hoặc tên đăng nhập")
        login.widget.attrs = {"autocomplete": "username"}
        password.label = _("Mật khẩu")
        password.help_text = ""
        password.widget.attrs.pop("placeholder", None)
