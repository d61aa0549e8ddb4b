"""A long list goes out in pages. A cursor names the last thing of a page; the next page begins after it.

A cursor is no secret and no right: it is read again each time, and one that cannot be read is refused.
"""

import base64
import binascii
import json
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from ninja.params.functions import Query

from daybreak.api.problems import Problem
from daybreak.kernel.decisions import Reason

Item = TypeVar("Item")
LIMIT: Any = Query(50, ge=1, le=100)
CURSOR: Any = Query("", max_length=400)


def paged(
    items: Iterable[Item], key: Callable[[Item], tuple[str, ...]], *, cursor: str, limit: int
) -> tuple[list[Item], str | None]:
    """The page after a cursor, and the cursor of the one after it, or None at the end. Keys are unique and ascend.

    >>> page, then = paged("abc", lambda letter: (letter,), cursor="", limit=2)
    >>> page, paged("abc", lambda letter: (letter,), cursor=then, limit=2)
    (['a', 'b'], (['c'], None))
    """
    after = read_cursor(cursor)
    left = sorted((item for item in items if after is None or key(item) > after), key=key)
    page = left[:limit]
    return page, spell_cursor(key(page[-1])) if len(left) > limit else None


def spell_cursor(key: tuple[str, ...]) -> str:
    """A key as a cursor spells it."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[str, ...] | None:
    """The key a cursor names, or None for the first page. Raises Problem for a text that is none."""
    if not cursor:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        key = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError) as error:
        raise unknown_cursor() from error
    if not isinstance(key, list) or not key or not all(isinstance(part, str) for part in key):
        raise unknown_cursor()
    return tuple(key)


def unknown_cursor() -> Problem:
    """A cursor that no page gave."""
    return Problem(400, Reason("cursor-not-known"))
