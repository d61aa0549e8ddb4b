"""Has the record been changed? Each event's digest covers the one before it, so a change breaks all that follow."""

import hashlib
import json
from collections.abc import Iterable, Mapping

GENESIS = "0" * 64


def digest(previous: str, event: Mapping[str, object]) -> str:
    """The SHA-256 of the previous digest and the event in one fixed spelling.

    >>> digest(GENESIS, {"verb": "ask"}) == digest(GENESIS, {"verb": "ask"})
    True
    >>> digest(GENESIS, {"verb": "ask"}) == digest(GENESIS, {"verb": "cancel"})
    False
    """
    spelled = json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=str)
    return hashlib.sha256(f"{previous}\n{spelled}".encode()).hexdigest()


def first_break(links: Iterable[tuple[int, str, Mapping[str, object]]]) -> int | None:
    """The number of the first link that does not follow from the one before, or None when all do.

    `links` are (number, digest, event) in order of number, from 1.
    """
    previous, expected = GENESIS, 1
    for number, stated, event in links:
        if number != expected or digest(previous, event) != stated:
            return expected
        previous, expected = stated, expected + 1
    return None
