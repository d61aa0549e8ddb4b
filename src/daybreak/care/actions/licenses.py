"""A license list is read: its sites are brought up to date, and no booking stays at a site without a license.

The list is written in one transaction and each booking ends in one of its own. If the process dies in between, the next
import of any list ends those that are left: it looks at every booking, not only at those of its own sites.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from daybreak.care.actions.answer import end_unlicensed_booking
from daybreak.care.queries import unlicensed_bookings
from daybreak.care.terms import Touched
from daybreak.network.actions import import_list
from daybreak.network.license_lists.actions.offers import lower_offers
from daybreak.network.license_lists.actions.write import Progress, silent
from daybreak.network.license_lists.terms import Imported


@dataclass(frozen=True)
class Read:
    """What an import did to the sites, and which bookings it ended."""

    imported: Imported
    touched: tuple[Touched, ...]


def read_license_list(
    file: Path, format_: str, *, at: datetime, progress: Progress = silent, accept_gone: bool = False
) -> Read:
    """Import a list, then take back what was promised at sites without a license; each family is told and looks on.

    Raises BadInput, with nothing written, for a file that is not such a list.
    """
    imported = import_list(file, format_, at=at, progress=progress, accept_gone=accept_gone)
    unlicensed = unlicensed_bookings(at=at)
    touched = tuple(one for one in unlicensed if end_unlicensed_booking(booking_id=one.booking_id, at=at))
    for site_id in sorted({one.site_id for one in touched}):
        # The import left the spots of these children alone; now that they are free, they are withdrawn too.
        lower_offers(site_id, min(one.day for one in touched if one.site_id == site_id))
    return Read(imported, touched)
