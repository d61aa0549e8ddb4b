"""Ids that rise: a long import fills its indexes from one end and not all over.

A random id puts each new row somewhere else in an index, and an index that no longer fits into memory is then read and
written once for each row. These are UUIDs of version 7 (RFC 9562): a moment, a count, and chance.
"""

from datetime import datetime
from uuid import UUID

IN_A_MILLISECOND = 4096


def risen(chance: UUID, *, at: datetime, number: int) -> UUID:
    """Make a random id the n-th of a moment; a later number is a greater id.

    >>> from datetime import UTC
    >>> chance, at = UUID("5f0c52a2-6f0b-4b9e-8d4a-0d8c1f6f2f11"), datetime(2026, 3, 2, tzinfo=UTC)
    >>> str(risen(chance, at=at, number=0))
    '019cabd8-3800-7000-8d4a-0d8c1f6f2f11'
    >>> risen(chance, at=at, number=4096).version, risen(chance, at=at, number=4095) < risen(chance, at=at, number=4096)
    (7, True)
    """
    milliseconds = int(at.timestamp() * 1000) + number // IN_A_MILLISECOND
    rest = chance.int & (1 << 64) - 1
    return UUID(int=milliseconds << 80 | 7 << 76 | number % IN_A_MILLISECOND << 64 | rest)
