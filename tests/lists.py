"""Read a license list in a test, whole and without a database, and see what became of each row."""

from dataclasses import dataclass, field

from daybreak.kernel.tables import rows_of
from daybreak.network.license_lists.reading import Reading, survey
from daybreak.network.license_lists.terms import ListedSite, Listing, Reader, SetAside


@dataclass
class Whole:
    """Every site and every row set aside, and the counts of both."""

    sites: list[ListedSite] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    listing: Listing = field(default_factory=lambda: Listing("", 0, {}, {}))


def read_whole(reader: Reader, text: str) -> Whole:
    """Both passes over a list, as an import makes them."""

    def rows():
        lines = text.splitlines(keepends=True)
        return rows_of(lines, reader.columns, source="list.csv", optional=reader.optional)

    reading, whole = Reading(reader, survey(rows(), reader, source="list.csv").out), Whole()
    for entry in reading.entries(rows()):
        if isinstance(entry, ListedSite):
            whole.sites.append(entry)
        else:
            whole.set_aside.append(entry)
    whole.listing = reading.listing("list.csv")
    return whole
