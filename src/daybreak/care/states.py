"""The life of a care request and of a booking, as two tables.

Every change of state is a row here. Actions ask these tables before they write, the database refuses states they do not
name, and the pictures in docs/reference/states.md are drawn from them.
"""

from dataclasses import dataclass
from enum import StrEnum


class RequestState(StrEnum):
    """Where a family's wish stands."""

    ASKED = "asked"  # looking: nothing is sure yet
    PLACED = "placed"  # a booking is held or confirmed
    UNFILLED = "unfilled"  # decide-by came and nothing was found; the family has the statement
    CANCELED = "canceled"  # the family no longer needs care
    CLOSED = "closed"  # care happened, or was not used


class BookingState(StrEnum):
    """Where a promise of a place stands."""

    HELD = "held"  # spots are kept until `held_until` while the home answers
    CONFIRMED = "confirmed"  # family and home both count on it
    ATTENDED = "attended"  # the children came
    FETCHED = "fetched"  # the children came and have been fetched
    MISSED = "missed"  # the children did not come and nobody canceled
    DECLINED = "declined"  # the home said no to a held booking
    LAPSED = "lapsed"  # the home did not answer in time
    CANCELED = "canceled"  # the family canceled
    WITHDRAWN = "withdrawn"  # the home canceled what it had confirmed, or its license ended


class By(StrEnum):
    """Who may make a move."""

    FAMILY = "family"
    PROVIDER = "provider"
    CLOCK = "clock"


@dataclass(frozen=True)
class Move:
    """From one state to the next by a verb, and who may do it; `before` is empty for the first move."""

    before: StrEnum | None
    verb: str
    after: StrEnum
    by: frozenset[By]


def _by(*who: By) -> frozenset[By]:
    return frozenset(who)


REQUEST_MOVES = (
    Move(None, "ask", RequestState.ASKED, _by(By.FAMILY)),
    Move(RequestState.ASKED, "place", RequestState.PLACED, _by(By.FAMILY, By.CLOCK)),
    Move(RequestState.ASKED, "run-out", RequestState.UNFILLED, _by(By.CLOCK)),
    Move(RequestState.ASKED, "cancel", RequestState.CANCELED, _by(By.FAMILY)),
    Move(RequestState.PLACED, "look-again", RequestState.ASKED, _by(By.PROVIDER, By.CLOCK)),
    Move(RequestState.PLACED, "cancel", RequestState.CANCELED, _by(By.FAMILY)),
    Move(RequestState.ASKED, "end-benefit", RequestState.CANCELED, _by(By.CLOCK)),
    Move(RequestState.PLACED, "end-benefit", RequestState.CANCELED, _by(By.CLOCK)),
    Move(RequestState.PLACED, "close", RequestState.CLOSED, _by(By.PROVIDER)),
)

BOOKING_MOVES = (
    Move(None, "hold", BookingState.HELD, _by(By.FAMILY, By.CLOCK)),
    Move(BookingState.HELD, "confirm", BookingState.CONFIRMED, _by(By.PROVIDER, By.CLOCK)),
    Move(BookingState.HELD, "decline", BookingState.DECLINED, _by(By.PROVIDER)),
    Move(BookingState.HELD, "lapse", BookingState.LAPSED, _by(By.CLOCK)),
    Move(BookingState.HELD, "cancel", BookingState.CANCELED, _by(By.FAMILY)),
    Move(BookingState.CONFIRMED, "cancel", BookingState.CANCELED, _by(By.FAMILY)),
    Move(BookingState.CONFIRMED, "withdraw", BookingState.WITHDRAWN, _by(By.PROVIDER)),
    Move(BookingState.HELD, "end-license", BookingState.WITHDRAWN, _by(By.CLOCK)),
    Move(BookingState.CONFIRMED, "end-license", BookingState.WITHDRAWN, _by(By.CLOCK)),
    Move(BookingState.HELD, "end-benefit", BookingState.CANCELED, _by(By.CLOCK)),
    Move(BookingState.CONFIRMED, "end-benefit", BookingState.CANCELED, _by(By.CLOCK)),
    Move(BookingState.CONFIRMED, "attend", BookingState.ATTENDED, _by(By.PROVIDER)),
    Move(BookingState.CONFIRMED, "miss", BookingState.MISSED, _by(By.PROVIDER)),
    Move(BookingState.ATTENDED, "fetch", BookingState.FETCHED, _by(By.PROVIDER)),
)

CAME = frozenset({BookingState.ATTENDED, BookingState.FETCHED})
"""Bookings whose children were there."""

KEEPS_SPOTS = frozenset({BookingState.HELD, BookingState.CONFIRMED, BookingState.MISSED, *CAME})
"""Bookings whose spots stay taken; every other state has given them back."""


def find(moves: tuple[Move, ...], before: StrEnum | None, verb: str, by: By) -> Move | None:
    """The move this verb makes from this state, or None when it may not happen.

    >>> find(BOOKING_MOVES, BookingState.HELD, "confirm", By.PROVIDER).after.value
    'confirmed'
    >>> find(BOOKING_MOVES, BookingState.LAPSED, "confirm", By.PROVIDER) is None
    True
    """
    return next((move for move in moves if move.before is before and move.verb == verb and by in move.by), None)


def leads_to(moves: tuple[Move, ...], verb: str, by: By) -> StrEnum | None:
    """The state in which this verb of theirs ends, whatever it begins from; None when they have no such verb.

    >>> leads_to(BOOKING_MOVES, "decline", By.PROVIDER).value
    'declined'
    """
    return next((move.after for move in moves if move.verb == verb and by in move.by), None)


def picture(moves: tuple[Move, ...]) -> str:
    """The table as a Mermaid state diagram, for the reference page.

    >>> print(picture(REQUEST_MOVES[:1]))
    stateDiagram-v2
        [*] --> asked: ask (family)
        asked --> [*]
    """
    lines = ["stateDiagram-v2"]
    for move in moves:
        who = ", ".join(sorted(move.by))
        lines.append(f"    {move.before.value if move.before else '[*]'} --> {move.after.value}: {move.verb} ({who})")
    goes_on = {move.before for move in moves}
    ends = [state for state in dict.fromkeys(move.after for move in moves) if state not in goes_on]
    lines += [f"    {state.value} --> [*]" for state in ends]
    return "\n".join(lines)
