"""How does Open Referral's Human Services Data Specification (HSDS 3) say what a state lists of a site?

One site is one service, of its provider's organization, at one location, with a schedule where its hours are known. The
shapes are those of the specification's JSON Schemas (docs.openreferral.org, repository openreferral/specification):
`service` with `organization`, `schedules` and `service_at_locations` inside, in a list of one page.

What the specification cannot hold is left out rather than bent: an address without a street; coordinates that are only
the middle of a ZIP code; spots, because a licensed capacity is not a vacancy. Its clock times carry an offset, which
changes twice a year, so they are written without one and the time zone is named in the notes.
"""

from collections.abc import Iterator
from datetime import time
from uuid import UUID, uuid5

from daybreak.network.directory.terms import Entry
from daybreak.network.terms import Located
from daybreak.network.weekdays import NAMES, days_of
from daybreak.placement.terms import Kind

KINDS = {Kind.CENTER: "Child care center", Kind.FAMILY_HOME: "Family child care home"}
MONTHS = 12


def service(entry: Entry) -> dict[str, object]:
    """One site as an HSDS service."""
    site = str(entry.site_id)
    said: dict[str, object] = {
        "id": site,
        "name": entry.name,
        "description": " ".join(_sentences(entry)),
        "status": "active" if entry.license and entry.license.is_in_force else "inactive",
        "organization": _organization(entry),
        "service_at_locations": [{"id": _id(entry, "service at location"), "location": _location(entry)}],
    }
    if entry.ages:
        youngest, oldest = min(since for since, _ in entry.ages), max(until for _, until in entry.ages)
        said["eligibility_description"] = f"Children from {youngest} months up to, and not including, {oldest} months."
        said["minimum_age"] = round(youngest / MONTHS, 2)
        said["maximum_age"] = round((oldest - 1) / MONTHS, 2)
    if entry.listed_on:
        said["assured_date"] = entry.listed_on.isoformat()
    if entry.opens is not None and entry.closes is not None:
        said["schedules"] = [_schedule(entry, entry.opens, entry.closes)]
    return said


def head(total: int) -> dict[str, object]:
    """What stands before the contents of the one page of a list."""
    return {
        "total_items": total,
        "total_pages": 1,
        "page_number": 1,
        "size": total,
        "first_page": True,
        "last_page": True,
        "empty": total == 0,
    }


def _organization(entry: Entry) -> dict[str, object]:
    said: dict[str, object] = {
        "id": str(entry.provider_id),
        "name": entry.provider_name,
        "description": f"Child care provider listed by the state of {entry.state}.",
    }
    if entry.license:
        identifier = {"identifier_type": "child care license", "identifier": entry.license.number}
        scheme = {"identifier_scheme": f"US-{entry.state}"}
        said["organization_identifiers"] = [{"id": _id(entry, "license"), **scheme, **identifier}]
    return said


def _location(entry: Entry) -> dict[str, object]:
    said: dict[str, object] = {"id": _id(entry, "location"), "location_type": "physical", "name": entry.name}
    if entry.located is Located.GIVEN:
        said |= {"latitude": entry.point.latitude, "longitude": entry.point.longitude}
    else:
        said["description"] = f"In ZIP code {entry.zip_code}; the state's list gives no exact place."
    if entry.address and entry.city and entry.zip_code:
        said["addresses"] = [
            {
                "id": _id(entry, "address"),
                "address_1": entry.address,
                "city": entry.city,
                "state_province": entry.state,
                "postal_code": entry.zip_code,
                "country": "US",
                "address_type": "physical",
            }
        ]
    return said


def _schedule(entry: Entry, opens: time, closes: time) -> dict[str, object]:
    """Weekly on the days it opens. A closing time at or before the opening time is on the next day."""
    always = opens == closes
    return {
        "id": _id(entry, "schedule"),
        "freq": "WEEKLY",
        "byday": ",".join(NAMES[day].upper() for day in days_of(entry.weekdays)),
        "opens_at": f"{time(0) if always else opens:%H:%M}",
        "closes_at": f"{time(23, 59) if always else closes:%H:%M}",
        "description": "Open around the clock on these days." if always else _past_midnight(opens, closes),
        "notes": f"Local time of {entry.zone}.",
    }


def _past_midnight(opens: time, closes: time) -> str:
    return "Closes on the next day." if closes < opens else "Closes on the same day."


def _sentences(entry: Entry) -> Iterator[str]:
    yield f"{KINDS[entry.kind]}."
    if entry.license:
        yield f"{entry.license.program}: {entry.license.status}, number {entry.license.number}."
        yield f"Licensed for at most {entry.license.capacity} children at one time; that is no number of free spots."


def _id(entry: Entry, part: str) -> str:
    """The same id at every export, for a part that has no row of its own."""
    return str(uuid5(UUID(str(entry.site_id)), part))
