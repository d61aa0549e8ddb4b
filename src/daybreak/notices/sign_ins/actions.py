"""Answer whoever asked to be let in: a link and a code go out where the address is known, and nothing where it is not.

It is done here, by the worker, and not while the asking browser waits: how long that takes, and what is written, must
not tell whether an address is known.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybreak.accounts.codes.actions import Asking, answered, asks_due
from daybreak.notices.actions import post

FOLLOW = "/sign-in/"
"""Where a token is followed by the page that takes it."""


Welcome = Callable[[Asking, datetime], UUID | None]
"""Who is let in at an address; somebody who comes for the first time becomes a person by it."""


def known_only(ask: Asking, at: datetime) -> UUID | None:  # noqa: ARG001 — the shape of every Welcome
    """Let in whoever is a person already."""
    return ask.person_id


def answer_asks(*, at: datetime, holder: str, welcome: Welcome = known_only) -> int:
    """Post a sign-in message for each asking that waits; returns how many waited."""
    asks = asks_due(at=at, holder=holder)
    for ask in asks:
        _answer(ask, welcome, at)
    return len(asks)


@transaction.atomic
def _answer(ask: Asking, welcome: Welcome, at: datetime) -> None:
    person_id = welcome(ask, at)
    if person_id is not None:
        facts = {"sign_in": FOLLOW, "sign_in_code": str(ask.ask_id)}
        post(code="sign-in-link", to=person_id, facts=facts, about=person_id, at=at, key=str(ask.ask_id))
    answered(ask.ask_id)
