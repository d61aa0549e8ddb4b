"""May this process serve families? Everything that would make it unsafe is named before it starts, all at once."""

from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_SECRETS = ("SECRET_KEY", "VAULT_KEYS", "VAULT_INDEX_KEY")


def problems() -> Iterator[str]:
    """Each reason not to serve with these settings, as a sentence that says what to do."""
    if settings.MODE != "production":
        return
    for name in _SECRETS:
        variable, value, demo = f"DAYBREAK_{name}", getattr(settings, name), getattr(settings, f"DEMO_{name}")
        if not value:
            yield f"{variable} is not set. Make one as docs/howto/run-in-production.md says."
        elif demo in value or "demo" in value.lower():
            yield f"{variable} is the demo's, which everybody knows. Make your own."
        elif name == "SECRET_KEY" and len(value) < 50:
            yield f"{variable} has {len(value)} characters. Use at least 50."
    if not settings.ADDRESS.startswith("https://"):
        yield "DAYBREAK_ADDRESS is not an https:// address. Set it to the one people use; links in messages need it."
    if settings.CLOCK_AHEAD:
        yield "DAYBREAK_CLOCK_AHEAD is for the demo and tests. Take it away: production runs on the real clock."
    if "demo" in settings.EMAIL_BACKEND:
        yield "DAYBREAK_MAIL_BACKEND is the demo's mailbox. Take it away: families get their mail by SMTP."


def refuse_if_unsafe() -> None:
    """Raise ImproperlyConfigured with every problem there is."""
    found = list(problems())
    if found:
        raise ImproperlyConfigured("Daybreak does not start like this. " + " ".join(found))
