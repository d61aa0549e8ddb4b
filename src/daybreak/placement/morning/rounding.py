"""From prices to a plan: who takes what first?

At the right prices a household only wants what is nearly the best for it (complementary slackness), so the first pass
looks at nothing else, large families first, because they fit in fewer places. A second pass takes whatever is left.
"""

import numba
import numpy as np

from daybreak.placement.morning.arrays import Households, Numbers, Sites
from daybreak.placement.morning.candidates import Edges
from daybreak.placement.morning.choices import Choices
from daybreak.placement.morning.tally import Tally, fits_now, put


@numba.njit(cache=True, nogil=True)
def round_plan(
    sites: Sites,
    households: Households,
    edges: Edges,
    choices: Choices,
    tally: Tally,
    owner: Numbers,
    line: Numbers,
    slack: float,
) -> None:
    """Place households in the order of `line`, each on its best choice with room that is within `slack` of its best.

    A household whose children may go apart is taken apart when it does not fit whole.
    """
    count = len(households.together)
    rooms = np.empty(4, np.int64)
    for h in line:
        tally.written[0] = 0
        if tally.edge[h] >= 0:
            continue
        size = households.first[h + 1] - households.first[h]
        first = households.first[h]
        apart = False
        for child in range(first, first + size):
            apart |= tally.edge[count + child] >= 0
        if not apart and _place(sites, households, edges, choices, tally, owner, h, slack, rooms):
            continue
        if size > 1 and not households.together[h]:
            for child in range(first, first + size):
                if tally.edge[count + child] < 0:
                    _place(sites, households, edges, choices, tally, owner, count + child, slack, rooms)


@numba.njit(cache=True, nogil=True)
def _place(
    sites: Sites,
    households: Households,
    edges: Edges,
    choices: Choices,
    tally: Tally,
    owner: Numbers,
    unit: int,
    slack: float,
    rooms: Numbers,
) -> bool:
    begin, end = choices.first[unit], choices.first[unit + 1]
    for at in range(begin, end):
        if choices.priced[at] < choices.priced[begin] - slack or choices.priced[at] < -slack:
            return False
        if fits_now(sites, households, edges, tally, owner, unit, choices.edge[at], rooms):
            put(sites, households, edges, tally, owner, unit, choices.edge[at], rooms)
            return True
    return False
