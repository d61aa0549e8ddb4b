"""Open a license list, line by line, and bring its reader what it needs: middles of ZIP codes, the state's rules."""

import csv
import gzip
import io
import sqlite3
import zlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TextIO
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from daybreak.kernel.errors import BadInput
from daybreak.kernel.tables import LONGEST_LINE, NOTHING_DONE, do, rows_of, sound_lines
from daybreak.network.license_lists import generic, indiana, new_york_state
from daybreak.network.license_lists.age_words import AgeNames
from daybreak.network.license_lists.generic import Generic
from daybreak.network.license_lists.indiana import Indiana
from daybreak.network.license_lists.new_york_state import AgeBand, HomeRule, NewYorkState
from daybreak.network.license_lists.reading import Survey, survey
from daybreak.network.license_lists.terms import Reader, Row
from daybreak.network.licenses import holds_on
from daybreak.network.models import License, Site
from daybreak.placement.terms import Point
from daybreak.rulebook.queries import packaged

FORMATS = ("new-york-state", "indiana", "generic")
GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class LicenseList:
    """A file that was gone through once and is sound, with its reader; its rows can be read again and again."""

    file: Path
    reader: Reader
    survey: Survey

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Every row with its line, read from the file as they are asked for."""
        return _rows(self.file, self.reader.columns, self.reader.optional)


def license_list(file: Path, format_: str, *, at: datetime) -> LicenseList:
    """Open a list of one of FORMATS and go through it once. Raises BadInput, with the line, for any other file."""
    reader = reader_of(file, format_, at=at)
    found = survey(_rows(file, reader.columns, reader.optional), reader, source=file.name)
    return LicenseList(file, reader, found)


def reader_of(file: Path, format_: str, *, at: datetime) -> Reader:
    """The reader of a format with the rules that hold on the day it is where the list is from."""
    if format_ == "new-york-state":
        day = at.astimezone(ZoneInfo(new_york_state.ZONE)).date()
        return NewYorkState(zip_centroids(), home_rules(day), age_bands(day))
    if format_ == "indiana":
        day = at.astimezone(ZoneInfo(indiana.ZONE)).date()
        caution = packaged().value(indiana.AGES_RULE, day, group="infant").caution
        return Indiana(zip_centroids(), age_names(day), central_counties(day), caution=caution)
    state = generic.one_state(_rows(file, generic.COLUMNS, generic.OPTIONAL), source=file.name)
    zone = generic.ZONES[state]
    return Generic(f"{state.lower()}:", zone or generic.EASTERN, zone, zip_centroids(), available_timezones())


def _rows(file: Path, columns: tuple[str, ...], optional: tuple[str, ...]) -> Iterator[tuple[int, Row]]:
    with _opened(file) as text:
        # A line is read with a limit: a file without line ends must not be read into memory as one.
        lines = iter(lambda: text.readline(LONGEST_LINE + 1), "")
        yield from rows_of(sound_lines(lines, source=file.name), columns, source=file.name, optional=optional)


@contextmanager
def _opened(file: Path) -> Iterator[TextIO]:
    """The text of a CSV file that may be packed with gzip. Raises BadInput, while it is read, when it is neither."""
    try:
        with file.open("rb") as raw:
            is_packed = raw.read(2) == GZIP
            raw.seek(0)
            if file.name.endswith(".gz") and not is_packed:
                problem = "The name says gzip, but the content is not."
                raise BadInput(problem, source=file.name, do=do("Save the file again"))
            binary = gzip.GzipFile(fileobj=raw) if is_packed else raw
            with io.TextIOWrapper(binary, encoding="utf-8-sig", newline="") as text:
                yield text
    except UnicodeDecodeError as error:
        line = _line_not_text(file)
        raise BadInput("This is not UTF-8 text.", source=file.name, line=line, do=do("Save it as CSV UTF-8")) from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        problem = "The gzip file is damaged or ends in the middle."
        raise BadInput(problem, source=file.name, do=do("Fetch the file again")) from error
    except OSError as error:
        problem = f"The file cannot be read ({error.strerror})."
        raise BadInput(problem, source=file.name, do=f"{NOTHING_DONE} Check its name and folder.") from error


def _line_not_text(file: Path) -> int:
    """The first line that is no UTF-8. A line never cuts a letter in two: no letter holds the byte of a line's end."""
    with file.open("rb") as raw:
        is_packed = raw.read(2) == GZIP
        raw.seek(0)
        with gzip.GzipFile(fileobj=raw) if is_packed else raw as binary:
            number = 0
            for number, line in enumerate(binary, start=1):
                try:
                    line.decode()
                except UnicodeDecodeError:
                    return number
    return number


class Numbers:
    """Numbers that went by, in a nameless file that is gone with this process: however many, no more memory."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.execute("PRAGMA cache_size = -1024")
        self._file.execute("CREATE TABLE seen (number TEXT PRIMARY KEY) WITHOUT ROWID")
        # One transaction that is never ended: nothing here is worth a sync.
        self._file.execute("BEGIN")

    def add(self, number: str) -> None:
        """Remember a number."""
        self._file.execute("INSERT OR IGNORE INTO seen VALUES (?)", (number,))

    def __contains__(self, number: object) -> bool:
        return self._file.execute("SELECT 1 FROM seen WHERE number = ?", (number,)).fetchone() is not None

    def close(self) -> None:
        """Drop the file."""
        self._file.close()


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


def age_names(day: date) -> AgeNames:
    """What Indiana called an infant, a toddler and a child of school age on a day."""
    infant, toddler, school_age = (
        packaged().value(indiana.AGES_RULE, day, group=group) for group in ("infant", "toddler", "school_age")
    )
    return AgeNames(
        infant=(infant.whole("from_months"), infant.whole("until_months")),
        toddler=(toddler.whole("from_months"), toddler.whole("until_months")),
        school_age_from=school_age.whole("from_months"),
        ends=school_age.whole("until_months"),
    )


def central_counties(day: date) -> frozenset[str]:
    """The counties of Indiana that were on Central time on a day, in small letters without spaces."""
    figure = packaged().value(indiana.ZONE_RULE, day).value
    assert isinstance(figure, Mapping)
    counties = figure["counties"]
    assert isinstance(counties, tuple)
    return frozenset(indiana.county_of(str(county)) for county in counties)


def licensed_days(wanted: Collection[tuple[UUID, date]]) -> set[tuple[UUID, date]]:
    """Which of these sites' days a license covers."""
    rows = License.objects.filter(site__in={site_id for site_id, _ in wanted})
    terms: dict[UUID, list[tuple[str, date | None, date | None]]] = {}
    for site_id, status, from_day, until_day in rows.values_list("site_id", "status", "from_day", "until_day"):
        terms.setdefault(site_id, []).append((status, from_day, until_day))
    return {
        (site_id, day)
        for site_id, day in wanted
        if any(holds_on(*license_, day) for license_ in terms.get(site_id, ()))
    }


def has_sites_from(prefix: str) -> bool:
    """Say whether a license list was ever imported; `prefix` is what its refs begin with, such as ny."""
    return Site.objects.filter(external_ref__startswith=f"{prefix}:").exists()
