"""What could each household take, and which spots would that use? Over all places that fit, as arrays.

Resources, each with a capacity and a price: rooms, sites, and in-home caregivers (one household each). When sessions
count apart, a room or site is one resource per session, and a child uses those its care touches.

A pair is one child and one site. A whole choice is one household and one site for all its children; a single choice is
a pair on its own, for households whose children may go apart. Choosing nothing is always possible and worth nothing.
Rooms are looked at one child at a time, so a choice may be listed that two siblings could not both have: a bound over
more choices than there are stays true.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from daybreak.placement.candidates import care_hours
from daybreak.placement.market import Market
from daybreak.placement.ranking import minutes_taken, value_of
from daybreak.placement.rooms import INFANT_MONTHS, INFANTS_PER_CAREGIVER
from daybreak.placement.sessions import CLOCK, touched_by_name
from daybreak.placement.terms import Kind, Morning, Room, Site

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Resources:
    """What is scarce, in one row of capacities: rooms by session, then sites by session, then caregivers.

    `rooms_at` has shape (sites, most rooms of a site) and holds room numbers, or `rooms` where there is none.
    """

    capacity: Floats
    rooms: int
    sites: int
    sessions: int
    in_home: Bools
    rooms_at: Ints
    from_months: Ints
    until_months: Ints

    def split(self, prices: Floats) -> tuple[Floats, Floats, Floats]:
        """The prices of rooms (rooms, sessions), sites (sites, sessions) and caregivers (sites)."""
        a, b = self.rooms * self.sessions, (self.rooms + self.sites) * self.sessions
        return prices[:a].reshape(-1, self.sessions), prices[a:b].reshape(-1, self.sessions), prices[b:]


@dataclass(frozen=True)
class Offers:
    """All choices of all households. Children of one age and one set of sessions are one class.

    `uses` has shape (classes, sessions), `holds` (classes, sites, rooms of a site). `whole_of_pair` and
    `pair_of_single` hold -1 where there is none; every run of choices, single ones too, starts with nothing.
    `source_of_choice` counts nothing as 0, then the households that may go apart, then the whole choices.
    """

    resources: Resources
    uses: Floats
    holds: Bools
    pair_site: Ints
    pair_class: Ints
    whole_of_pair: Ints
    whole_site: Ints
    whole_worth: Floats
    pair_of_single: Ints
    single_worth: Floats
    single_first: Ints
    apart_of_child: Ints
    apart: int
    choice_first: Ints
    source_of_choice: Ints

    def cheapest_rooms(self, prices: Floats) -> tuple[Floats, Ints]:
        """Return for each pair the price of room and site together, and the room."""
        resources = self.resources
        room_prices, site_prices, _ = resources.split(prices)
        room_costs = np.append(self.uses @ room_prices.T, np.full((len(self.uses), 1), np.inf), axis=1)
        costs = np.where(self.holds, room_costs[:, resources.rooms_at], np.inf)
        pick = costs.argmin(axis=2)
        least = np.take_along_axis(costs, pick[:, :, None], axis=2)[:, :, 0] + self.uses @ site_prices.T
        least[:, resources.in_home] = 0.0
        room = resources.rooms_at[np.arange(resources.sites), pick]
        return least[self.pair_class, self.pair_site], room[self.pair_class, self.pair_site]

    def whole_values(self, pair_price: Floats, prices: Floats) -> Floats:
        """Return what each whole choice is worth after prices."""
        part = self.whole_of_pair >= 0
        paid = _count(self.whole_of_pair[part], pair_price[part], size=len(self.whole_site))
        caregivers = self.resources.split(prices)[2]
        values: Floats = self.whole_worth - paid - caregivers[self.whole_site]
        return values

    def single_values(self, pair_price: Floats, prices: Floats) -> Floats:
        """Return what each single choice is worth after prices; nothing is worth 0."""
        caregivers = self.resources.split(prices)[2]
        paid: Floats = np.append(pair_price + caregivers[self.pair_site], 0.0)
        return self.single_worth - paid[self.pair_of_single]

    def choice_values(self, whole: Floats, single_best: Floats) -> Floats:
        """Return the values of all choices of all households, from those of whole choices and of each child apart."""
        apart = _count(self.apart_of_child, single_best, size=self.apart)
        return np.concatenate([[0.0], apart, whole])[self.source_of_choice]

    def wanted(self, share: Floats, single_share: Floats, room: Ints) -> Floats:
        """Return how many of each resource are wanted, from the share of each choice and of each single choice."""
        resources = self.resources
        by_source = _count(self.source_of_choice, share, size=1 + self.apart + len(self.whole_site))
        apart, whole = by_source[1 : 1 + self.apart], np.append(by_source[1 + self.apart :], 0.0)
        child = np.repeat(np.arange(len(self.single_first)), np.diff(np.append(self.single_first, len(single_share))))
        alone = _count(
            self.pair_of_single + 1, single_share * apart[self.apart_of_child[child]], size=len(self.pair_site) + 1
        )[1:]
        weight = whole[self.whole_of_pair] + alone
        caregivers = _count(self.whole_site, whole[:-1], size=resources.sites)
        caregivers += _count(self.pair_site, alone, size=resources.sites)
        caregivers[~resources.in_home] = 0.0
        per_room, per_site = [], []
        for session in range(resources.sessions):
            using = weight * self.uses[self.pair_class, session]
            per_room.append(_count(room, using, size=resources.rooms + 1)[:-1])
            per_site.append(np.where(resources.in_home, 0.0, _count(self.pair_site, using, size=resources.sites)))
        return np.concatenate([np.stack(per_room, 1).ravel(), np.stack(per_site, 1).ravel(), caregivers])


def _count(at: Ints, weight: Floats, *, size: int) -> Floats:
    """Add up weights by number; bincount alone would count whole numbers when there is nothing to add."""
    return np.bincount(at, weight, minlength=size).astype(np.float64)


def resources_of(market: Market) -> Resources:
    """Number the rooms, sites and caregivers of a morning, in order of site_id, with their capacities."""
    sites, sessions = market.table.sites, len(CLOCK) if market.morning.by_session else 1
    rooms = [room for site in sites for room in site.rooms]
    widest = max((len(site.rooms) for site in sites), default=0) or 1
    rooms_at = np.full((len(sites), widest), len(rooms), dtype=np.int64)
    number = 0
    for row, site in enumerate(sites):
        rooms_at[row, : len(site.rooms)] = range(number, number + len(site.rooms))
        number += len(site.rooms)
    capacity = [_capacity(room, market.morning) for room in rooms] + [_capacity(site, market.morning) for site in sites]
    in_home = market.table.in_home
    return Resources(
        capacity=np.append(np.array(capacity, dtype=np.float64).ravel(), in_home.astype(np.float64)),
        rooms=len(rooms),
        sites=len(sites),
        sessions=sessions,
        in_home=in_home,
        rooms_at=rooms_at,
        from_months=np.array([room.from_months for room in rooms] + [0], dtype=np.int64),
        until_months=np.array([room.until_months if room.spots else 0 for room in rooms] + [0], dtype=np.int64),
    )


def _capacity(holder: Room | Site, morning: Morning) -> list[int]:
    if not morning.by_session or holder.session_spots is None:
        return [holder.spots] * (len(CLOCK) if morning.by_session else 1)
    return [min(holder.spots, holder.session_spots.get((0, session), 0)) for session in CLOCK]


@dataclass(frozen=True)
class _Pairs:
    """Children and sites that fit, sorted by household, child and edge."""

    edge: Ints
    household: Ints
    child: Ints
    klass: Ints


def offers_of(market: Market, worth: Sequence[float]) -> Offers:
    """List all choices of all households; `worth` is minutes by priority."""
    resources = resources_of(market)
    pairs, uses, holds = _pairs_of(market, resources)
    households = market.morning.households
    sizes = np.array([len(household.children) for household in households], dtype=np.int64)
    may_part = np.array([not household.keep_together for household in households], dtype=np.bool_) & (sizes > 1)
    whole_edge, whole_worth = _whole(market, pairs, worth)
    number_of_edge = np.full(len(market.site), -1, dtype=np.int64)
    number_of_edge[whole_edge] = np.arange(len(whole_edge))
    owner_of_edge = np.repeat(np.arange(len(households)), np.diff(market.first))

    alone = np.flatnonzero(may_part[pairs.household])
    single_worth = _single_worth(market, pairs, alone, worth)
    lone_children = np.flatnonzero(np.repeat(may_part, sizes))
    lone_household = np.repeat(np.arange(len(households)), sizes)[lone_children]
    apart_number = np.cumsum(may_part) - 1
    order, first = _with_nothing(len(lone_children), np.searchsorted(lone_children, pairs.child[alone]))

    parting = np.flatnonzero(may_part)
    choices, choice_first = _with_nothing(len(households), np.concatenate([parting, owner_of_edge[whole_edge]]))
    return Offers(
        resources=resources,
        uses=uses,
        holds=holds,
        pair_site=market.site[pairs.edge],
        pair_class=pairs.klass,
        whole_of_pair=number_of_edge[pairs.edge],
        whole_site=market.site[whole_edge],
        whole_worth=whole_worth,
        pair_of_single=np.append(alone, -1)[order - 1],
        single_worth=np.append(single_worth, 0.0)[order - 1],
        single_first=first,
        apart_of_child=apart_number[lone_household],
        apart=int(may_part.sum()),
        choice_first=choice_first,
        source_of_choice=choices,
    )


def _with_nothing(owners: int, owner: Ints) -> tuple[Ints, Ints]:
    """Sort items into runs by owner, each led by nothing; return the items (0 is nothing, i + 1 item i) and the starts.

    >>> order, first = _with_nothing(2, np.array([1, 0, 1]))
    >>> order.tolist(), first.tolist()
    ([0, 2, 0, 1, 3], [0, 2])
    """
    all_owners = np.concatenate([np.arange(owners), owner])
    items = np.concatenate([np.zeros(owners, dtype=np.int64), np.arange(1, len(owner) + 1)])
    order = np.argsort(all_owners, kind="stable")
    return items[order], np.searchsorted(all_owners[order], np.arange(owners))


def _pairs_of(market: Market, resources: Resources) -> tuple[_Pairs, Floats, Bools]:
    """List the pairs that some room (or a caregiver) could hold, with the sessions and rooms of each class."""
    households = market.morning.households
    owner = np.repeat(np.arange(len(households)), np.diff(market.first))
    runs = [np.flatnonzero(market.fits >> np.uint8(k) & 1) for k in range(4)]
    edge = np.concatenate(runs)
    number = np.repeat(np.arange(4), [len(run) for run in runs])
    first_child = np.cumsum([0] + [len(household.children) for household in households])
    child = first_child[owner[edge]] + number
    order = np.lexsort((edge, child))
    edge, child = edge[order], child[order]
    klass, uses, holds = _classes_of(market, resources, edge, child)
    site = market.site[edge]
    spots = np.array([site.spots for site in market.table.sites] + [0], dtype=np.int64)
    has_room: Bools = np.logical_or.reduce(holds, axis=2)
    real = (resources.in_home[site] | has_room[klass, site]) & (spots[site] > 0)
    return _Pairs(edge[real], owner[edge][real], child[real], klass[real]), uses, holds


def _classes_of(market: Market, resources: Resources, edge: Ints, child: Ints) -> tuple[Ints, Floats, Bools]:
    """Group the pairs by age and sessions, and say which sessions each group uses and which rooms could hold it."""
    children = [child for household in market.morning.households for child in household.children]
    months = np.array([child.months for child in children] + [0], dtype=np.int64)[child]
    most = int(months.max(initial=0)) + 1
    kinds, klass = np.unique(_session_bits(market, edge, child) * most + months, return_inverse=True)
    uses = ((kinds[:, None] // most) >> np.arange(resources.sessions) & 1).astype(np.float64)
    ages = (kinds % most)[:, None]
    held = (resources.from_months <= ages) & (ages < resources.until_months)
    return klass, uses, held[:, resources.rooms_at]


def _session_bits(market: Market, edge: Ints, child: Ints) -> Ints:
    """The sessions each pair touches as bits, or the one bit of the whole morning."""
    if not market.morning.by_session:
        return np.ones(len(edge), dtype=np.int64)
    spans = [care_hours(household, child) for household in market.morning.households for child in household.children]
    hours = np.array([*spans, (0, 0)], dtype=np.float64)[child]
    touches = touched_by_name(hours[:, 0] - market.way[edge], hours[:, 1] + market.way[edge])
    return touches @ (1 << np.arange(touches.shape[1]))


def _whole(market: Market, pairs: _Pairs, worth: Sequence[float]) -> tuple[Ints, Floats]:
    """Return the edges at which all children of a household could be, and what that is worth."""
    on_edge = np.bincount(pairs.edge, minlength=len(market.site))
    edges, values = [], []
    for at, household in enumerate(market.morning.households):
        size = len(household.children)
        crowd = sum(child.months < INFANT_MONTHS for child in household.children) > INFANTS_PER_CAREGIVER
        run = market.edges(at)
        for edge in (np.flatnonzero(on_edge[run] == size) + run.start).tolist():
            site = market.table.sites[market.site[edge]]
            in_home = site.kind is Kind.IN_HOME
            # Siblings who touch different sessions may share one spot of a site; a caregiver counts heads.
            too_many = site.spots < size and (in_home or not market.morning.by_session)
            if too_many or (crowd and in_home):
                continue
            taken = minutes_taken(site.kind, float(market.minutes[edge]), children=size, apart=False)
            edges.append(edge)
            values.append(value_of(worth, household.priority, children=size, taken=taken))
    return np.array(edges, dtype=np.int64), np.array(values, dtype=np.float64)


def _single_worth(market: Market, pairs: _Pairs, alone: Ints, worth: Sequence[float]) -> Floats:
    """Return what each pair that may stand alone is worth; a child alone pays the way once, wherever it is."""
    by_priority = np.array([worth[household.priority] for household in market.morning.households] + [0.0])
    way = minutes_taken(Kind.CENTER, 0.0, children=1, apart=True) + market.minutes[pairs.edge[alone]]
    return by_priority[pairs.household[alone]] - way
