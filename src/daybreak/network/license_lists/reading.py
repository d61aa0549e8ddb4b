"""What becomes of each row of a license list? A site, or a row set aside with its first reason; none is lost.

Rows come one after the other. What is kept of a row that has gone by is its number, to know it when it comes twice;
where it is kept is the caller's choice. One is added to a few counts.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from daybreak.kernel.errors import BadInput
from daybreak.kernel.tables import NOTHING_DONE
from daybreak.network.license_lists.terms import AGES, Aside, ListedSite, Listing, Reader, Row, SetAside
from daybreak.network.terms import Located

SHOWN = 10
"""How many rows that were set aside are kept to be named one by one."""

COMMON = {
    "no-facility-id": "The row has no facility number, so it could not be recognized at the next import.",
    "facility-listed-twice": "The same facility number stands in an earlier row, which was used.",
    "license-not-in-force": "The license is not in force; children must not be placed there.",
    "text-too-long": "A name or number is longer than any real one.",
}
"""Reasons that every format has, as people read them."""


@dataclass(frozen=True)
class Survey:
    """A list gone through once, before anything is done: how many rows, and which numbers must not be used."""

    rows: int
    out: Mapping[str, str]
    """Numbers whose license is not in force in one row at least, with the reason's code."""


def survey(rows: Iterable[tuple[int, Row]], reader: Reader, *, source: str) -> Survey:
    """Go through every row once. Raises BadInput for a list without rows.

    A number that stands in two rows is out if either says so: an old row must not keep a suspended home open.
    """
    count, out = 0, {}
    for _, row in rows:
        count += 1
        if trouble := reader.trouble(row):
            out[row[reader.number_column]] = trouble[0]
    if not count:
        raise BadInput("The list has a header and no rows.", source=source, do=f"{NOTHING_DONE} Fetch the file again.")
    return Survey(count, out)


class Seen(Protocol):
    """Numbers that went by; a set is one, and so is a file."""

    def add(self, number: str, /) -> None: ...

    def __contains__(self, number: object, /) -> bool: ...


@dataclass
class Reading:
    """A list on its way: counts grow and numbers gather while its rows go by."""

    reader: Reader
    out: Mapping[str, str]
    seen: Seen = field(default_factory=set[str])
    imported: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    spots: dict[str, int] = field(default_factory=lambda: dict.fromkeys(AGES, 0))
    first_aside: list[SetAside] = field(default_factory=list)
    by_zip_code: int = 0
    with_hours: int = 0
    beyond_the_rule: int = 0

    def entries(self, rows: Iterable[tuple[int, Row]]) -> Iterator[ListedSite | SetAside]:
        """Yield what becomes of each row, and count it."""
        for line, row in rows:
            entry = self._entry(line, row)
            self.seen.add(row[self.reader.number_column])
            if isinstance(entry, SetAside):
                self._count_aside(entry)
            else:
                self._count_site(entry)
            yield entry

    def names(self, ref: str) -> bool:
        """Say whether any row so far had this ref."""
        return ref.removeprefix(self.reader.prefix) in self.seen

    def listing(self, source: str) -> Listing:
        """What was read, once all rows have gone by."""
        return Listing(
            source=source,
            imported=self.imported,
            reasons=dict(self.reasons.most_common()),
            spots_by_age=dict(self.spots),
            set_aside=tuple(self.first_aside),
            by_zip_code=self.by_zip_code,
            with_hours=self.with_hours,
            beyond_the_rule=self.beyond_the_rule,
            caution=self.reader.caution,
        )

    def _entry(self, line: int, row: Row) -> ListedSite | SetAside:
        number = row[self.reader.number_column]
        try:
            self._check(number, row)
            return self.reader.site(line, row)
        except Aside as reason:
            return SetAside(line, self.reader.prefix + number, reason.code, reason.facts)

    def _check(self, number: str, row: Row) -> None:
        for column, longest in self.reader.longest.items():
            if len(row[column]) > longest:
                raise Aside("text-too-long", column=column, characters=len(row[column]))
        if not number:
            raise Aside("no-facility-id")
        if number in self.out:
            code, status = self.reader.trouble(row) or (self.out[number], "in force here, and not in another row")
            raise Aside(code, status=status)
        if number in self.seen:
            raise Aside("facility-listed-twice")

    def _count_aside(self, entry: SetAside) -> None:
        self.reasons[entry.code] += 1
        if len(self.first_aside) < SHOWN:
            self.first_aside.append(entry)

    def _count_site(self, entry: ListedSite) -> None:
        self.imported += 1
        for age, spots in entry.by_age.items():
            self.spots[age] += spots
        self.by_zip_code += entry.located is Located.ZIP_CENTROID
        self.with_hours += entry.hours is not None
        self.beyond_the_rule += entry.is_beyond_the_rule
