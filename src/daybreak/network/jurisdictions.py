"""Whose law holds at a site? The rule files of its state, or of its city where a city has its own.

The ZIP code decides, by its first three digits, which the postal service gives to one state at a time. A few ZIP codes
cross a state line; a site near one goes by the state its mail goes through.
"""

from daybreak.placement.terms import Kind

STATES: dict[str, tuple[tuple[int, int], ...]] = {
    "ca": ((900, 961),),
    "in": ((460, 479),),
    "ky": ((400, 427),),
    "ny": ((100, 149),),
    "oh": ((430, 459),),
    "tn": ((370, 385),),
    "tx": ((733, 733), (750, 799), (885, 885)),
    "va": ((201, 201), (220, 246)),
    "wa": ((980, 994),),
}
"""First and last of the three digits, inclusive, of the states that the rulebook or a license list knows."""

NEW_YORK_CITY = frozenset(range(100, 105)) | {111, 112, 113, 114, 116}
"""Manhattan, Staten Island, the Bronx, Brooklyn and Queens; its health code has ratios of its own."""

NAMES = {
    "us/federal": "United States",
    "us/ca": "California",
    "us/in": "Indiana",
    "us/ky": "Kentucky",
    "us/ny": "New York State",
    "us/ny/nyc": "New York City",
    "us/oh": "Ohio",
    "us/tn": "Tennessee",
    "us/tx": "Texas",
    "us/va": "Virginia",
    "us/wa": "Washington",
}


def place_of(zip_code: str) -> str:
    """Return the folder of rules for a ZIP code, or an empty text for one that no folder is for.

    >>> place_of("14203"), place_of("11238-1234"), place_of("45202"), place_of("")
    ('us/ny', 'us/ny/nyc', 'us/oh', '')
    """
    if not zip_code[:3].isdecimal() or len(zip_code) < 5:
        return ""
    digits = int(zip_code[:3])
    if digits in NEW_YORK_CITY:
        return "us/ny/nyc"
    state = next((name for name, spans in STATES.items() if any(a <= digits <= z for a, z in spans)), "")
    return f"us/{state}" if state else ""


def ratio_rules(kind: Kind, zip_code: str, program: str) -> tuple[str, str] | None:
    """Return the paths of the ratio rule and of the rule beside it, or None where no file can be meant.

    A license for drop-in care has rules of its own where the state makes a difference.

    >>> ratio_rules(Kind.CENTER, "45202", "Child Care Center")
    ('us/oh/licensing/center_ratios', 'us/oh/licensing/center_staffing')
    >>> ratio_rules(Kind.CENTER, "37203", "Drop-In Center")
    ('us/tn/licensing/drop_in_ratios', 'us/tn/licensing/drop_in_staffing')
    """
    place = place_of(zip_code)
    if not place or kind is not Kind.CENTER:
        return None
    license_type = _license_type(place, program)
    return f"{place}/licensing/{license_type}_ratios", f"{place}/licensing/{license_type}_staffing"


def touches(path: str, *, kind: Kind, zip_code: str, program: str) -> bool:
    """Say whether a change of a rule touches a site. Tax law touches none: it is about employers and employees.

    >>> touches("us/ny/licensing/center_ratios", kind=Kind.CENTER, zip_code="11238", program="GDC")
    False
    >>> touches("us/ny/licensing/family_home_capacity", kind=Kind.FAMILY_HOME, zip_code="11238", program="FDC")
    True
    """
    if path.startswith("us/federal/"):
        return path.startswith("us/federal/child_care/")
    place, about, decides = path.partition("/licensing/")
    here = place_of(zip_code)
    if not about or not (here == place or here.startswith(f"{place}/")):
        return False
    if decides.startswith("family_home"):
        return kind is Kind.FAMILY_HOME
    if decides.startswith(("center_", "drop_in_")):
        # A city with center rules of its own is not under those of its state.
        return kind is Kind.CENTER and here == place and decides.startswith(_license_type(place, program))
    return kind is not Kind.IN_HOME


def _license_type(place: str, program: str) -> str:
    return "drop_in" if place == "us/tn" and "drop" in program.lower() else "center"
