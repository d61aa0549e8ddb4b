"""Read a license list from its file, with what that needs: the middles of ZIP codes and the state's rules."""

import csv
import gzip
import io
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from daybreak.kernel.errors import BadInput
from daybreak.network.license_lists import new_york_state
from daybreak.network.license_lists.new_york_state import AgeBand, HomeRule
from daybreak.network.license_lists.table import NOTHING_DONE, text_of
from daybreak.network.license_lists.terms import Listing
from daybreak.placement.terms import Point
from daybreak.rulebook.queries import packaged


def listed_in_new_york_state(file: Path, *, day: date) -> Listing:
    """The state's list as of a day, every row accounted for. Raises BadInput when the file is not that list."""
    try:
        content = file.read_bytes()
    except OSError as error:
        problem = f"The file cannot be read ({error.strerror})."
        raise BadInput(problem, source=file.name, do=f"{NOTHING_DONE} Check its name and folder.") from error
    return new_york_state.read(
        text_of(content, source=file.name),
        source=file.name,
        centroids=zip_centroids(),
        rules=home_rules(day),
        bands=age_bands(day),
    )


@cache
def zip_centroids() -> dict[str, Point]:
    """The middle of each ZIP code of the packaged table, read once per process."""
    packed = (files("daybreak.network") / "zip_centroids" / "zip_centroids.csv.gz").read_bytes()
    rows = csv.reader(io.StringIO(gzip.decompress(packed).decode()))
    next(rows)
    return {zip_code: Point(float(latitude), float(longitude)) for zip_code, latitude, longitude in rows}


def home_rules(day: date) -> dict[str, HomeRule]:
    """What New York's rule for family child care homes said on a day, by license."""
    rules = {}
    for license_ in sorted(set(new_york_state.LICENSES.values())):
        ruling = packaged().value(new_york_state.RULE, day, license=license_)
        rules[license_] = HomeRule(
            most_children=ruling.whole("most_children"),
            additional_school_age=ruling.whole("additional_school_age"),
            under_two_per_caregiver=ruling.whole("under_two_per_caregiver"),
        )
    return rules


def age_bands(day: date) -> dict[str, AgeBand]:
    """What New York's rule on age groups said on a day, by group as the list's columns name them."""
    bands = {}
    for group in new_york_state.COUNTS:
        ruling = packaged().value(new_york_state.AGES_RULE, day, group=group)
        bands[group] = AgeBand(ruling.whole("from_months"), ruling.whole("until_months"))
    return bands
