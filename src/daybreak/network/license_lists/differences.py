"""How does a row of a newer list differ from what is known of its site? Said before anything is written.

Hours and days of the list count only until the provider has said its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from daybreak.network.license_lists.terms import ListedRoom, ListedSite
from daybreak.network.limits import stored

GONE = "Not on the list"
"""How the status of a license is written down when its site no longer stands on the list."""

Columns = Mapping[str, object]


@dataclass(frozen=True)
class Known:
    """A site as the last import left it, column by column; `license` is empty when none is open."""

    site: Columns
    license: Columns
    rooms: Mapping[str, Columns]
    """By name."""
    keeps_hours: bool = False
    """Whether the provider has said its own hours."""


@dataclass(frozen=True)
class Change:
    """What to write so that a site is as its list says; empty parts are as they were."""

    site: Columns = field(default_factory=dict)
    license: Columns = field(default_factory=dict)
    """All columns of the license that begins; the one before it ends."""
    new_rooms: Mapping[str, Columns] = field(default_factory=dict)
    rooms: Mapping[str, Columns] = field(default_factory=dict)
    """Rooms known before, with the columns that differ."""

    def __bool__(self) -> bool:
        return bool(self.site or self.license or self.new_rooms or self.rooms)

    @property
    def is_about_spots(self) -> bool:
        """Whether what the site may offer can be less than before."""
        return bool(self.license or self.rooms)

    def said(self, known: Known) -> tuple[str, ...]:
        """Each fact that differs, before and after, as the report lists it."""
        site = [f"{name} {known.site.get(name)} → {after}" for name, after in self.site.items()]
        terms = [
            f"license {name} {known.license.get(name, 'none')} → {after}"
            for name, after in self.license.items()
            if known.license.get(name) != after
        ]
        new = [f"new room {name}, {columns['licensed_spots']} spots" for name, columns in self.new_rooms.items()]
        rooms = [f"room {name}: {_changed(known.rooms[name], columns)}" for name, columns in self.rooms.items()]
        return tuple(site + terms + new + rooms)


def change(listed: ListedSite, known: Known) -> Change:
    """Compare a row with its site.

    A room the license no longer names keeps its history and holds nobody.
    """
    wanted = {room.name: room_columns(room) for room in listed.rooms}
    closed: Columns = {"licensed_spots": 0}
    rooms = {name: _different(before, wanted.get(name, closed)) for name, before in known.rooms.items()}
    license_ = license_columns(listed)
    return Change(
        site=_different(known.site, site_columns(listed, with_hours=not known.keeps_hours)),
        license={} if known.license == license_ else license_,
        new_rooms={name: columns for name, columns in wanted.items() if name not in known.rooms},
        rooms={name: columns for name, columns in rooms.items() if columns},
    )


def site_columns(listed: ListedSite, *, with_hours: bool) -> dict[str, object]:
    """What the site's row holds of this listing."""
    columns: dict[str, object] = {
        "name": listed.name,
        "kind": listed.kind.value,
        "latitude": listed.point.latitude,
        "longitude": listed.point.longitude,
        "located": listed.located.value,
        "zone": listed.zone,
        "city": listed.city,
        "zip_code": listed.zip_code,
        "address": listed.address,
    }
    if listed.hours and with_hours:
        hours = {"opens": listed.hours.opens, "closes": listed.hours.closes, "weekdays": listed.hours.weekdays}
        columns |= hours | {"hours_listed": True, "hours_simulated": False}
    return columns


def license_columns(listed: ListedSite) -> dict[str, object]:
    """What the license's row holds of this listing."""
    return {
        "number": listed.number,
        "program": listed.program,
        "status": listed.status,
        "capacity": listed.capacity,
    }


def room_columns(room: ListedRoom) -> dict[str, object]:
    """What a room's row holds of this listing; limits as its column stores them."""
    return {
        "from_months": room.from_months,
        "until_months": room.until_months,
        "licensed_spots": room.licensed_spots,
        "limits": stored(room.limits),
    }


def too_many_are_gone(gone: int, *, known: int, in_use: int) -> bool:
    """Say whether so many sites are missing that the list looks cut off, while families or offers depend on them.

    >>> too_many_are_gone(30, known=100, in_use=1), too_many_are_gone(30, known=100, in_use=0)
    (True, False)
    >>> too_many_are_gone(19, known=20, in_use=1), too_many_are_gone(90, known=1000, in_use=1)
    (False, False)
    """
    return in_use > 0 and gone >= 20 and gone * 5 > known


def _different(before: Columns, after: Columns) -> dict[str, object]:
    return {name: value for name, value in after.items() if before[name] != value}


def _changed(before: Columns, after: Columns) -> str:
    return ", ".join(f"{name} {before[name]} → {value}" for name, value in after.items())
