"""Settings: safe for production by default, everything variable comes from the environment.

The README documents each variable. On a fresh machine nothing needs to be set: the
embedded database, the secret key and the outgoing mail live in CHECKPOINT_VAR (`var/`).
"""

from pathlib import Path

import dj_database_url

from checkpoint.environment import env, flag, names, secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env("CHECKPOINT_VAR", str(BASE_DIR / "var"))).resolve()
VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

DEBUG = flag("CHECKPOINT_DEBUG")
SECRET_KEY = secret_key(VAR_DIR / "secret-key")
ALLOWED_HOSTS = names("CHECKPOINT_HOSTS", "127.0.0.1,localhost,[::1]")
SITE_URL = env("CHECKPOINT_URL", "http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = names("CHECKPOINT_TRUSTED_ORIGINS", "")
HTTPS = flag("CHECKPOINT_HTTPS")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.github",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "checkpoint.accounts",
    "checkpoint.lessons",
    "checkpoint.pipeline",
    "checkpoint.guardrails",
    "checkpoint.selfcheck",
    "checkpoint.scenarios",
    "checkpoint.playground",
    "checkpoint.cohorts",
    "checkpoint.audit",
    "checkpoint.exports",
    "checkpoint.reviews",
    "checkpoint.rubrics",
    "checkpoint.advice",
    "checkpoint.background",
    "checkpoint.mails",
    "checkpoint.assignments",
    "checkpoint.regrades",
    "checkpoint.demo",
    "checkpoint.overview",
    "checkpoint.operations",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "checkpoint.policy.content_security_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "checkpoint.accounts.middleware.own_pages",
    "checkpoint.accounts.middleware.visits",
    "checkpoint.accounts.middleware.sign_in_under_htmx",
]

ROOT_URLCONF = "checkpoint.urls"
WSGI_APPLICATION = "checkpoint.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["checkpoint.unindented.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "checkpoint.overview.frame.frame",
            ],
            "builtins": ["checkpoint.overview.templatetags.parts"],
        },
    }
]

# --- Data -------------------------------------------------------------------
DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{VAR_DIR / 'checkpoint.sqlite3'}", conn_max_age=60, conn_health_checks=True
    )
}
EMBEDDED_DATABASE = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
if EMBEDDED_DATABASE:
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by all workers: rate limits counted per process would be no limits.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}}

# --- What requests leave for later: the worker (manage.py work) does it -------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Content ----------------------------------------------------------------
LESSONS_DIR = Path(env("CHECKPOINT_LESSONS", str(BASE_DIR / "lessons")))

# --- The sentence model -------------------------------------------------------
SENTENCE_MODEL_ON = flag("CHECKPOINT_SENTENCE_MODEL", default=True)
SENTENCE_MODEL_DIR = VAR_DIR / "sentence-model"

# --- Advice of a language model, for instructors; nothing is sent while there is no address -----
REVIEWER = {
    "url": env("CHECKPOINT_REVIEWER_URL", ""),
    "model": env("CHECKPOINT_REVIEWER_MODEL", ""),
    "key": env("CHECKPOINT_REVIEWER_KEY", ""),
    "private": flag("CHECKPOINT_REVIEWER_PRIVATE"),
    "timeout": float(env("CHECKPOINT_REVIEWER_TIMEOUT", "60")),
}

# --- Static files -------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- Words and times ----------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = env("CHECKPOINT_TIME_ZONE", "UTC")
USE_I18N = True
USE_TZ = True

# --- Security -----------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "checkpoint.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
CSRF_FAILURE_VIEW = "checkpoint.overview.views.csrf_failed"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
if flag("CHECKPOINT_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# We live at the root: a prefix could only come from a header, and would stay in parts kept for everybody.
FORCE_SCRIPT_NAME = ""
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = ["checkpoint.operations.uploads.FewFiles"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

# --- Mail -----------------------------------------------------------------------
# Without an SMTP server every message becomes a file in var/mail.
EMAIL_HOST = env("CHECKPOINT_SMTP_HOST", "")
MAIL_IS_DELIVERED = bool(EMAIL_HOST)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL_IS_DELIVERED else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_PORT = int(env("CHECKPOINT_SMTP_PORT", "587"))
EMAIL_HOST_USER = env("CHECKPOINT_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env("CHECKPOINT_SMTP_PASSWORD", "")
EMAIL_USE_TLS = flag("CHECKPOINT_SMTP_TLS", default=True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("CHECKPOINT_MAIL_FROM", "Checkpoint <checkpoint@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Accounts ---------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "checkpoint.accounts.backends.PasswordBackend",
    "checkpoint.accounts.backends.EmailBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "overview"
RATE_LIMITS_ON = env("CHECKPOINT_RATELIMITS", "on") != "off"

from checkpoint.accounts.settings import *  # noqa: F403  (allauth's own settings)
