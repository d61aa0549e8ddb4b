"""What is it called when people or logs speak of it? Typed ids, and short names that can be read aloud.

Row ids are UUIDs made by the action that writes the row, so that encryption can bind a value to its row before the row
exists. A name for people has a prefix for its kind and eight letters from an alphabet without look-alikes.
"""

from typing import NewType
from uuid import UUID

EmployerId = NewType("EmployerId", UUID)
HouseholdId = NewType("HouseholdId", UUID)
ChildId = NewType("ChildId", UUID)
PersonId = NewType("PersonId", UUID)
ProviderId = NewType("ProviderId", UUID)
SiteId = NewType("SiteId", UUID)
RoomId = NewType("RoomId", UUID)
RequestId = NewType("RequestId", UUID)
BookingId = NewType("BookingId", UUID)

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No 0, O, 1, I or L: they are misread on paper and misheard by phone."""


def spoken(prefix: str, row: UUID) -> str:
    """Return the short name of a row, such as R-7F3KQ2MN; the same row always has the same name.

    Eight letters of 31 hold 39 bits: enough to tell rows apart in a log, never used to look one up.

    >>> spoken("R", UUID(int=0))
    'R-22222222'
    """
    number, letters = row.int % len(ALPHABET) ** 8, []
    for _ in range(8):
        number, digit = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[digit])
    return f"{prefix}-{''.join(letters)}"
