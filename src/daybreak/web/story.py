"""How does a care request stand, in words and pictures? From what care knows to what its page shows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, ngettext

from daybreak.care.states import BookingState, RequestState
from daybreak.care.terms import BookingView, RequestView, Tried
from daybreak.network.caregivers.queries import checks_of
from daybreak.network.terms import SiteCard
from daybreak.network.ways.terms import Legs
from daybreak.notices.queries import heading
from daybreak.people.terms import HouseholdProfile
from daybreak.placement.terms import Kind
from daybreak.web import map as maps
from daybreak.web.site_words import CheckLine, check_lines, spoken_languages
from daybreak.web.templatetags import said
from daybreak.web.way_map import way_map

GOOD, WAIT, STOP, OFF = "good", "wait", "stop", "off"
TOLD_OF_ONE = ("hours", "nothing-in-reach")
"""Reasons whose sentence gives the figures of one place: where several missed, of the one that missed by least."""


@dataclass(frozen=True)
class Line:
    """One request in a list."""

    request_id: UUID
    day: date
    kind: str
    state: str
    line: str
    hours: str
    is_open: bool


@dataclass(frozen=True)
class Step:
    """One thing that happened, for the timeline."""

    kind: str
    title: str
    line: str
    at: datetime
    is_dated: bool = False
    """Whether its day is said too: on the first step, and where a new day begins."""


@dataclass(frozen=True)
class Expected:
    """One child of the request, and the room that expects it."""

    name: str
    months: int
    room: str


@dataclass(frozen=True)
class Why:
    """How many places did not fit for one reason, and what the nearest miss says."""

    count: str
    heading: str
    line: str


@dataclass(frozen=True)
class Place:
    """The place of the booking that counts, with local times."""

    card: SiteCard
    arrives: datetime
    leaves: datetime
    detour: str
    """Minutes the way to work is longer, or empty where the place lies on it."""
    map: maps.Map | None
    """None for a caregiver, who comes to the family."""
    languages: str
    checks: tuple[CheckLine, ...]
    """What was looked into about a caregiver who comes to the home; empty for every other place."""


@dataclass(frozen=True)
class Story:
    """Everything the page of a request shows. Moments are local to the household."""

    kind: str
    title: str
    line: str
    is_waiting: bool
    may_cancel: bool
    is_unfilled: bool
    percent: int
    """Of the time from asking to decide-by, how much has gone."""
    asked: datetime
    decide_by: datetime
    answered: datetime | None
    expected: tuple[Expected, ...]
    place: Place | None
    steps: tuple[Step, ...]
    looked: str
    why: tuple[Why, ...]


def line_of(view: RequestView, zone: ZoneInfo) -> Line:
    """A request as the parent's first page lists it."""
    kind, state = _standing(view)
    shift = {"starts": said.clock(view.starts), "ends": said.clock(view.ends)}
    line, hours = _site_name(view), gettext("Shift %(starts)s to %(ends)s") % shift
    booking = view.booking
    if view.state is RequestState.ASKED:
        by = said.clock_within(view.decide_by_at.astimezone(zone))
        line, hours = said.tidy(gettext("You know by %(clock)s.") % {"clock": by}), ""
    elif view.state is RequestState.PLACED and booking is not None and booking.state is BookingState.HELD:
        until = (booking.held_until or view.decide_by_at).astimezone(zone)
        hours = said.tidy(gettext("The answer comes by %(clock)s.") % {"clock": said.clock_within(until)})
    elif view.state is RequestState.PLACED and booking is not None:
        arrives = booking.arrives_at.astimezone(zone)
        hours = gettext("Care from %(clock)s") % {"clock": said.clock_within(arrives)}
    is_open = view.state in (RequestState.ASKED, RequestState.PLACED)
    return Line(view.request_id, view.day, kind, state, line, hours, is_open)


def tell(
    view: RequestView, household: HouseholdProfile, card: SiteCard | None, *, at: datetime, legs: Legs | None = None
) -> Story:
    """The whole page of a request. `card` is the site of the booking that counts, if any, `legs` the way there."""
    zone = ZoneInfo(household.zone)
    booking = view.booking
    kind, title, line = _status(view, household, card, zone)
    is_held = booking is not None and booking.state is BookingState.HELD
    return Story(
        kind=kind,
        title=title,
        line=line,
        is_waiting=view.state is RequestState.ASKED or is_held,
        may_cancel=view.state in (RequestState.ASKED, RequestState.PLACED),
        is_unfilled=view.state is RequestState.UNFILLED,
        percent=percent_gone(view.asked_at, view.decide_by_at, at),
        asked=view.asked_at.astimezone(zone),
        decide_by=view.decide_by_at.astimezone(zone),
        answered=view.answered_at.astimezone(zone) if view.answered_at else None,
        expected=_expected(view, household),
        place=_place(booking, card, household, legs) if booking and card else None,
        steps=dated(_steps(view, zone)),
        looked=_looked(view),
        why=tuple(_why(view)),
    )


def names_of(names: list[str]) -> str:
    """First names in one breath.

    >>> names_of(["Ada"]), names_of(["Ada", "Ben", "Cleo"])
    ('Ada', 'Ada, Ben and Cleo')
    """
    if len(names) < 2:
        return "".join(names)
    return gettext("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def dated(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The same steps; the first one and each that begins a new day also say their day."""
    told: list[Step] = []
    for step in steps:
        told.append(replace(step, is_dated=not told or step.at.date() != told[-1].at.date()))
    return tuple(told)


def percent_gone(start_at: datetime, end_at: datetime, at: datetime) -> int:
    """Whole percent of a span that has passed, from 0 to 100."""
    whole = (end_at - start_at).total_seconds()
    return 100 if whole <= 0 else round(100 * min(max((at - start_at).total_seconds() / whole, 0.0), 1.0))


def _standing(view: RequestView) -> tuple[str, str]:
    """The kind and the short words of a request's state."""
    booking = view.booking
    if view.state is RequestState.PLACED and booking is not None and booking.state is BookingState.HELD:
        return WAIT, gettext("A place is asked")
    if view.state is RequestState.CLOSED and booking is None:
        return OFF, gettext("Not used")
    return {
        RequestState.ASKED: (WAIT, gettext("Looking")),
        RequestState.PLACED: (GOOD, gettext("Confirmed")),
        RequestState.UNFILLED: (STOP, gettext("No place found")),
        RequestState.CANCELED: (OFF, gettext("You canceled")),
        RequestState.CLOSED: (GOOD, gettext("Care was given")),
    }[view.state]


def _status(
    view: RequestView, household: HouseholdProfile, card: SiteCard | None, zone: ZoneInfo
) -> tuple[str, str, str]:
    """The first thing the page says: what is sure, and until when what is not."""
    kind, _ = _standing(view)
    names = names_of([child.name for id_ in view.child_ids if (child := household.known(id_))])
    count = len(view.child_ids)
    decide_by = said.clock_within(view.decide_by_at.astimezone(zone))
    words = {"names": names, "clock": decide_by, "site": card.name if card else "", "day": said.day(view.day)}
    booking = view.booking
    if view.state is RequestState.ASKED and view.in_round:
        line = gettext(
            "Many families asked at the same time. All who wait are placed together, minute by minute, so that as many "
            "children as possible have a place. Nothing is sure yet, and you know by %(clock)s."
        )
        return kind, gettext("Looking for a place for %(names)s") % words, said.tidy(line % words)
    if view.state is RequestState.ASKED:
        line = gettext("Nothing is sure yet. Daybreak keeps looking, and you know by %(clock)s.")
        return kind, gettext("Looking for a place for %(names)s") % words, said.tidy(line % words)
    if view.state is RequestState.PLACED and booking is not None and booking.state is BookingState.HELD:
        until = booking.held_until or view.decide_by_at
        words["until"] = said.clock_within(until.astimezone(zone))
        line = gettext("Nobody else can take it meanwhile. The answer comes by %(until)s; nothing is sure until then.")
        return kind, gettext("%(site)s is asked to take %(names)s") % words, said.tidy(line % words)
    if view.state is RequestState.PLACED:
        title = ngettext("%(names)s has a place at %(site)s", "%(names)s have a place at %(site)s", count)
        return kind, title % words, gettext("This is confirmed for %(day)s. You need do nothing more.") % words
    if view.state is RequestState.UNFILLED:
        line = gettext("Daybreak looked until your decide-by time, %(clock)s. Nothing is booked.")
        return kind, gettext("No place was found for %(day)s") % words, said.tidy(line % words)
    if view.state is RequestState.CANCELED:
        return kind, gettext("You canceled this request"), gettext("Nothing is booked for %(day)s.") % words
    if booking is None:
        return kind, gettext("The place was not used"), gettext("This request is closed.")
    title = ngettext("%(names)s was at %(site)s", "%(names)s were at %(site)s", count)
    return kind, title % words, gettext("Care was given on %(day)s. This request is closed.") % words


def _expected(view: RequestView, household: HouseholdProfile) -> tuple[Expected, ...]:
    rooms = {child.child_id: child.room_name for child in view.booking.children} if view.booking else {}
    children = [child for id_ in view.child_ids if (child := household.known(id_))]
    return tuple(Expected(child.name, child.months_on(view.day), rooms.get(child.child_id, "")) for child in children)


def _place(booking: BookingView, card: SiteCard, household: HouseholdProfile, legs: Legs | None) -> Place:
    zone = ZoneInfo(card.zone)
    return Place(
        card=card,
        arrives=booking.arrives_at.astimezone(zone),
        leaves=booking.leaves_at.astimezone(zone),
        detour=gettext("+%(count)d min") % {"count": round(booking.minutes)} if round(booking.minutes) else "",
        map=None if card.kind is Kind.IN_HOME or legs is None else way_map(card, household, legs),
        languages=spoken_languages(card.languages),
        checks=check_lines(checks_of(card.site_id), day=booking.day) if card.kind is Kind.IN_HOME else (),
    )


def _site_name(view: RequestView) -> str:
    """The name of the booking's site, as what was tried tells it: no further look into the tables."""
    booking = view.booking
    return next((one.site_name for one in view.tried if booking and one.site_id == booking.site_id), "")


def _steps(view: RequestView, zone: ZoneInfo) -> Iterator[Step]:
    yield Step(OFF, gettext("You asked"), "", view.asked_at.astimezone(zone))
    if view.joined_at and all(view.joined_at <= tried.at for tried in view.tried):
        yield _joined(view.joined_at, zone)
    for tried in view.tried:
        kind, words = _outcome(tried)
        line = said.sentence(tried.reason) if tried.reason else ""
        yield Step(kind, f"{tried.site_name}: {words}", line, tried.at.astimezone(zone))
    answered = view.answered_at
    if answered and view.state is RequestState.UNFILLED:
        yield Step(STOP, gettext("No place found, and you were told"), "", answered.astimezone(zone))
    if answered and view.state is RequestState.CANCELED:
        yield Step(OFF, gettext("You canceled"), "", answered.astimezone(zone))


def _joined(at: datetime, zone: ZoneInfo) -> Step:
    line = gettext("Whoever asked first does not have the first choice then: every place goes where it helps most.")
    return Step(WAIT, gettext("Many families asked at once; all are placed together"), line, at.astimezone(zone))


def _outcome(tried: Tried) -> tuple[str, str]:
    if tried.outcome == BookingState.WITHDRAWN.value and tried.reason and tried.reason.code == "license-ended":
        return STOP, gettext("its license ended")
    return {
        BookingState.HELD.value: (WAIT, gettext("asked, not answered yet")),
        BookingState.CONFIRMED.value: (GOOD, gettext("confirmed")),
        BookingState.ATTENDED.value: (GOOD, gettext("confirmed")),
        BookingState.FETCHED.value: (GOOD, gettext("confirmed")),
        BookingState.MISSED.value: (OFF, gettext("confirmed, and the children did not come")),
        BookingState.DECLINED.value: (STOP, gettext("said no")),
        BookingState.LAPSED.value: (STOP, gettext("did not answer in time")),
        BookingState.CANCELED.value: (OFF, gettext("you canceled the booking")),
        BookingState.WITHDRAWN.value: (STOP, gettext("canceled the booking")),
    }.get(tried.outcome, (STOP, gettext("another family was first")))


def _looked(view: RequestView) -> str:
    """How far Daybreak has looked."""
    if not view.considered and not view.without_offer:
        return gettext("No licensed place within your reach is known yet.")
    words = ngettext(
        "Daybreak looked at %(count)d licensed place that offers spots within your reach.",
        "Daybreak looked at %(count)d licensed places that offer spots within your reach.",
        view.considered,
    )
    return words % {"count": view.considered}


def _why(view: RequestView) -> Iterator[Why]:
    for line in view.why_not:
        sentence = said.sentence(line.reason)
        if line.sites > 1 and line.reason.code in TOLD_OF_ONE:
            sentence = gettext("The one closest to fitting: %(sentence)s") % {"sentence": sentence}
        yield Why(f"{line.sites:,}", heading(line.reason.code, said.language()), sentence)
    if view.without_offer:
        line_said = gettext("They are licensed and in your reach, and have offered no spots for that day.")
        yield Why(f"{view.without_offer:,}", gettext("Nothing on offer that day"), line_said)
