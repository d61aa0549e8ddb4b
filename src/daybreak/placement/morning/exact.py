"""The best plan there is, for markets small enough: the whole problem as an integer program, solved by HiGHS.

Columns: a household whole at a site, or a child on its own, for every edge. Rows: each child once; each site its spots;
for each kind of child at a site as many as its rooms take in; for each room its spots. Which room a child takes then
follows from how many of its kind each room has.

In larger markets the same program settles what prices leave undecided: households whose best choices are worth nearly
the same, over those choices, while all others stay where they are.
"""

from dataclasses import dataclass

import highspy
import numpy as np

from daybreak.placement.morning.arrays import Bools, Floats, Ints, Numbers
from daybreak.placement.morning.choices import Choices
from daybreak.placement.morning.market import Market
from daybreak.placement.morning.standing import plan_value
from daybreak.placement.morning.tally import Tally, fits_now, nobody_placed, put
from daybreak.placement.ranking import APART_MINUTES

WHOLE = 4
"""Who a column places: child 0 to 3 of its household alone, or the household whole."""
UNDECIDED_MINUTES, UNDECIDED_CHOICES = 2.0, 6
"""Choices of an undecided household: so much worse than its best at most, and so many at most."""
EARLIER = 1e-6
"""By how much a minute of the family that asked first counts more than one of the last, so that ties fall its way."""
GOOD_ENOUGH = 5e-5
"""The part of the value by which the settled plan may miss the best of its program."""


@dataclass(frozen=True)
class Columns:
    """Choices (N): the edge, the household, who is placed there, what that is worth, and what it counts for in a
    tie.
    """

    edge: Numbers
    household: Numbers
    who: Numbers
    value: Floats
    tie: Floats


@dataclass(frozen=True)
class Program:
    """Maximize value x, each row of the matrix between `least` and `most`; the first N columns are the choices.

    The matrix is given by triples; entries of one row and column add up.
    """

    columns: Columns
    value: Floats
    integral: Bools
    triples: tuple[Numbers, Numbers, Floats]
    least: Floats
    most: Floats


@dataclass(frozen=True)
class Answer:
    """What the solver found: which choices are taken, and what no solution exceeds; `proven` when both are the same."""

    taken: Bools
    bound: float
    proven: bool


def place_exactly(market: Market, start: Tally, *, seconds: float) -> tuple[Tally, float, bool]:
    """Solve the whole market; return the plan, a bound, whether it is proven best; never worse than `start`."""
    columns = _columns(market, np.arange(market.edges.count))
    answer = _solve(_program(market, columns, market.sites.room_spots, _heads(market)), seconds=seconds, gap=0.0)
    found = _carried_out(market, columns, answer, nobody_placed(market.sites, market.households))
    if _value(market, found) < _value(market, start):
        return start, answer.bound, False
    return found, answer.bound, answer.proven


def settle(market: Market, choices: Choices, gains: Floats, tally: Tally, *, seconds: float) -> Tally:
    """Settle what prices leave undecided; returns the better of the two plans."""
    open_, edges = _undecided(market, choices, gains, tally)
    if not len(edges):
        return tally
    columns = _columns(market, edges)
    fixed = nobody_placed(market.sites, market.households)
    _put_again(market, tally, fixed, ~open_)
    rooms, heads = market.sites.room_spots - fixed.room_taken, _heads(market) - fixed.site_taken
    answer = _solve(_program(market, columns, rooms, heads), seconds=seconds, gap=GOOD_ENOUGH)
    found = _carried_out(market, columns, answer, fixed)
    return found if _value(market, found) > _value(market, tally) else tally


def _value(market: Market, tally: Tally) -> float:
    return float(plan_value(market.households, market.edges, tally, market.owner)[0])


def _heads(market: Market) -> Ints:
    """Spots of sites; a caregiver has one, for a household."""
    heads = market.sites.spots.copy()
    heads[market.sites.in_home, 0] = 1
    return heads


def _columns(market: Market, edges: Numbers) -> Columns:
    """The choices on some edges: whole where that is possible, and alone where children may go apart."""
    households = market.households
    size = np.diff(households.first)
    owner = np.repeat(np.arange(households.count), np.diff(market.edges.first))[edges]
    flags, minutes = market.edges.flags[edges], market.edges.minutes[edges].astype(np.float64)
    whole = (flags & 32) > 0
    worth = households.worth[owner]
    taken = np.where(flags & 64 > 0, minutes, minutes * size[owner])
    parts = [(whole, np.full(len(edges), WHOLE), worth * size[owner] - taken)]
    for k in range(4):
        alone = (flags >> k & 1 > 0) & (size[owner] > 1) & ~households.together[owner]
        parts.append((alone, np.full(len(edges), k), worth - minutes - APART_MINUTES))
    chosen = np.concatenate([np.flatnonzero(which) for which, _, _ in parts])
    value = np.concatenate([value[which] for which, _, value in parts])
    early = 1.0 - households.turn[owner[chosen]] / max(1, households.count)
    return Columns(
        edge=edges[chosen],
        household=owner[chosen],
        who=np.concatenate([who[which] for which, who, _ in parts]),
        value=value,
        tie=EARLIER * early * np.maximum(value, 0.0),
    )


def _program(market: Market, columns: Columns, room_left: Ints, heads_left: Ints) -> Program:
    sites, households, kinds = market.sites, market.households, market.kinds
    size, sessions, count = np.diff(households.first), sites.sessions, len(columns.edge)
    site = market.edges.site[columns.edge].astype(np.int64)
    in_home = sites.in_home[site]
    triples: list[tuple[Numbers, Numbers, float]] = []
    pairs_of, column_of = [], []
    for k in range(4):
        has = np.flatnonzero(np.where(columns.who == WHOLE, size[columns.household] > k, columns.who == k))
        triples.append((households.first[columns.household[has]] + k, has, 1.0))
        at = has[~in_home[has]]
        touched = market.edges.touched[columns.edge[at], k] if sessions > 1 else np.ones(len(at), np.int64)
        age = market.ages.of_child[households.first[columns.household[at]] + k].astype(np.int64)
        kind = age * len(kinds.combos) + kinds.of_touched[touched]
        pairs_of.append(kind * sites.count + site[at])
        column_of.append(at)
    pair, column = np.concatenate(pairs_of), np.concatenate(column_of)
    pairs, row = np.unique(pair, return_inverse=True)
    pair_kind, pair_site = pairs // sites.count, pairs % sites.count
    bits = kinds.combos[pair_kind % len(kinds.combos)]
    held_pair, held_room = _rooms_that_hold(market, pair_kind, pair_site)
    held = count + np.arange(len(held_pair))
    # Rows: children, pairs of kind and site, rooms by session, sites by session.
    at_pairs = households.children
    at_rooms = at_pairs + len(pairs)
    at_sites = at_rooms + room_left.size
    triples += [(at_pairs + row, column, 1.0), (at_pairs + held_pair, held, -1.0)]
    for t in range(sessions):
        uses = np.flatnonzero(bits[held_pair] >> t & 1)
        triples.append((at_rooms + held_room[uses] * sessions + t, held[uses], 1.0))
        uses = np.flatnonzero(bits[row] >> t & 1)
        triples.append((at_sites + pair_site[row[uses]] * sessions + t, column[uses], 1.0))
    home = np.flatnonzero(in_home)
    triples.append((at_sites + site[home] * sessions, home, 1.0))
    least = np.full(at_sites + heads_left.size, -np.inf)
    least[at_pairs:at_rooms] = 0.0
    return Program(
        columns=columns,
        value=np.concatenate([columns.value + columns.tie, np.zeros(len(held))]),
        integral=np.concatenate([np.ones(count, np.bool_), np.full(len(held), sessions > 1)]),
        triples=(
            np.concatenate([rows for rows, _, _ in triples]),
            np.concatenate([cols for _, cols, _ in triples]),
            np.concatenate([np.full(len(rows), entry) for rows, _, entry in triples]),
        ),
        least=least,
        most=np.concatenate(
            [np.ones(households.children), np.zeros(len(pairs)), room_left.ravel(), heads_left.ravel()]
        ).astype(np.float64),
    )


def _rooms_that_hold(market: Market, kind: Numbers, site: Numbers) -> tuple[Numbers, Numbers]:
    """Each pair of kind and site beside each room there that holds the age."""
    sites, months = market.sites, market.ages.months[kind // len(market.kinds.combos)]
    pairs, rooms = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for shift in range(int(np.diff(sites.room_first).max(initial=0))):
        room = sites.room_first[site] + shift
        there = np.flatnonzero(room < sites.room_first[site + 1])
        room = room[there]
        holds = (sites.room_from[room] <= months[there]) & (months[there] < sites.room_until[room])
        pairs.append(there[holds])
        rooms.append(room[holds])
    return np.concatenate(pairs), np.concatenate(rooms)


class _Quiet(highspy.Highs):  # type: ignore[misc]  # it has no types
    """HiGHS that prints nothing: it greets on standard output while it is made, unless it is told not to before."""

    def enableCallbacks(self) -> None:  # noqa: N802  # the library's name
        self.silent()
        super().enableCallbacks()


def _solve(program: Program, *, seconds: float, gap: float) -> Answer:
    solver = _Quiet()
    for option, value in (("time_limit", seconds), ("mip_rel_gap", gap), ("threads", 1), ("random_seed", 0)):
        solver.setOptionValue(option, value)
    rows, columns, entries = program.triples
    count, height = len(program.value), len(program.most)
    cell, where = np.unique(columns * height + rows, return_inverse=True)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = count, height
    model.col_cost_ = -program.value
    model.col_lower_ = np.zeros(count)
    choices = len(program.columns.edge)
    model.col_upper_ = np.concatenate([np.ones(choices), np.full(count - choices, highspy.kHighsInf)])
    model.row_lower_ = np.where(np.isinf(program.least), -highspy.kHighsInf, program.least)
    model.row_upper_ = program.most
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.concatenate([[0], np.cumsum(np.bincount(cell // height, minlength=count))])
    model.a_matrix_.index_ = cell % height
    model.a_matrix_.value_ = np.bincount(where, weights=entries).astype(np.float64)
    whole, part = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
    model.integrality_ = [whole if one else part for one in program.integral]
    solver.passModel(model)
    solver.run()
    taken = np.array(solver.getSolution().col_value[:choices]) > 0.5
    proven = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    # Ties only ever add to a solution's worth, so the bound holds without them as well.
    return Answer(taken if len(taken) else np.zeros(choices, np.bool_), -solver.getInfo().mip_dual_bound, proven)


def _carried_out(market: Market, columns: Columns, answer: Answer, tally: Tally) -> Tally:
    """Put what the solver chose into rooms; whoever a room is not found for stays out, and is looked for later."""
    taken = np.flatnonzero(answer.taken)
    whole = columns.who[taken] == WHOLE
    alone = market.households.count + market.households.first[columns.household[taken]] + columns.who[taken]
    rooms = np.empty(4, np.int64)
    units = np.where(whole, columns.household[taken], alone)
    for unit, e in zip(units.tolist(), columns.edge[taken].tolist(), strict=True):
        tally.written[0] = 0
        where = (market.sites, market.households, market.edges, tally, market.owner, unit, e, rooms)
        if fits_now(*where):
            put(*where)
    return tally


def _put_again(market: Market, source: Tally, target: Tally, which: Bools) -> None:
    """Put the households chosen where they are in another plan, in the same rooms."""
    households, count = market.households, market.households.count
    for unit in np.flatnonzero((source.edge >= 0) & which[market.owner]).tolist():
        h = int(market.owner[unit])
        begin, end = (
            (households.first[h], households.first[h + 1]) if unit < count else (unit - count, unit - count + 1)
        )
        rooms = np.full(4, -1, np.int64)
        rooms[begin - households.first[h] : end - households.first[h]] = source.room[begin:end]
        target.written[0] = 0
        put(market.sites, households, market.edges, target, market.owner, unit, int(source.edge[unit]), rooms)


def _undecided(market: Market, choices: Choices, gains: Floats, tally: Tally) -> tuple[Bools, Numbers]:
    """Which households are not settled by the prices, and the edges they are still choosing between."""
    count, owner = market.households.count, market.owner
    units = np.repeat(np.arange(len(owner)), np.diff(choices.first))
    rank = np.arange(len(units)) - choices.first[units]
    best = np.where(np.diff(choices.first) > 0, np.append(choices.priced, 0.0)[choices.first[:-1]], -np.inf)
    # A child alone may be as much worse as its household is, so that only households torn between whole and apart
    # count.
    near = (choices.priced >= best[units] - UNDECIDED_MINUTES) & (rank < UNDECIDED_CHOICES)
    near &= np.where(units < count, choices.priced >= gains[owner[units]] - UNDECIDED_MINUTES, True)
    apart = np.bincount(owner[count:], weights=np.maximum(best[count:], 0.0), minlength=count)
    near &= np.where(units < count, True, apart[owner[units]] >= gains[owner[units]] - UNDECIDED_MINUTES)
    near &= gains[owner[units]] >= -UNDECIDED_MINUTES
    ways = np.bincount(owner[units[near]], minlength=count)
    at_best = np.zeros(count, np.bool_)
    first = np.flatnonzero(near & (rank == 0) & (units < count))
    at_best[units[first]] = tally.edge[units[first]] == choices.edge[first]
    open_ = ~((ways == 1) & at_best & (gains > UNDECIDED_MINUTES))
    now = tally.edge[(tally.edge >= 0) & open_[owner]]
    return open_, np.unique(np.concatenate([choices.edge[near & open_[owner[units]]], now]))
