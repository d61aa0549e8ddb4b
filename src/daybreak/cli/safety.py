"""May this process serve families? Everything that would make it unsafe is named before it starts, all at once."""

from collections.abc import Iterator

from django.conf import settings

from daybreak.kernel.errors import BadInput
from daybreak.network.ways.routing import service_in
from daybreak.vault.seals import parse_keyring

_SECRETS = ("SECRET_KEY", "VAULT_KEYS", "VAULT_INDEX_KEY")


def problems() -> Iterator[str]:
    """Each reason not to serve with these settings, as a sentence that says what to do."""
    if settings.MODE != "production":
        return
    yield from _about_secrets()
    if not settings.ADDRESS.startswith("https://"):
        yield "DAYBREAK_ADDRESS is not an https:// address. Set it to the one people use; links in messages need it."
    if settings.SMS_ACCOUNT and not settings.SMS_ADDRESS.startswith("https://"):
        yield "DAYBREAK_SMS_ADDRESS is not an https:// address. Set it to one: phone numbers and your token go there."
    if settings.CLOCK_AHEAD:
        yield "DAYBREAK_CLOCK_AHEAD is for the demo and tests. Take it away: production runs on the real clock."
    if settings.TRAVEL and not service_in(settings.TRAVEL):
        yield (
            "DAYBREAK_TRAVEL names no service of travel times. "
            "Set it to one like osrm:http://localhost:5000, or take it away."
        )
    if "demo" in settings.EMAIL_BACKEND:
        yield "DAYBREAK_MAIL_BACKEND is the demo's mailbox. Take it away: families get their mail by SMTP."


def _about_secrets() -> Iterator[str]:
    unfit = []
    for name in _SECRETS:
        variable, value = f"DAYBREAK_{name}", getattr(settings, name)
        # The demo's key under another key id is still the demo's key.
        demo = getattr(settings, f"DEMO_{name}").removeprefix("demo:")
        if not value or value == settings.NOT_SET:
            unfit.append(f"{variable} is not set. Make one as docs/howto/run-in-production.md says.")
        elif demo in value or "demo" in value.lower():
            unfit.append(f"{variable} is the demo's, which everybody knows. Make your own.")
        elif name == "SECRET_KEY" and len(value) < 50:
            unfit.append(f"{variable} has {len(value)} characters. Use at least 50.")
    yield from unfit
    if not any("VAULT" in sentence for sentence in unfit):
        try:
            parse_keyring(settings.VAULT_KEYS, settings.VAULT_INDEX_KEY)
        except ValueError as error:
            yield f"The vault cannot use its keys: {error} Correct DAYBREAK_VAULT_KEYS or DAYBREAK_VAULT_INDEX_KEY."


def refuse_if_unsafe() -> None:
    """Raise BadInput with every problem there is."""
    found = list(problems())
    if found:
        raise BadInput("Daybreak does not start like this.", do=" ".join(found))
