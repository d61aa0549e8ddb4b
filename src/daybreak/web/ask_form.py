"""What has a parent said so far, and is each part of it something that can be asked?

The three screens carry what was said in the address: refs, days and times, never names. Every screen reads all of it
again, so Back, a bookmark and a changed address are all just another reading. What the family may ask is decided by
care; here a part is only read, or refused with one sentence at its field.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext

from daybreak.kernel.spans import parse_clock
from daybreak.people.terms import HouseholdProfile

OTHER = "other"
"""The day card that opens a date field."""
MOMENT = "%Y-%m-%dT%H:%MZ"


@dataclass(frozen=True)
class WhoAndWhen:
    """The first screen: which children, who of them is mildly ill, and the day."""

    child_ids: tuple[UUID, ...] = ()
    mildly_ill: tuple[UUID, ...] = ()
    day: date | None = None
    wrong: Mapping[str, str] = field(default_factory=dict)
    """One sentence for each field that cannot be used."""


@dataclass(frozen=True)
class Hours:
    """The second screen: when work starts and ends."""

    starts: time | None = None
    ends: time | None = None
    starts_text: str = ""
    ends_text: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)


def read_who_and_when(said: QueryDict, household: HouseholdProfile, *, today: date) -> WhoAndWhen:
    """Read the first screen. A child of another household and one that does not exist are refused alike."""
    wrong: dict[str, str] = {}
    children, ill = refs_of(said.getlist("child")), refs_of(said.getlist("ill"))
    own = tuple(child.child_id for child in household.children if children and child.child_id in children)
    if children is None or ill is None or set(children) - set(own):
        wrong["child"] = gettext("One of these children is not in your family's list. Choose again from the list.")
    elif not own:
        wrong["child"] = gettext("No child is chosen. Choose at least one.")
    day = _day(said)
    if day is None:
        wrong["day"] = gettext("That is not a day. Choose today, tomorrow, or a date like 03/02/2026.")
    elif day < today - timedelta(days=1):
        wrong["day"] = gettext("That day has passed. Choose today or a later day.")
    elif day > today + timedelta(days=366):
        wrong["day"] = gettext("That day is more than a year ahead. Choose a nearer day.")
    mildly_ill = tuple(child for child in own if ill and child in ill)
    return WhoAndWhen(own, mildly_ill, day, wrong)


def read_hours(said: QueryDict) -> Hours:
    """Read the second screen; what was typed is kept as it was for showing it again."""
    wrong: dict[str, str] = {}
    texts = {name: (said.get(name) or "")[:20] for name in ("starts", "ends")}
    clocks: dict[str, time] = {}
    for name, text in texts.items():
        try:
            clocks[name] = parse_clock(text[:5])
        except ValueError:
            wrong[name] = gettext("That is not a time. Write it like 07:00 or 19:30.")
    return Hours(clocks.get("starts"), clocks.get("ends"), texts["starts"], texts["ends"], wrong)


def read_decide_by(said: QueryDict) -> datetime | None:
    """The moment by which the family must know, or None when the text is not one."""
    try:
        return datetime.strptime(said.get("decide_by") or "", MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None


def refs_of(texts: list[str]) -> tuple[UUID, ...] | None:
    try:
        return tuple(UUID(text) for text in texts[:20])
    except ValueError:
        return None


def _day(said: QueryDict) -> date | None:
    text = said.get("day") or ""
    try:
        return date.fromisoformat((said.get("other_day") or "") if text == OTHER else text)
    except ValueError:
        return None
