"""The people of every story, opened on one fixed Monday; the demo opens the same cast on its own day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from daybreak.care.actions.ask import Asked, ask_for_care
from daybreak.care.queries import request_view
from daybreak.care.terms import Ask, RequestView
from daybreak.demo.cast import PLACES, ZONE, made_id
from daybreak.demo.opening import open_day
from daybreak.kernel.decisions import No, Yes
from daybreak.network.actions import offer_spots
from daybreak.network.queries import site_card
from daybreak.placement.sessions import Session

MONDAY = date(2026, 3, 2)
ROSA, MARISOL, NADIA = (made_id(key) for key in ("rosa", "marisol", "nadia"))
ADA, BEN, LUCIA = (made_id(f"child {name}") for name in ("Ada", "Ben", "Lucía"))
OKAFOR, LITTLE_OAKS, LARKIN = (made_id(key) for key in ("okafor", "little-oaks", "larkin"))
MS_OKAFOR, DEE, SAM = (made_id(f"provider person {key}") for key in ("okafor", "little-oaks", "larkin"))


def household_of(key: str) -> UUID:
    """The household of a parent of the cast."""
    return made_id(f"household of {key}")


def clock(hour: int, minute: int = 0, day: date = MONDAY) -> datetime:
    """A moment of the cast's town, in UTC."""
    return datetime.combine(day, time(hour, minute), tzinfo=ZoneInfo(ZONE)).astimezone(UTC)


DAWN = clock(5, 40)


@dataclass(frozen=True)
class Opened:
    """The opened day and the ways of asking on it."""

    day: date = MONDAY
    at: datetime = DAWN

    def ask(
        self,
        *,
        who: UUID = ROSA,
        household: str = "rosa",
        children: Sequence[UUID] = (ADA, BEN),
        starts: time = time(7, 0),
        ends: time = time(15, 30),
        decide_by: datetime | None = None,
        day: date | None = None,
        key: str | None = None,
        mildly_ill: Sequence[UUID] = (),
        at: datetime | None = None,
    ) -> Asked | No:
        """Ask as a parent does; every part has the value of Rosa's story."""
        at = at or self.at
        wish = Ask(
            household_id=household_of(household),
            child_ids=tuple(children),
            day=day or self.day,
            starts=starts,
            ends=ends,
            decide_by_at=decide_by or at + timedelta(minutes=30),
            mildly_ill=tuple(mildly_ill),
        )
        return ask_for_care(ask=wish, key=key or str(uuid4()), actor=who, at=at)

    def asked(self, **wish: object) -> RequestView:
        """Ask, expect not to be refused, and look at the request."""
        answer = self.ask(**wish)  # type: ignore[arg-type]  # the same words as ask
        assert isinstance(answer, Asked), answer
        return self.view(answer.request_id)

    def view(self, request_id: UUID) -> RequestView:
        """Look at a request as its family does."""
        view = request_view(request_id)
        assert view is not None
        return view


def open_cast() -> Opened:
    """Write the cast and let the homes offer their spots."""
    open_day(MONDAY, DAWN)
    return Opened()


def close_all_but(*keys: str) -> None:
    """Take every offer of the day back, except at these places."""
    for place in PLACES:
        # These two cannot offer in the sessions of a day's work at all.
        if place.key not in (*keys, "night-owl", "allentown"):
            set_offer(place.key, 0)


def set_offer(key: str, spots: int, day: date = MONDAY) -> None:
    """Let each room of a place offer so many spots in the sessions of a day's work."""
    card = site_card(made_id(key))
    assert card is not None
    sessions = (Session.EARLY, Session.MORNING, Session.AFTERNOON)
    offers = {(room.room_id, session): spots for room in card.rooms for session in sessions}
    assert offer_spots(site_id=made_id(key), day=day, offers=offers, at=DAWN, actor=None) == Yes()
