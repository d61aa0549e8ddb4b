"""How is this Daybreak set up? Everything comes from the environment; production refuses anything made for the demo.

DAYBREAK_MODE is `production` unless it says `demo` or `test`: whoever forgets to choose gets the strict one. A command
that serves nobody, such as an import, needs no secrets; safety.py stands at the door of the processes that do.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from daybreak.kernel.errors import BadInput

MODE = os.environ.get("DAYBREAK_MODE", "production")
if MODE not in ("production", "demo", "test"):
    raise BadInput(f"DAYBREAK_MODE is {MODE!r}, which is no mode.", do="Set it to production, demo or test.")
DEMO = MODE == "demo"
DEBUG = False

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("DAYBREAK_DATA", "data")).resolve()

DEMO_SECRET_KEY = "demo-only-" + "0123456789" * 5
DEMO_VAULT_KEYS = "demo:" + "ZGVtby1vbmx5LWRlbW8tb25seS1kZW1vLW9ubHktZGU="
DEMO_VAULT_INDEX_KEY = "ZGVtby1pbmRleC1kZW1vLWluZGV4LWRlbW8taW5kZXg="
"""Public on purpose; safety.py keeps a production process with one of them from starting."""

NOT_SET = "not-set"
"""Stands where production has no secret key: Django runs no command without one. With this one, nobody is served."""

_FOR_DEMO = MODE != "production"
SECRET_KEY = os.environ.get("DAYBREAK_SECRET_KEY") or (DEMO_SECRET_KEY if _FOR_DEMO else NOT_SET)
VAULT_KEYS = os.environ.get("DAYBREAK_VAULT_KEYS", DEMO_VAULT_KEYS if _FOR_DEMO else "")
"""`key-id:base64 of 32 bytes`, comma-separated; the first one seals, all of them open."""
VAULT_INDEX_KEY = os.environ.get("DAYBREAK_VAULT_INDEX_KEY", DEMO_VAULT_INDEX_KEY if _FOR_DEMO else "")

ADDRESS = os.environ.get("DAYBREAK_ADDRESS", "http://localhost:8000" if _FOR_DEMO else "")
"""Where people reach Daybreak, with its scheme: links in messages begin with it."""
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"] if _FOR_DEMO else [urlsplit(ADDRESS).hostname or ""]

INTERVIEWS_ADDRESS = os.environ.get("DAYBREAK_INTERVIEWS_ADDRESS", "http://localhost:8001" if _FOR_DEMO else "")
"""Where interviews are held, by a process that is not this one; empty for an employer that holds none."""

INSTALLED_APPS = [
    "daybreak.accounts",
    "daybreak.audit",
    "daybreak.due",
    "daybreak.calendars",
    "daybreak.people",
    "daybreak.notices",
    "daybreak.network",
    "daybreak.plan",
    "daybreak.care",
    "daybreak.tickets",
    "daybreak.web",
    "daybreak.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    # First, so that even the answer to a wrong Host header has a policy.
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "daybreak.config.urls"
WSGI_APPLICATION = "daybreak.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "daybreak.web.context.page",
            ],
        },
    }
]

SQLITE_OPTIONS: dict[str, object] = {
    "transaction_mode": "IMMEDIATE",  # a reader that turns writer would otherwise fail with "database is locked"
    "timeout": 30,
    # FULL survives a power cut, at the price of a sync per commit; a booking is worth it.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000",
}


def database(
    url: str,
    *,
    sqlite_options: dict[str, object] = SQLITE_OPTIONS,
    test_name: str = "test",
    variable: str = "DATABASE_URL",
) -> dict[str, object]:
    """What Django needs to know of the database at this address, whichever variable named it."""
    try:
        settings: dict[str, object] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    except ValueError as error:
        # The address may hold a password, so it is not repeated.
        problem = f"{variable} is not the address of a database."
        raise BadInput(problem, do="Set it to one like postgres://user@host/name or sqlite:////folder/file.") from error
    if str(settings["ENGINE"]).endswith("sqlite3"):
        settings["ENGINE"] = "daybreak.config.fifo_sqlite"
        settings["OPTIONS"] = dict(sqlite_options)
        settings["TEST"] = {"NAME": str(DATA / f"{test_name}.sqlite3")}
    else:
        # Prepared statements and server-side cursors do not survive a pooler that hands connections around.
        # What the address itself says, such as a socket's folder or sslmode, stays.
        settings["OPTIONS"] = {**dj_database_url.parse(url).get("OPTIONS", {}), "prepare_threshold": None}
        settings["DISABLE_SERVER_SIDE_CURSORS"] = True
        settings["TEST"] = {"NAME": f"{test_name}_{settings['NAME']}"}
    return settings


DATABASES = {"default": database(os.environ.get("DATABASE_URL", f"sqlite:///{DATA / 'daybreak.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["sesame.backends.ModelBackend"]
SESAME_MAX_AGE = 15 * 60
SESAME_ONE_TIME = True
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_NAME = "daybreak"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
LANGUAGE_COOKIE_NAME = "language"
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = MODE == "test"

# Nothing is loaded from anywhere else and no script stands in a page, so that text a stranger wrote can never run.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "daybreak.web.failures.form_too_old"
if MODE == "production":
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

EMAIL_BACKEND = os.environ.get("DAYBREAK_MAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = os.environ.get("DAYBREAK_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("DAYBREAK_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("DAYBREAK_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("DAYBREAK_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("DAYBREAK_SMTP_TLS", "0") == "1"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("DAYBREAK_MAIL_FROM", "Daybreak <care@localhost>")

SMS_ADDRESS = os.environ.get("DAYBREAK_SMS_ADDRESS", "https://api.twilio.com")
"""Where text messages are posted, in Twilio's form; the demo's phone emulator speaks the same form."""
SMS_ACCOUNT = os.environ.get("DAYBREAK_SMS_ACCOUNT", "")
SMS_TOKEN = os.environ.get("DAYBREAK_SMS_TOKEN", "")
SMS_FROM = os.environ.get("DAYBREAK_SMS_FROM", "")

TRAVEL = os.environ.get("DAYBREAK_TRAVEL", "")
"""A travel-time service of one's own, such as osrm:http://localhost:5000; empty for the formula."""

ROSTERS = os.environ.get("DAYBREAK_ROSTERS", "")
"""The folder in which employers' systems leave rosters, one folder for each employer's id; empty for none."""

CLOCK_AHEAD = float(os.environ.get("DAYBREAK_CLOCK_AHEAD", "0"))
"""Seconds the edge's clock runs ahead of the machine's; the demo uses it to open the day at 5:40."""

# Lines carry refs and facts only: no names, notes, addresses, request bodies or query strings.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"refs_only": {"()": "daybreak.config.lines.RefsOnly"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["refs_only"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "daybreak": {"level": "INFO"},
        "django.request": {"level": "ERROR"},
        # Whoever sends a wrong Host header must not be able to fill the log.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        # httpx logs whole addresses at INFO, and an address can hold an account name.
        "httpx": {"level": "WARNING"},
    },
}
