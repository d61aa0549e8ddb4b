"""What does one cell of a license list say? Numbers, places and time zones, read alike in every format."""

import re
from collections.abc import Mapping

from daybreak.network.license_lists.terms import Aside, Row
from daybreak.network.terms import Located
from daybreak.placement.terms import Point

_WHOLE = re.compile(r"\d{1,5}", re.ASCII)
_DEGREES = re.compile(r"-?\d{1,3}(\.\d{1,15})?", re.ASCII)


def whole(row: Row, column: str) -> int:
    """A whole number from 0 to 99,999. Raises Aside for anything else.

    >>> whole({"capacity": "12"}, "capacity")
    12
    """
    if not _WHOLE.fullmatch(row[column]):
        raise Aside("number-not-readable", column=column, text=row[column][:40])
    return int(row[column])


def degrees(row: Row, column: str) -> float:
    """Degrees of latitude or longitude. Raises Aside for anything else."""
    if not _DEGREES.fullmatch(row[column]):
        raise Aside("number-not-readable", column=column, text=row[column][:40])
    return float(row[column])


def place(row: Row, zip_code: str, centroids: Mapping[str, Point]) -> tuple[Point, Located]:
    """Where a site is by its coordinates, or the middle of its ZIP code when it has none, and which of the two.

    Raises Aside when neither is known.
    """
    if row.get("latitude") or row.get("longitude"):
        return Point(degrees(row, "latitude"), degrees(row, "longitude")), Located.GIVEN
    if zip_code not in centroids:
        raise Aside("no-coordinates-and-unknown-zip", zip_code=zip_code)
    return centroids[zip_code], Located.ZIP_CENTROID


def zip_of(row: Row, column: str) -> str:
    """The first five letters of a ZIP code; the four after a hyphen name a street side.

    >>> zip_of({"zip": "46202-1234"}, "zip")
    '46202'
    """
    return row[column][:5]


def band_of(bands: Mapping[str, tuple[int, int]], from_months: int, until_months: int) -> str:
    """The band that holds all of an age range, months half-open; mixed when none does.

    >>> band_of({"infant": (0, 18), "toddler": (18, 36)}, 18, 30), band_of({"infant": (0, 18)}, 0, 156)
    ('toddler', 'mixed')
    """
    held = (name for name, (since, until) in bands.items() if since <= from_months < until_months <= until)
    return next(held, "mixed")
