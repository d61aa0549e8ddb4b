"""The same write sent twice is one. Every write names itself by an Idempotency-Key, chosen by whoever sends it.

What is asked for a second time under one key is answered with how the thing stands now, and not done again. The key is
remembered once the deed is done: a process that dies before leaves nothing in the way of the next try, and every deed
here either is done already or is refused by the state it would start from.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from ninja.params.functions import Header

from daybreak.api.callers import Caller
from daybreak.api.problems import Problem, refused
from daybreak.due.actions import Again, FirstTime, claim_key
from daybreak.kernel.decisions import No

KEY: Any = Header(..., alias="Idempotency-Key", min_length=1, max_length=60, pattern=r"^[!-~]+$")
"""Any word without spaces, such as a UUID; used again for the same write only."""

Shown = TypeVar("Shown")


def once(
    caller: Caller,
    key: str,
    thing: UUID,
    body: Mapping[str, object],
    *,
    do: Callable[[], object],
    show: Callable[[UUID], Shown],
) -> Shown:
    """Do a write unless it was done under this key, then show the thing. Raises Problem for a refusal.

    `thing` is what the write is about; `body` tells it from every other write, so it names that thing where it is not
    made here.
    """
    whole = {"operation": caller.purpose.value, **body}
    with transaction.atomic():
        claim = claim_key(scope=caller.token.token_id, key=f"api {key}", body=whole, at=caller.at)
    if isinstance(claim, No):
        raise Problem(409, *claim.reasons)
    if not (isinstance(claim, Again) and claim.answer is not None):
        done = do()
        if isinstance(done, No):
            raise refused(done)
        if isinstance(claim, FirstTime):
            claim.remember(thing)
    else:
        return show(claim.answer)
    return show(thing)
