"""May this process serve families? Everything that would make it unsafe is named before it starts, all at once."""

import os
from collections.abc import Iterator

from django.conf import settings

from daybreak.kernel.errors import BadInput
from daybreak.network.ways.routing import service_in
from daybreak.vault.seals import parse_keyring

INTERVIEWS = "daybreak.config.interview_urls"
OF_INTERVIEWS = (
    "DAYBREAK_INTERVIEWS_DATABASE_URL",
    "DAYBREAK_INTERVIEWS_SECRET_KEY",
    "DAYBREAK_INTERVIEWS_VAULT_KEYS",
)
OF_EMPLOYER = ("DATABASE_URL", "DAYBREAK_SECRET_KEY", "DAYBREAK_VAULT_KEYS", "DAYBREAK_VAULT_INDEX_KEY")
"""What opens the other's database. The two processes share no secret, on one machine or on two."""
_SECRETS = ("SECRET_KEY", "VAULT_KEYS", "VAULT_INDEX_KEY")


def problems() -> Iterator[str]:
    """Each reason not to serve with these settings, as a sentence that says what to do."""
    if settings.MODE != "production":
        return
    if settings.ROOT_URLCONF == INTERVIEWS:
        yield from _about_holding_interviews()
        return
    yield from _about_secrets("DAYBREAK_")
    yield from _held_too_much(OF_INTERVIEWS, "the interviews'", "this process serves the employer's pages")
    if settings.INTERVIEWS_ADDRESS and not settings.INTERVIEWS_ADDRESS.startswith("https://"):
        yield "DAYBREAK_INTERVIEWS_ADDRESS is not an https:// address. Set it to one, or take it away."
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


def _about_holding_interviews() -> Iterator[str]:
    """The interviews' process: its own keys, and none of the employer's."""
    yield from _about_secrets("DAYBREAK_INTERVIEWS_")
    yield from _held_too_much(OF_EMPLOYER, "the employer's", "this process keeps the interviews")
    for name, address in (
        ("DAYBREAK_INTERVIEWS_ADDRESS", settings.ADDRESS),
        ("DAYBREAK_ADDRESS", settings.CARE_ADDRESS),
    ):
        if not address.startswith("https://"):
            yield f"{name} is not an https:// address. Set it to one: a ticket travels between the two."
    if settings.CLOCK_AHEAD:
        yield "DAYBREAK_CLOCK_AHEAD is for the demo and tests. Take it away: production runs on the real clock."


def _held_too_much(variables: tuple[str, ...], whose: str, because: str) -> Iterator[str]:
    """What an environment must not hold: a key that is not there cannot be used, whatever runs here."""
    for variable in variables:
        if os.environ.get(variable):
            yield f"{variable} is {whose}, and {because}. Take it out of this environment."


def _about_secrets(prefix: str) -> Iterator[str]:
    unfit = []
    for name in _SECRETS:
        if prefix != "DAYBREAK_" and name == "VAULT_INDEX_KEY":
            continue  # nothing of the interviews is found by an index
        variable, value = f"{prefix}{name}", getattr(settings, name)
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
            yield f"The vault cannot use its keys: {error} Correct {prefix}VAULT_KEYS or DAYBREAK_VAULT_INDEX_KEY."


def refuse_if_unsafe() -> None:
    """Raise BadInput with every problem there is."""
    found = list(problems())
    if found:
        raise BadInput("Daybreak does not start like this.", do=" ".join(found))
