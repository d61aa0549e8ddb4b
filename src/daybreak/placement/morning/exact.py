"""The best plan there is, for markets small enough: the whole problem as an integer program, solved by HiGHS.

Columns: a household whole at a site, and a child on its own, for every edge. Rows: each child once; for each site its
spots; for each kind of child at a site the rooms that hold it, for each room its spots. Which room a child takes follows
from how many of its kind each room gets.
"""

from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

from daybreak.placement.morning.ages import Ages
from daybreak.placement.morning.arrays import Floats, Households, Sites
from daybreak.placement.morning.candidates import Edges
from daybreak.placement.morning.prices import Kinds
from daybreak.placement.ranking import APART_MINUTES

Rows = npt.NDArray[np.int64]
ALONE = 4


@dataclass(frozen=True)
class Columns:
    """Choices: the edge, the household, and who is placed there (a child's number, or ALONE for the whole household)."""

    edge: Rows
    household: Rows
    who: Rows
    value: Floats


@dataclass(frozen=True)
class Program:
    """A linear program: maximize value x, rows of `matrix` at most `most`; the first columns are those of `columns`."""

    columns: Columns
    value: Floats
    integral: npt.NDArray[np.bool_]
    rows: Rows
    cols: Rows
    entries: Floats
    least: Floats
    most: Floats
    child_rows: int


def columns_of(households: Households, edges: Edges, chosen: Rows | None = None) -> Columns:
    """List the choices on all edges, or on those chosen."""
    of_edge = np.arange(edges.count) if chosen is None else chosen
    owner = np.repeat(np.arange(households.count), np.diff(edges.first))[of_edge]
    flags, minutes = edges.flags[of_edge], edges.minutes[of_edge].astype(np.float64)
    size = np.diff(households.first)
    parts = []
    whole = (flags & 16) > 0
    taken = np.where(flags & 64 > 0, minutes, minutes * size[owner])
    parts.append((of_edge[whole], owner[whole], np.full(whole.sum(), ALONE), (households.worth[owner] * size[owner] - taken)[whole]))
    for k in range(4):
        lone = (flags >> k & 1 > 0) & (size[owner] > 1) & ~households.together[owner]
        parts.append((of_edge[lone], owner[lone], np.full(lone.sum(), k), (households.worth[owner] - minutes - APART_MINUTES)[lone]))
    edge, household, who, value = (np.concatenate([part[at] for part in parts]) for at in range(4))
    return Columns(edge, household, who, value)


def program_of(sites: Sites, households: Households, ages: Ages, edges: Edges, kinds: Kinds, columns: Columns,
               room_left: npt.NDArray[np.int32] | None = None, site_left: npt.NDArray[np.int32] | None = None) -> Program:
    room_left = sites.room_spots if room_left is None else room_left
    site_left = sites.spots if site_left is None else site_left
    sessions = sites.sessions
    size = np.diff(households.first)
    n = len(columns.edge)
    at = np.arange(n)
    rows, cols, entries = [], [], []
    whole = columns.who == ALONE
    # each child once: a whole household counts in the row of each of its children
    for k in range(4):
        of = np.flatnonzero((whole & (size[columns.household] > k)) | (columns.who == k))
        rows.append(households.first[columns.household[of]] + k); cols.append(of); entries.append(np.ones(len(of)))
    # households that stay together need one row only; extra rows are harmless and presolve drops them
    child_rows = households.children
    in_home = sites.in_home[edges.site[columns.edge]]
    site = edges.site[columns.edge].astype(np.int64)
    # (kind, site) pairs
    kind_count = len(ages.months) * len(kinds.combos)
    uses_k, uses_c = [], []
    for k in range(4):
        of = np.flatnonzero(((whole & (size[columns.household] > k)) | (columns.who == k)) & ~in_home)
        touched = edges.touched[columns.edge[of], k] if sessions > 1 else np.ones(len(of), np.int64)
        kind = ages.of_child[households.first[columns.household[of]] + k].astype(np.int64) * len(kinds.combos) + kinds.of_touched[touched]
        uses_k.append(kind * sites.count + site[of]); uses_c.append(of)
    pair, col = np.concatenate(uses_k), np.concatenate(uses_c)
    pairs, pair_row = np.unique(pair, return_inverse=True)
    pk, ps = pairs // sites.count, pairs % sites.count
    months, bits = ages.months[pk // len(kinds.combos)], kinds.combos[pk % len(kinds.combos)]
    # rooms that hold each pair
    z_pair, z_room = [], []
    for shift in range(int(np.diff(sites.room_first).max(initial=0))):
        room = sites.room_first[ps] + shift
        ok = room < sites.room_first[ps + 1]
        room = np.where(ok, room, 0)
        ok &= (sites.room_from[room] <= months) & (months < sites.room_until[room]) if len(sites.room_from) else False
        z_pair.append(np.flatnonzero(ok)); z_room.append(room[ok])
    z_pair, z_room = np.concatenate([np.zeros(0, np.int64), *z_pair]), np.concatenate([np.zeros(0, np.int64), *z_room])
    balance0 = child_rows
    rows.append(balance0 + pair_row); cols.append(col); entries.append(np.ones(len(col)))
    rows.append(balance0 + z_pair); cols.append(n + np.arange(len(z_pair))); entries.append(-np.ones(len(z_pair)))
    room0 = balance0 + len(pairs)
    for t in range(sessions):
        of = np.flatnonzero(bits[z_pair] >> t & 1)
        rows.append(room0 + z_room[of] * sessions + t); cols.append(n + of); entries.append(np.ones(len(of)))
    site0 = room0 + room_left.size
    for t in range(sessions):
        of = np.flatnonzero(bits[pair // sites.count % len(kinds.combos)] >> t & 1) if False else np.flatnonzero(kinds.combos[(pair // sites.count) % len(kinds.combos)] >> t & 1)
        rows.append(site0 + (pair[of] % sites.count) * sessions + t); cols.append(col[of]); entries.append(np.ones(len(of)))
    home = np.flatnonzero(in_home)
    rows.append(site0 + site[home] * sessions); cols.append(home); entries.append(np.ones(len(home)))
    site_limit = site_left.copy(); site_limit[sites.in_home] = 1
    count = site0 + site_left.size
    least = np.full(count, -np.inf); least[balance0:room0] = 0
    most = np.concatenate([np.ones(child_rows), np.zeros(len(pairs)), room_left.ravel(), site_limit.ravel()]).astype(float)
    return Program(columns, np.concatenate([columns.value, np.zeros(len(z_pair))]),
                   np.concatenate([np.ones(n, bool), np.full(len(z_pair), sessions > 1)]),
                   np.concatenate(rows), np.concatenate(cols), np.concatenate(entries), least, most, child_rows)


def solve(program: Program, *, integral: bool, seconds: float = 1e9, log: bool = False, gap: float = 0.0, solver: str | None = None, start: Floats | None = None):
    h = highspy.Highs(); h.silent(); h.setOptionValue("output_flag", log); h.setOptionValue("time_limit", float(seconds)); h.setOptionValue("mip_rel_gap", gap)
    h.setOptionValue("threads", 1)
    if solver: h.setOptionValue("solver", solver)
    n, m = len(program.value), len(program.most)
    cell, where = np.unique(program.cols * m + program.rows, return_inverse=True)
    entries = np.bincount(where, weights=program.entries)
    lp = highspy.HighsLp(); lp.num_col_, lp.num_row_ = n, m
    lp.col_cost_ = -program.value; lp.col_lower_ = np.zeros(n); lp.col_upper_ = np.where(program.integral & (np.arange(n) < len(program.columns.edge)), 1.0, highspy.kHighsInf)
    lp.row_lower_ = np.where(np.isinf(program.least), -highspy.kHighsInf, program.least); lp.row_upper_ = program.most
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(np.bincount(cell // m, minlength=n))]).astype(np.int32)
    lp.a_matrix_.index_ = (cell % m).astype(np.int32); lp.a_matrix_.value_ = entries
    if integral: lp.integrality_ = [highspy.HighsVarType.kInteger if i else highspy.HighsVarType.kContinuous for i in program.integral]
    h.passModel(lp)
    if start is not None:
        s = highspy.HighsSolution(); s.col_value = start; h.setSolution(s)
    h.run()
    info = h.getInfo(); sol = h.getSolution()
    bound = -info.mip_dual_bound if integral else -info.objective_function_value
    return np.array(sol.col_value), -np.array(sol.row_dual), -info.objective_function_value, bound, str(h.getModelStatus())
