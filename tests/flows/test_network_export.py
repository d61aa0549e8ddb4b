"""The directory goes out as Open Referral's HSDS, in the shapes its schemas ask for, with no spot and no caregiver."""

import json
import re
from datetime import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from cast import DAWN, OKAFOR, Opened
from daybreak.cli.main import main
from daybreak.network.actions import import_list
from daybreak.network.models import Site
from daybreak.placement.terms import Kind

# The shapes of HSDS 3 (openreferral/specification, folder schema: service, organization, organization_identifier,
# service_at_location, location, address, schedule; and the page of service_list): for each object the properties that
# are used, with their kinds, and those it must have. A list of words is an enumeration.
TEXT, NUMBER, DAY, CLOCK, IDENTIFIER = "text", "number", "day", "clock", "uuid"
PATTERNS = {
    TEXT: r".+",
    DAY: r"\d{4}-\d\d-\d\d",
    CLOCK: r"[0-2]\d:[0-5]\d",
    IDENTIFIER: r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
}
SHAPES = {
    "page": (
        {"total_items": NUMBER, "total_pages": NUMBER, "page_number": NUMBER, "size": NUMBER, "first_page": bool}
        | {"last_page": bool, "empty": bool, "contents": ["service"]},
        {"total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"},
    ),
    "service": (
        {"id": IDENTIFIER, "name": TEXT, "description": TEXT, "eligibility_description": TEXT, "assured_date": DAY}
        | {"status": ("active", "inactive", "defunct", "temporarily closed"), "minimum_age": NUMBER}
        | {"maximum_age": NUMBER, "organization": "organization", "service_at_locations": ["service_at_location"]}
        | {"schedules": ["schedule"]},
        {"id", "name", "status"},
    ),
    "organization": (
        {"id": IDENTIFIER, "name": TEXT, "description": TEXT, "organization_identifiers": ["organization_identifier"]},
        {"id", "name", "description"},
    ),
    "organization_identifier": (
        {"id": IDENTIFIER, "identifier_scheme": TEXT, "identifier_type": TEXT, "identifier": TEXT},
        {"id", "identifier_type", "identifier"},
    ),
    "service_at_location": ({"id": IDENTIFIER, "location": "location"}, {"id"}),
    "location": (
        {"id": IDENTIFIER, "location_type": ("physical", "postal", "virtual"), "name": TEXT, "description": TEXT}
        | {"latitude": NUMBER, "longitude": NUMBER, "addresses": ["address"]},
        {"id", "location_type"},
    ),
    "address": (
        {"id": IDENTIFIER, "address_1": TEXT, "city": TEXT, "state_province": TEXT, "postal_code": TEXT}
        | {"country": TEXT, "address_type": ("physical", "postal", "virtual")},
        {"id", "address_1", "city", "state_province", "postal_code", "country", "address_type"},
    ),
    "schedule": (
        {"id": IDENTIFIER, "freq": ("WEEKLY", "MONTHLY"), "byday": TEXT, "opens_at": CLOCK, "closes_at": CLOCK}
        | {"description": TEXT, "notes": TEXT},
        {"id"},
    ),
}
HEADER = (
    "state,license_number,name,kind,status,city,zip_code,capacity,ages,address,latitude,longitude,opens,closes,days\n"
)
ROWS = (
    "OH,1,Little Oaks,center,License,Blacklick,43004,30,1-18:8; 18-60:20,1 Main Street,40.0,-82.8,06:30,18:00,Mo-Fr\n"
    "OH,2,Night Owl,family_home,Registration,Blacklick,43004,6,0-156:6,,,,00:00,23:59,\n"
    "OH,3,Larkin,family_home,License,Blacklick,43004,6,0-156:6,,,,18:00,08:00,\n"
    "OH,4,Okafor,family_home,License,Blacklick,43004,6,0-156:6,,,,,,\n"
)

pytestmark = pytest.mark.django_db(transaction=True)


def problems(said: object, shape: str) -> list[str]:
    """What an object has that its shape does not allow, and what it lacks."""
    known, required = SHAPES[shape]
    assert isinstance(said, dict)
    found = [f"{shape}.{name} is unknown" for name in sorted(said.keys() - known.keys())]
    found += [f"{shape}.{name} is missing" for name in sorted(required - said.keys())]
    for name in said.keys() & known.keys():
        found += wrong(said[name], known[name], f"{shape}.{name}")
    return found


def wrong(value: object, kind: object, where: str) -> list[str]:
    if isinstance(kind, list):
        assert isinstance(value, list)
        return [problem for one in value for problem in problems(one, kind[0])]
    if isinstance(kind, str) and kind in SHAPES:
        return problems(value, kind)
    if isinstance(kind, tuple):
        ok = value in kind
    elif kind is bool:
        ok = isinstance(value, bool)
    elif kind == NUMBER:
        ok = isinstance(value, int | float) and not isinstance(value, bool)
    else:
        ok = isinstance(value, str) and bool(re.fullmatch(PATTERNS[str(kind)], value))
    return [] if ok else [f"{where} is {value!r}"]


def exported(folder: Path) -> dict[str, object]:
    result = CliRunner().invoke(main, ["network", "export", "--format", "hsds", "--to", str(folder), "--json"])
    assert result.exit_code == 0, result.output
    page: dict[str, object] = json.loads((folder / "services.json").read_text(encoding="utf-8"))
    contents = page["contents"]
    assert isinstance(contents, list)
    assert json.loads(result.stdout) == {"written": len(contents), "file": str(folder / "services.json")}
    return page


def listed(folder: Path) -> dict[str, dict[str, object]]:
    """Import the list and export it; services by name."""
    file = folder / "list.csv"
    file.write_text(HEADER + ROWS, encoding="utf-8")
    import_list(file, "generic", at=DAWN)
    page = exported(folder / "out")
    assert problems(page, "page") == []
    return {service["name"]: service for service in page["contents"]}  # type: ignore[attr-defined]


def test_the_checker_of_shapes_finds_what_is_wrong() -> None:
    assert problems({"id": "x", "spots": 3}, "location") == [
        "location.spots is unknown",
        "location.location_type is missing",
        "location.id is 'x'",
    ]
    assert problems({"id": str(OKAFOR), "location_type": "moon"}, "location") == ["location.location_type is 'moon'"]


def test_every_listed_site_is_a_service_in_the_shapes_of_the_specification(tmp_path: Path) -> None:
    services = listed(tmp_path)
    assert sorted(services) == ["Larkin", "Little Oaks", "Night Owl", "Okafor"]
    oaks = services["Little Oaks"]
    assert (oaks["status"], oaks["minimum_age"], oaks["maximum_age"]) == ("active", 0.08, 4.92)
    (at,) = oaks["service_at_locations"]  # type: ignore[misc]
    location = at["location"]
    assert (location["latitude"], location["longitude"]) == (40.0, -82.8)
    (address,) = location["addresses"]
    assert (address["address_1"], address["state_province"], address["postal_code"]) == ("1 Main Street", "OH", "43004")
    (schedule,) = oaks["schedules"]  # type: ignore[misc]
    assert (schedule["byday"], schedule["opens_at"], schedule["closes_at"]) == ("MO,TU,WE,TH,FR", "06:30", "18:00")
    assert schedule["notes"] == "Local time of America/New_York."
    identifier = oaks["organization"]["organization_identifiers"][0]  # type: ignore[index]
    assert (identifier["identifier_scheme"], identifier["identifier"]) == ("US-OH", "1")


def test_round_the_clock_past_midnight_and_unknown_hours_are_told_apart(tmp_path: Path) -> None:
    services = listed(tmp_path)
    owl, larkin = services["Night Owl"]["schedules"][0], services["Larkin"]["schedules"][0]  # type: ignore[index]
    assert (owl["opens_at"], owl["closes_at"], owl["description"]) == (
        "00:00",
        "23:59",
        "Open around the clock on these days.",
    )
    assert (larkin["closes_at"], larkin["description"]) == ("08:00", "Closes on the next day.")
    assert "schedules" not in services["Okafor"]


def test_a_place_that_is_only_a_zip_code_has_no_coordinates_and_no_address(tmp_path: Path) -> None:
    location = listed(tmp_path)["Night Owl"]["service_at_locations"][0]["location"]  # type: ignore[index]
    assert {"latitude", "longitude", "addresses"} & location.keys() == set()
    assert location["description"] == "In ZIP code 43004; the state's list gives no exact place."


def test_a_license_that_is_gone_makes_the_service_inactive_and_ids_stay(tmp_path: Path) -> None:
    before = listed(tmp_path)
    (tmp_path / "list.csv").write_text(HEADER + ROWS.splitlines(keepends=True)[0], encoding="utf-8")
    import_list(tmp_path / "list.csv", "generic", at=DAWN)
    after = {service["name"]: service for service in exported(tmp_path / "out")["contents"]}  # type: ignore[attr-defined]
    assert {name: service["status"] for name, service in after.items()} == {
        "Little Oaks": "active",
        "Night Owl": "inactive",
        "Larkin": "inactive",
        "Okafor": "inactive",
    }
    assert {name: service["id"] for name, service in after.items()} == {name: one["id"] for name, one in before.items()}


def test_sites_of_no_list_and_caregivers_are_in_no_directory(opened: Opened, tmp_path: Path) -> None:
    assert Site.objects.count() > 5
    assert exported(tmp_path / "out")["contents"] == []
    Site.objects.filter(pk=OKAFOR).update(external_ref="ny:1", opens=time(6), closes=time(18), hours_simulated=True)
    (service,) = exported(tmp_path / "out")["contents"]  # type: ignore[misc]
    # Hours that the demo made up are nobody's hours.
    assert "schedules" not in service
    Site.objects.filter(pk=OKAFOR).update(kind=Kind.IN_HOME)
    assert exported(tmp_path / "out")["contents"] == []


@pytest.mark.real_data
def test_the_real_list_of_indiana_goes_out_whole(real_data: Path, tmp_path: Path) -> None:
    imported = import_list(real_data / "providers_indiana" / "providers.csv.gz", "indiana", at=DAWN)
    page = exported(tmp_path)
    assert problems(page, "page") == []
    contents = page["contents"]
    assert isinstance(contents, list)
    assert len(contents) == page["total_items"] == imported.listing.imported
    assert all(service["schedules"] for service in contents)
