"""What do the files of a morning say? From CSV text to terms, and from a plan back to CSV text.

Parsing is all or nothing: a morning with one unreadable line is refused with every problem found, since placing the
others would give away the spots of a family whose line had a slip.
"""

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from daybreak.kernel.errors import BadInput
from daybreak.kernel.spans import parse_clock
from daybreak.placement.sessions import CLOCK, Session, SessionKey
from daybreak.placement.sheets import Problems, Row, Sheet
from daybreak.placement.terms import Child, Household, Kind, Morning, Placement, Plan, Point, Room, Site

SITES = (
    *("site_id", "kind", "latitude", "longitude", "opens", "closes"),
    *("takes_mildly_ill", "takes_special_needs", "travel_radius_km", "spots"),
)
ROOMS = ("room_id", "site_id", "from_months", "until_months", "spots")
HOUSEHOLDS = (
    *("household_id", "home_latitude", "home_longitude", "work_latitude", "work_longitude", "starts", "ends"),
    *("max_detour_minutes", "keep_together", "priority", "pay_class", "asked_at"),
)
CHILDREN = ("child_id", "household_id", "age_months", "mildly_ill", "special_needs")
OWN_HOURS = ("starts", "ends")
ROOMS_SESSIONS = ("room_id", "session", "spots")
PLACEMENTS = ("child_id", "site_id", "room_id", "minutes", "reason")

COLUMNS = {
    "sites.csv": SITES,
    "rooms.csv": ROOMS,
    "households.csv": HOUSEHOLDS,
    "children.csv": CHILDREN,
    "rooms_sessions.csv": ROOMS_SESSIONS,
}
MAY_BE_ABSENT = ("rooms_sessions.csv",)

MOST_SPOTS = 100_000
MOST_MONTHS = 1_200
MOST_CHILDREN = 4
MOST_MINUTES = 1e6
FIX = "Nothing was placed. Fix the files and run the command again."
UNCHECKED = "Nothing was checked. Fix the file and run the command again."


@dataclass
class _Draft:
    """What has been read so far, by name; lines are kept for problems that only the whole can show."""

    sites: dict[str, Site] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    households: dict[str, tuple[Household, Row]] = field(default_factory=dict)
    children: dict[str, Child] = field(default_factory=dict)
    family: dict[str, list[Child]] = field(default_factory=dict)
    session_spots: dict[str, dict[SessionKey, int]] = field(default_factory=dict)


def read_morning(files: Mapping[str, str]) -> Morning:
    """Read the texts of a morning's files by name; raises BadInput with every problem found in one message."""
    problems, draft = Problems(), _Draft()
    sheets = _open(files, problems)
    problems.stop(do=FIX)
    for name, read in _READERS.items():
        for row in sheets[name].rows() if name in sheets else ():
            read(row, draft)
    # A child whose line could not be read would look missing from its household: that is asked of whole files only.
    problems.stop(do=FIX)
    for household, row in draft.households.values():
        size = len(draft.family.get(household.household_id, ()))
        if not 1 <= size <= MOST_CHILDREN:
            row.wrong(f"household {household.household_id!r} has {size} children; 1 to {MOST_CHILDREN} can be placed.")
    problems.stop(do=FIX)
    return _assemble(draft, by_session="rooms_sessions.csv" in files)


def read_plan(text: str, *, source: str = "placements.csv") -> Plan:
    """Read a plan for a morning, made by whomever; raises BadInput when a line cannot be read at all.

    Whether the plan keeps the rules is not asked here (see verify.py).
    """
    problems = Problems()
    lines = []
    sheet = Sheet(source, text, PLACEMENTS, problems)
    problems.stop(do=UNCHECKED)
    for row in sheet.rows():
        minutes = row.number("minutes", -MOST_MINUTES, MOST_MINUTES) if row.cells["minutes"] else None
        lines.append(
            Placement(row.text("child_id"), row.cells["site_id"], row.cells["room_id"], minutes, row.cells["reason"])
        )
    problems.stop(do=UNCHECKED)
    return Plan(tuple(lines))


def write_plan(plan: Plan) -> str:
    """Return the text of placements.csv, minutes with two decimals.

    >>> write_plan(Plan((Placement("Ada", "oaks", "toddlers", 6.25), Placement("Ben", reason="full")))).splitlines()
    ['child_id,site_id,room_id,minutes,reason', 'Ada,oaks,toddlers,6.25,', 'Ben,,,,full']
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(PLACEMENTS)
    for line in plan.placements:
        minutes = "" if line.minutes is None else f"{line.minutes:.2f}"
        writer.writerow((line.child_id, line.site_id, line.room_id, minutes, line.reason))
    return out.getvalue()


def _read_site(row: Row, draft: _Draft) -> None:
    kind = Kind(row.one_of("kind", tuple(Kind)))
    radius = 0.0
    if kind is Kind.IN_HOME and not row.cells["travel_radius_km"]:
        row.wrong("travel_radius_km is empty, and an in_home site needs it.")
    elif row.cells["travel_radius_km"]:
        radius = row.number("travel_radius_km", 0, 20_000)
    site_id = row.new("site_id", draft.sites)
    draft.sites[site_id] = Site(
        site_id=site_id,
        kind=kind,
        place=_point(row, "latitude", "longitude"),
        opens=row.clock("opens"),
        closes=row.clock("closes"),
        spots=row.whole("spots", MOST_SPOTS),
        takes_mildly_ill=row.flag("takes_mildly_ill"),
        takes_special_needs=row.flag("takes_special_needs"),
        travel_radius_km=radius,
        ages=(0, MOST_MONTHS + 1),
    )


def _read_room(row: Row, draft: _Draft) -> None:
    room = Room(
        room_id=row.new("room_id", draft.rooms),
        site_id=row.text("site_id"),
        from_months=row.whole("from_months", MOST_MONTHS),
        until_months=row.whole("until_months", MOST_MONTHS),
        spots=row.whole("spots", MOST_SPOTS),
    )
    if room.site_id and room.site_id not in draft.sites:
        row.wrong(f"site_id {room.site_id!r} is not in sites.csv.")
    elif room.site_id and draft.sites[room.site_id].kind is Kind.IN_HOME:
        row.wrong(f"site {room.site_id!r} is in_home and has no rooms.")
    if room.from_months >= room.until_months:
        row.wrong(f"from_months {room.from_months} is not below until_months {room.until_months}.")
    draft.rooms[room.room_id] = room


def _read_household(row: Row, draft: _Draft) -> None:
    household = Household(
        household_id=row.new("household_id", draft.households),
        home=_point(row, "home_latitude", "home_longitude"),
        work=_point(row, "work_latitude", "work_longitude"),
        starts=row.clock("starts"),
        ends=row.clock("ends"),
        max_detour_minutes=row.number("max_detour_minutes", 0, MOST_MINUTES),
        children=(),
        keep_together=row.flag("keep_together"),
        priority=int(row.one_of("priority", ("0", "1", "2"))),
        pay_class=row.one_of("pay_class", ("hourly", "salaried")),
        asked_at=row.text("asked_at"),
    )
    if household.asked_at and not _is_moment(household.asked_at):
        row.wrong(f"asked_at {household.asked_at!r} is not a moment like 2026-03-02T05:40 or 05:40.")
    draft.households.setdefault(household.household_id, (household, row))


def _read_child(row: Row, draft: _Draft) -> None:
    own = [row.cells.get(column, "") for column in OWN_HOURS]
    if any(own) and not all(own):
        row.wrong("starts and ends go together: fill in both or none.")
    child = Child(
        child_id=row.new("child_id", draft.children),
        months=row.whole("age_months", MOST_MONTHS),
        mildly_ill=row.flag("mildly_ill"),
        special_needs=row.flag("special_needs"),
        starts=row.clock("starts") if all(own) else None,
        ends=row.clock("ends") if all(own) else None,
    )
    household_id = row.text("household_id")
    if household_id and household_id not in draft.households:
        row.wrong(f"household_id {household_id!r} is not in households.csv.")
    draft.children[child.child_id] = child
    draft.family.setdefault(household_id, []).append(child)


def _read_session(row: Row, draft: _Draft) -> None:
    room_id = row.text("room_id")
    key = (0, Session(row.one_of("session", tuple(Session))))
    spots = row.whole("spots", MOST_SPOTS)
    if room_id and room_id not in draft.rooms:
        row.wrong(f"room_id {room_id!r} is not in rooms.csv.")
    of_room = draft.session_spots.setdefault(room_id, {})
    if key in of_room:
        row.wrong(f"room {room_id!r} has the session {key[1]} twice.")
    of_room[key] = spots


_READERS: dict[str, Callable[[Row, _Draft], None]] = {
    "sites.csv": _read_site,
    "rooms.csv": _read_room,
    "households.csv": _read_household,
    "children.csv": _read_child,
    "rooms_sessions.csv": _read_session,
}
"""In the order in which names must be known: a room names its site, a child its household."""


def _open(files: Mapping[str, str], problems: Problems) -> dict[str, Sheet]:
    sheets = {}
    for name, columns in COLUMNS.items():
        if name in files:
            optional = OWN_HOURS if name == "children.csv" else ()
            sheets[name] = Sheet(name, files[name], columns, problems, optional=optional)
        elif name not in MAY_BE_ABSENT:
            problems.add(name, None, "the file is missing.")
    return sheets


def _assemble(draft: _Draft, *, by_session: bool) -> Morning:
    """Put rooms into sites and children into households; with sessions, whatever no line limits keeps its spots."""
    rooms_of: dict[str, list[Room]] = {}
    for room in draft.rooms.values():
        if by_session:
            room = replace(room, session_spots={**_all_day(room.spots), **draft.session_spots.get(room.room_id, {})})
        rooms_of.setdefault(room.site_id, []).append(room)
    sites = (
        replace(
            site,
            rooms=tuple(rooms_of.get(site.site_id, ())),
            session_spots=_all_day(site.spots) if by_session else None,
        )
        for site in draft.sites.values()
    )
    households = (
        replace(household, children=tuple(draft.family[household.household_id]))
        for household, _ in draft.households.values()
    )
    return Morning(tuple(sites), tuple(households), tuple(draft.children), by_session)


def _all_day(spots: int) -> dict[SessionKey, int]:
    return {(0, session): spots for session in CLOCK}


def _point(row: Row, latitude: str, longitude: str) -> Point:
    return Point(row.number(latitude, -90, 90), row.number(longitude, -180, 180))


def _is_moment(text: str) -> bool:
    """Say whether the text is `HH:MM` or `YYYY-MM-DDTHH:MM`, and a time and day that exist.

    >>> _is_moment("2026-02-30T05:40"), _is_moment("05:40")
    (False, True)
    """
    day, _, clock = text.rpartition("T")
    try:
        parse_clock(clock)
        if "T" in text:
            date.fromisoformat(day)
    except ValueError:
        return False
    return clock == clock.strip() and ("T" not in text or re.fullmatch(r"\d{4}-\d{2}-\d{2}", day, re.ASCII) is not None)


def read_worth(text: str) -> tuple[float, float, float]:
    """Read three worths joined by commas, for priority 0, 1 and 2; raises BadInput for anything else.

    >>> read_worth("1400,1200,1000")
    (1400.0, 1200.0, 1000.0)
    """
    problems = Problems()
    parts = text.split(",")
    row = Row("", 0, {f"value {number}": part.strip() for number, part in enumerate(parts)}, problems)
    values = [row.number(column, 0, MOST_MINUTES) for column in row.cells]
    if problems.found or len(values) != 3:
        raise BadInput(f"{text!r} is not three numbers of minutes like 1400,1200,1000.")
    return values[0], values[1], values[2]
