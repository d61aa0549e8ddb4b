"""A made-up metropolitan morning of any size, as columns: many homes, few places of work, centers, homes and caregivers.

Seeded: geography, sites and households have streams of their own, so that another day's households can be drawn for the
same sites. Homes and jobs gather in clusters; supply lies partly elsewhere; hourly families start early and late.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from daybreak.placement.morning.arrays import MILDLY_ILL, SPECIAL_NEEDS, Households, Sites, unit_vectors

Floats = npt.NDArray[np.float64]

RADIUS_KM, CLUSTERS, JOB_CENTERS = 28.0, 26, 9
LATITUDE, LONGITUDE, METROS_APART_KM = 41.8, -87.7, 400.0
AGES = np.array([0, 18, 36, 60, 156])
"""Infants, toddlers, preschoolers and school children, in months."""
CHILDREN_PER_EDUCATOR = np.array([4, 6, 10, 15])
AGES_ASKED, AGES_OFFERED = np.array([0.20, 0.26, 0.31, 0.23]), np.array([0.16, 0.25, 0.35, 0.24])
SIBLINGS = np.array([0.55, 0.32, 0.10, 0.03])
"""Shares of households with one to four children."""
CAREGIVER_MEAN, FAMILY_HOME_MEAN, CENTER_MEDIAN = 1.6, 7.0, 34
CAREGIVER_SPOTS = 4
WORTH = np.array([1400.0, 1200.0, 1000.0])


@dataclass(frozen=True)
class Town:
    """Sites and households; `hourly` says which households are paid by the hour, `priority` their class."""

    sites: Sites
    households: Households
    hourly: npt.NDArray[np.bool_]
    priority: npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Geography:
    centers: Floats
    jobs: Floats
    residents: Floats
    supply: Floats
    workers: Floats
    spread: Floats
    job_spread: Floats
    hourly: Floats


def draw_town(children: int, tightness: float, seed: int, *, metros: int = 1, day: int = 0) -> Town:
    """Draw a morning of about `children` children; `tightness` is children per spot. `day` draws other households.

    Metros lie far apart, so that no family reaches two.
    """
    shares = [children // metros + (at < children % metros) for at in range(metros)]
    sites, households, hourly, priority = [], [], [], []
    for metro, share in enumerate(shares):
        land = _geography(np.random.default_rng([seed, metro, 1]))
        east = metro * METROS_APART_KM
        sites.append(_sites(np.random.default_rng([seed, metro, 2]), land, share / tightness, east))
        drawn = _households(np.random.default_rng([seed, metro, 3, day]), land, share, east)
        households.append(drawn[0])
        hourly.append(drawn[1])
        priority.append(drawn[2])
    return Town(_join_sites(sites), _join_households(households), np.concatenate(hourly), np.concatenate(priority))


def _geography(rng: np.random.Generator) -> _Geography:
    angle, away = rng.uniform(0, 2 * np.pi, CLUSTERS), RADIUS_KM * np.sqrt(rng.uniform(0, 1, CLUSTERS))
    centers = np.column_stack([away * np.cos(angle), away * np.sin(angle)])
    centers[0] = 0
    residents, spread = rng.dirichlet(np.full(CLUSTERS, 1.5)), rng.uniform(1.5, 5.5, CLUSTERS)
    jobs = centers[rng.choice(CLUSTERS, JOB_CENTERS, replace=False)] + rng.normal(size=(JOB_CENTERS, 2))
    jobs[0] = 0
    workers = rng.dirichlet(np.ones(JOB_CENTERS))
    workers[0] += 0.5
    return _Geography(
        centers=centers,
        jobs=jobs,
        residents=residents,
        supply=rng.dirichlet(np.full(CLUSTERS, 1.5)) * 0.6 + residents * 0.4,
        workers=workers / workers.sum(),
        spread=spread,
        job_spread=rng.uniform(0.8, 3, JOB_CENTERS),
        hourly=rng.uniform(0, 1, CLUSTERS),
    )


def _around(rng: np.random.Generator, count: int, centers: Floats, weights: Floats, spread: Floats) -> Floats:
    at = rng.choice(len(weights), count, p=weights)
    return centers[at] + rng.normal(size=(count, 2)) * spread[at][:, None]


def _vectors(kilometers: Floats, east: float) -> Floats:
    degree = 111.195
    return unit_vectors(
        LATITUDE + kilometers[:, 1] / degree,
        LONGITUDE + (kilometers[:, 0] + east) / (degree * np.cos(np.radians(LATITUDE))),
    )


def _sites(rng: np.random.Generator, land: _Geography, spots: float, east: float) -> Sites:
    caregivers, homes = int(0.10 * spots / CAREGIVER_MEAN), int(0.15 * spots / FAMILY_HOME_MEAN)
    rest = spots - caregivers * CAREGIVER_MEAN - homes * FAMILY_HOME_MEAN
    sizes = np.clip(np.exp(rng.normal(np.log(CENTER_MEDIAN), 0.75, int(rest / 12) + 20)), 12, 150).astype(int)
    sizes = sizes[: int(np.searchsorted(np.cumsum(sizes), rest)) + 1]
    kind = np.repeat([0, 1, 2], [len(sizes), homes, caregivers])
    count = len(kind)
    near_families = _around(rng, count, land.centers, land.supply, land.spread * 1.1)
    near_jobs = _around(rng, count, land.jobs, land.workers, land.job_spread * 1.5)
    away, angle = RADIUS_KM * np.sqrt(rng.uniform(0, 1, count)), rng.uniform(0, 2 * np.pi, count)
    anywhere = np.column_stack([away * np.cos(angle), away * np.sin(angle)])
    pick = rng.uniform(size=count) * np.where(kind > 0, 0.55, 1.0)
    place = np.where((pick < 0.5)[:, None], near_families, np.where((pick < 0.8)[:, None], near_jobs, anywhere))
    in_home = kind == 2
    opens = rng.choice([330, 360, 390, 420], count, p=[0.12, 0.38, 0.35, 0.15])
    closes = rng.choice([1050, 1080, 1110, 1140, 1320], count, p=[0.1, 0.35, 0.35, 0.1, 0.1])
    opens[in_home] = rng.choice([240, 300, 360, 420], caregivers)
    closes[in_home] = rng.choice([1080, 1200, 1380, 1439], caregivers)
    ill, special = rng.uniform(size=count) < np.where(in_home, 0.6, 0.22), rng.uniform(size=count) < 0.55
    rooms, of_site = _rooms(rng, kind, sizes)
    totals = [int(sizes[at]) if at < len(sizes) else rooms[at][-1][2] if rooms[at] else CAREGIVER_SPOTS for at in of_site]
    flat = [room for at in range(count) for room in rooms[at]]
    return Sites(
        place=_vectors(place, east),
        in_home=in_home,
        opens=opens.astype(np.int32),
        closes=closes.astype(np.int32),
        takes=(ill * MILDLY_ILL + special * SPECIAL_NEEDS).astype(np.uint8),
        radius_km=np.where(in_home, rng.uniform(6, 15, count), 0.0),
        spots=np.array(totals, dtype=np.int32).reshape(-1, 1),
        room_first=np.cumsum([0, *(len(rooms[at]) for at in range(count))], dtype=np.int64),
        room_from=np.array([room[0] for room in flat], dtype=np.int32),
        room_until=np.array([room[1] for room in flat], dtype=np.int32),
        room_spots=np.array([room[2] for room in flat], dtype=np.int32).reshape(-1, 1),
    )


def _rooms(
    rng: np.random.Generator, kind: npt.NDArray[np.int64], sizes: npt.NDArray[np.int64]
) -> tuple[list[list[tuple[int, int, int]]], range]:
    """Rooms as (from, until, spots), narrowest first; a family home has room for two infants within its total."""
    rooms: list[list[tuple[int, int, int]]] = []
    for at, what in enumerate(kind):
        if what == 0:
            has = rng.uniform(size=4) < np.array([0.75, 0.9, 0.97, 0.6])
            has[2] |= not has.any()
            mix = AGES_OFFERED * has * rng.uniform(0.6, 1.4, 4)
            licensed = np.maximum(1, np.round(mix / mix.sum() * sizes[at] * 1.12)).astype(int)
            educators = np.ceil(licensed / CHILDREN_PER_EDUCATOR).astype(int)
            educators = np.maximum(1, educators - (rng.uniform(size=4) < 0.12))
            spots = np.minimum(licensed, educators * CHILDREN_PER_EDUCATOR)
            rooms.append([(int(AGES[b]), int(AGES[b + 1]), int(spots[b])) for b in range(4) if has[b]])
        elif what == 1:
            total = int(rng.integers(6, 9))
            rooms.append([(0, 18, 2), (18, 156, total)])
        else:
            rooms.append([])
    return rooms, range(len(kind))


def _households(
    rng: np.random.Generator, land: _Geography, children: int, east: float
) -> tuple[Households, npt.NDArray[np.bool_], npt.NDArray[np.int64]]:
    size = rng.choice([1, 2, 3, 4], children, p=SIBLINGS)
    size = size[: int(np.searchsorted(np.cumsum(size), children)) + 1]
    size[-1] -= size.sum() - children
    size = size[size > 0]
    count = len(size)
    live = rng.choice(CLUSTERS, count, p=land.residents)
    home = land.centers[live] + rng.normal(size=(count, 2)) * land.spread[live][:, None]
    work = _around(rng, count, land.jobs, land.workers, land.job_spread)
    hourly = rng.uniform(size=count) < 0.15 + 0.6 * land.hourly[live]
    starts = np.where(
        hourly,
        rng.choice([300, 360, 420, 480, 600, 840], count, p=[0.04, 0.2, 0.3, 0.26, 0.14, 0.06]),
        rng.choice([450, 480, 510, 540, 570], count),
    )
    hours = np.where(hourly, rng.choice([360, 480, 510], count), rng.choice([450, 480, 510, 540], count))
    ends = np.minimum(starts + hours, 1430)
    priority = np.where(rng.uniform(size=count) < 0.12, 0, np.where(rng.uniform(size=count) < 0.4, 1, 2))
    owner = np.repeat(np.arange(count), size)
    age = rng.choice(4, len(owner), p=AGES_ASKED)
    months = rng.integers(np.maximum(AGES[age], 2), AGES[age + 1])
    ill, special = rng.uniform(size=count) < 0.06, rng.uniform(size=count) < 0.08
    together = (size == 1) | (rng.uniform(size=count) < 0.75)
    turn = np.empty(count, dtype=np.int32)
    turn[rng.permutation(count)] = np.arange(count, dtype=np.int32)
    households = Households(
        home=_vectors(home, east),
        work=_vectors(work, east),
        most_detour=rng.choice([15.0, 20.0, 25.0, 30.0, 40.0], count, p=[0.15, 0.3, 0.25, 0.2, 0.1]),
        together=together,
        worth=WORTH[priority],
        turn=turn,
        first=np.cumsum([0, *size], dtype=np.int64),
        months=months.astype(np.int32),
        needs=(ill * MILDLY_ILL + special * SPECIAL_NEEDS).astype(np.uint8)[owner],
        since=starts[owner].astype(np.int32),
        until=ends[owner].astype(np.int32),
    )
    return households, hourly, priority


def _join_sites(parts: list[Sites]) -> Sites:
    joined = {name: np.concatenate([getattr(part, name) for part in parts]) for name in Sites._fields}
    return Sites(**{**joined, "room_first": _joined_offsets([part.room_first for part in parts])})


def _join_households(parts: list[Households]) -> Households:
    joined = {name: np.concatenate([getattr(part, name) for part in parts]) for name in Households._fields}
    before = np.cumsum([0, *(part.count for part in parts)])
    turn = np.concatenate([part.turn + begun for part, begun in zip(parts, before, strict=False)]).astype(np.int32)
    return Households(**{**joined, "turn": turn, "first": _joined_offsets([part.first for part in parts])})


def _joined_offsets(parts: list[npt.NDArray[np.int64]]) -> npt.NDArray[np.int64]:
    return np.cumsum([0, *np.concatenate([np.diff(part) for part in parts])], dtype=np.int64)
