import dj_database_url

from contest.settings.environment import text

SECRET_KEY = "for measuring only " * 3
ALLOWED_HOSTS = ["127.0.0.1"]
USE_TZ = True
LOGGING_CONFIG = None
ROOT_URLCONF = "bench.ceiling.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
DATABASES = {"default": dj_database_url.parse(text("CEILING_URL"), conn_max_age=600)}
REDIS_URL = text("CACHE_URL")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cache"
PASSWORD_HASHERS = ["accounts.hashers.LightArgon2PasswordHasher"]
