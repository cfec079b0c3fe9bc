"""
Signing in: user name, e-mail or phone, and sessions for phone apps.

Limits go by account, never by address: a school or an office is one address. The
figures per address that remain only stop floods.
"""

from contest.settings.environment import PRODUCTION, text

__all__ = [
    "ACCOUNT_ADAPTER",
    "ACCOUNT_EMAIL_VERIFICATION",
    "ACCOUNT_FORMS",
    "ACCOUNT_LOGIN_METHODS",
    "ACCOUNT_LOGOUT_ON_GET",
    "ACCOUNT_PHONE_VERIFICATION_ENABLED",
    "ACCOUNT_PREVENT_ENUMERATION",
    "ACCOUNT_RATE_LIMITS",
    "ACCOUNT_REAUTHENTICATION_REQUIRED",
    "ACCOUNT_SESSION_REMEMBER",
    "ACCOUNT_SIGNUP_FIELDS",
    "ACCOUNT_SIGNUP_FORM_CLASS",
    "AUTHENTICATION_BACKENDS",
    "AUTH_PASSWORD_VALIDATORS",
    "DEFAULT_FROM_EMAIL",
    "EMAIL_BACKEND",
    "EMAIL_HOST",
    "EMAIL_HOST_PASSWORD",
    "EMAIL_HOST_USER",
    "EMAIL_TIMEOUT",
    "EMAIL_USE_TLS",
    "HEADLESS_CLIENTS",
    "HEADLESS_TOKEN_STRATEGY",
    "LOGIN_REDIRECT_URL",
    "LOGIN_URL",
    "LOGOUT_REDIRECT_URL",
    "MFA_SUPPORTED_TYPES",
    "PASSWORD_HASHERS",
    "SILENCED_SYSTEM_CHECKS",
]

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "quizzes.backends.RoleBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.signin.LoginForm",
    "signup": "accounts.forms.signup.SignupForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email", "phone"}
# Phone without a star: a required phone would lock out every account that has none.
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "phone", "password1*"]
# What apps send beside these fields; the pages have a form of their own.
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.app_signup.AppSignupForm"
ACCOUNT_EMAIL_VERIFICATION = text("EMAIL_VERIFICATION", "none")
ACCOUNT_PHONE_VERIFICATION_ENABLED = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {
    "login": "3000/m/ip",
    "login_failed": "5/300s/key",
    "signup": "3000/m/ip",
    "reset_password": "300/m/ip,5/m/key",
    "reset_password_from_key": "300/m/ip",
    "request_login_code": "300/m/ip,3/m/key",
    "verify_phone": "1/30s/key",
}
# account.W001: a way to sign in (e-mail, phone) is knowingly optional at sign-up.
SILENCED_SYSTEM_CHECKS = ["account.W001"]

HEADLESS_CLIENTS = ["app"]
HEADLESS_TOKEN_STRATEGY = "contest.lib.api.signin.SessionTokens"  # noqa: S105
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

# m=19456, t=2, p=1: 16 ms a password, where Django's own choice takes 160 ms, 100 MB.
PASSWORD_HASHERS = [
    "accounts.hashers.LightArgon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation"
        ".UserAttributeSimilarityValidator"
    },
]

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if PRODUCTION and text("EMAIL_HOST")
    else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST = text("EMAIL_HOST")
EMAIL_HOST_USER = text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = True
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = text("DEFAULT_FROM_EMAIL", "no-reply@localhost")
