"""What kinds of spots do children take? An age class in a set of sessions is one kind."""

from typing import NamedTuple

import numpy as np

from daybreak.placement.morning.arrays import Ints, Sites
from daybreak.placement.morning.candidates import Edges


class Kinds(NamedTuple):
    """What a child takes at a site: an age class in a set of sessions (K kinds).

    `of_touched` maps the sessions' bits to their number among `combos`; the kind is age class x combos + number.
    """

    combos: Ints
    of_touched: Ints


def kinds_of(edges: Edges, sites: Sites) -> Kinds:
    """Collect the sets of sessions that care touches."""
    combos = np.unique(edges.touched).astype(np.int32) if sites.sessions > 1 else np.ones(1, dtype=np.int32)
    of_touched = np.zeros(256, dtype=np.int32)
    of_touched[combos] = np.arange(len(combos))
    return Kinds(combos, of_touched)
