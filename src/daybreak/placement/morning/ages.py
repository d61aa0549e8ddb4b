"""Which ages are treated alike? Months between two neighboring room limits are one age class.

Prices and free spots are looked up by age class and site, so that loops over millions of edges ask no room anything.
"""

from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

from daybreak.placement.morning.arrays import Households, Ints, Offsets, Sites


class Ages(NamedTuple):
    """Age classes (A) of a morning: the class of each child, an age of each class, and what empty sites hold of it.

    `narrowest` is (A, S): the narrowest room of the class that has spots in each session, or -1. `spots` is how many.
    """

    of_child: Ints
    months: Ints
    narrowest: npt.NDArray[np.int32]
    spots: npt.NDArray[np.int32]


def ages_of(sites: Sites, households: Households) -> Ages:
    """Group the children's ages by the rooms that could hold them."""
    limits = np.unique(np.concatenate([sites.room_from, sites.room_until]))
    found, of_child = np.unique(np.searchsorted(limits, households.months, side="right"), return_inverse=True)
    months = np.zeros(len(found), dtype=np.int32)
    months[of_child] = households.months
    narrowest, spots = _narrowest(months, sites.room_first, sites.room_from, sites.room_until, sites.room_spots)
    return Ages(of_child=of_child.astype(np.int32), months=months, narrowest=narrowest, spots=spots)


@numba.njit(cache=True, nogil=True)
def _narrowest(
    months: Ints, room_first: Offsets, room_from: Ints, room_until: Ints, room_spots: Ints
) -> tuple[Ints, Ints]:
    rooms = np.full((len(months), len(room_first) - 1), -1, np.int32)
    spots = np.zeros(rooms.shape, np.int32)
    for a in range(len(months)):
        for j in range(len(room_first) - 1):
            for room in range(room_first[j], room_first[j + 1]):
                if room_from[room] <= months[a] < room_until[room] and room_spots[room].min() > 0:
                    rooms[a, j], spots[a, j] = room, room_spots[room].min()
                    break
    return rooms, spots
