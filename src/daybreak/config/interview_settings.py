"""How are the interviews set up? A process of their own, with a database, keys and an address of their own.

This process holds nothing of the employer's: no database but its own, no mail, no accounts. cli/safety.py keeps it from
starting where the environment names the employer's database or the two share a key, and keeps the employer's process
from starting where it could reach this one's.
"""

import os
from urllib.parse import urlsplit

from daybreak.config import settings as employer

MODE, DEMO, DEBUG, PACKAGE, DATA = employer.MODE, employer.DEMO, False, employer.PACKAGE, employer.DATA
DEMO_SECRET_KEY = "demo-only-interviews-" + "9876543210" * 4
DEMO_VAULT_KEYS = "demo:" + "aW50ZXJ2aWV3cy1kZW1vLW9ubHktZGVtby1vbmx5LWQ="
DEMO_VAULT_INDEX_KEY = employer.DEMO_VAULT_INDEX_KEY
NOT_SET = employer.NOT_SET

_FOR_DEMO = MODE != "production"
SECRET_KEY = os.environ.get("DAYBREAK_INTERVIEWS_SECRET_KEY") or (DEMO_SECRET_KEY if _FOR_DEMO else NOT_SET)
VAULT_KEYS = os.environ.get("DAYBREAK_INTERVIEWS_VAULT_KEYS", DEMO_VAULT_KEYS if _FOR_DEMO else "")
VAULT_INDEX_KEY = DEMO_VAULT_INDEX_KEY
"""Nothing here is found by a blind index, so the key that everybody knows does no harm."""

ADDRESS = os.environ.get("DAYBREAK_INTERVIEWS_ADDRESS", "http://localhost:8001" if _FOR_DEMO else "")
CARE_ADDRESS = os.environ.get("DAYBREAK_ADDRESS", "http://localhost:8000" if _FOR_DEMO else "")
"""Where the ticket desk stands: respondents are sent there for a stamp, and come back with it."""
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"] if _FOR_DEMO else [urlsplit(ADDRESS).hostname or ""]

INSTALLED_APPS = ["daybreak.interviews", "django.contrib.messages", "django.contrib.staticfiles", "csp"]
"""No accounts, no table of sessions, no tables but the interviews'. Templates come from web's folder."""

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "daybreak.config.interview_urls"
WSGI_APPLICATION = "daybreak.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # What fails is said by pages of this process: the employer's know nothing of it.
        "DIRS": [PACKAGE / "web" / "templates" / "web" / "interviews" / "failures", PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "daybreak.web.context.page",
            ],
        },
    }
]

# What SQLite deletes it overwrites, and its journal is emptied with each write: a write-ahead log would keep the order
# in which answers came. On PostgreSQL `daybreak interviews check` looks for logs and archives that would.
SQLITE_OPTIONS = {
    **employer.SQLITE_OPTIONS,
    "init_command": "PRAGMA journal_mode=TRUNCATE; PRAGMA secure_delete=ON; PRAGMA synchronous=FULL",
}
DATABASES: dict[str, dict[str, object]] = {
    "default": {},
    "interviews": employer.database(
        os.environ.get("DAYBREAK_INTERVIEWS_DATABASE_URL", f"sqlite:///{DATA / 'interviews.sqlite3'}"),
        sqlite_options=SQLITE_OPTIONS,
        test_name="test_interviews",
        variable="DAYBREAK_INTERVIEWS_DATABASE_URL",
    ),
}
"""The default has no engine: whatever would reach for the employer's tables fails."""
DATABASE_ROUTERS = ["daybreak.config.stores.Stores"]
DEFAULT_AUTO_FIELD = employer.DEFAULT_AUTO_FIELD

# Only trustees sign in here; respondents get no cookie at all. The session is a signed cookie, because a table of
# sessions would be a table of moments.
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SESSION_COOKIE_NAME = "trustee"
CSRF_COOKIE_NAME = "trustee-form"
TRUSTEE_HOURS = 8
SESSION_COOKIE_AGE = 60 * 60 * TRUSTEE_HOURS
INTERVIEWS_OWN = (CARE_ADDRESS, TRUSTEE_HOURS)

LANGUAGE_CODE, LANGUAGES, LOCALE_PATHS = employer.LANGUAGE_CODE, employer.LANGUAGES, employer.LOCALE_PATHS
LANGUAGE_COOKIE_NAME = employer.LANGUAGE_COOKIE_NAME
USE_TZ, TIME_ZONE = True, "UTC"
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "interviews-static"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = employer.STORAGES
WHITENOISE_USE_FINDERS = employer.WHITENOISE_USE_FINDERS

CONTENT_SECURITY_POLICY = employer.CONTENT_SECURITY_POLICY
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
if MODE == "production":
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = employer.SECURE_HSTS_SECONDS

CLOCK_AHEAD = employer.CLOCK_AHEAD

# A failure is one line that says what kind it was. Not where, not for which address, and never what was sent: a line
# with a moment for each visit would be the log that this process must not have.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": True,
    "formatters": {"line": {"format": "%(levelname)s %(name)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "CRITICAL"},
}
