"""A made-up metropolitan morning of any size, as columns: many homes, few places of work, centers, caregivers.

Homes and jobs gather in clusters; supply lies partly elsewhere; hourly families start early and late. Geography, sites
and households have a stream of dice each, so that another day's households can be drawn for the same sites. The order
of the draws is part of the town: a seed stays the same town in every version, and dated figures stay comparable.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from daybreak.placement.morning.arrays import MILDLY_ILL, SPECIAL_NEEDS, Households, Sites, unit_vectors
from daybreak.placement.ranking import WORTH

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

RADIUS_KM, CLUSTERS, JOB_CENTERS = 28.0, 26, 9
LATITUDE, LONGITUDE, KM_PER_DEGREE, METROS_APART_KM = 41.8, -87.7, 111.195, 400.0
AGES = np.array([0, 18, 36, 60, 156])
"""Infants, toddlers, preschoolers and school children, in months."""
CHILDREN_PER_EDUCATOR = np.array([4, 6, 10, 15])
AGES_ASKED, AGES_OFFERED = np.array([0.20, 0.26, 0.31, 0.23]), np.array([0.16, 0.25, 0.35, 0.24])
SIBLINGS = np.array([0.55, 0.32, 0.10, 0.03])
"""Shares of households with one to four children."""
CAREGIVER_MEAN, FAMILY_HOME_MEAN, CENTER_MEDIAN = 1.6, 7.0, 34
CAREGIVER_SPOTS = 4

CENTER, FAMILY_HOME, CAREGIVER = 0, 1, 2

_Room = tuple[int, int, int]
"""From and until which age in months, and spots."""


@dataclass(frozen=True)
class Town:
    """Sites and households; `kind` says what each site is (see CENTER), `hourly` which households are paid by the hour,
    `priority` their class."""

    sites: Sites
    kind: Ints
    households: Households
    hourly: Bools
    priority: Ints


class _Geography(NamedTuple):
    """Clusters of homes and centers of jobs, in kilometers, with their shares and how far they spread."""

    centers: Floats
    residents: Floats
    spread: Floats
    jobs: Floats
    workers: Floats
    job_spread: Floats
    hourly: Floats
    supply: Floats


def draw_town(children: int, tightness: float, seed: int, *, metros: int = 1, day: int = 0) -> Town:
    """Draw a morning of exactly `children` children; `tightness` is children per spot. `day` draws other households.

    Metros lie so far apart that no family reaches two.
    """
    shares = [children // metros + (at < children % metros) for at in range(metros)]
    sites, families = [], []
    for metro, share in enumerate(shares):
        land = _geography(np.random.default_rng([seed, metro, 1]))
        east = metro * METROS_APART_KM
        sites.append(_sites(np.random.default_rng([seed, metro, 2]), land, share / tightness, east))
        families.append(_households(np.random.default_rng([seed, metro, 3, day]), land, share, east))
    return Town(
        sites=_join_sites([one[0] for one in sites]),
        kind=np.concatenate([one[1] for one in sites]),
        households=_join_households([one[0] for one in families]),
        hourly=np.concatenate([one[1] for one in families]),
        priority=np.concatenate([one[2] for one in families]),
    )


def _geography(rng: np.random.Generator) -> _Geography:
    centers = _in_a_disk(rng, CLUSTERS)
    centers[0] = 0
    residents, spread = rng.dirichlet(np.full(CLUSTERS, 1.5)), rng.uniform(1.5, 5.5, CLUSTERS)
    jobs = centers[rng.choice(CLUSTERS, JOB_CENTERS, replace=False)] + rng.normal(size=(JOB_CENTERS, 2))
    jobs[0] = 0
    workers = rng.dirichlet(np.ones(JOB_CENTERS))
    workers[0] += 0.5
    return _Geography(
        centers=centers,
        residents=residents,
        spread=spread,
        jobs=jobs,
        workers=workers / workers.sum(),
        job_spread=rng.uniform(0.8, 3, JOB_CENTERS),
        hourly=rng.uniform(0, 1, CLUSTERS),
        supply=rng.dirichlet(np.full(CLUSTERS, 1.5)) * 0.6 + residents * 0.4,
    )


def _in_a_disk(rng: np.random.Generator, count: int) -> Floats:
    angle, away = rng.uniform(0, 2 * np.pi, count), RADIUS_KM * np.sqrt(rng.uniform(0, 1, count))
    return np.column_stack([away * np.cos(angle), away * np.sin(angle)])


def _around(rng: np.random.Generator, count: int, centers: Floats, weights: Floats, spread: Floats) -> Floats:
    at = rng.choice(len(weights), count, p=weights)
    return centers[at] + rng.normal(size=(count, 2)) * spread[at][:, None]


def _vectors(kilometers: Floats, east: float) -> Floats:
    return unit_vectors(
        LATITUDE + kilometers[:, 1] / KM_PER_DEGREE,
        LONGITUDE + (kilometers[:, 0] + east) / (KM_PER_DEGREE * np.cos(np.radians(LATITUDE))),
    )


def _sites(rng: np.random.Generator, land: _Geography, spots: float, east: float) -> tuple[Sites, Ints]:
    kind, sizes = _kinds(rng, spots)
    count, in_home = len(kind), kind == CAREGIVER
    place = _site_places(rng, land, kind)
    opens = rng.choice([330, 360, 390, 420], count, p=[0.12, 0.38, 0.35, 0.15])
    closes = rng.choice([1050, 1080, 1110, 1140, 1320], count, p=[0.1, 0.35, 0.35, 0.1, 0.1])
    opens[in_home] = rng.choice([240, 300, 360, 420], in_home.sum())
    closes[in_home] = rng.choice([1080, 1200, 1380, 1439], in_home.sum())
    ill, special = rng.uniform(size=count) < np.where(in_home, 0.6, 0.22), rng.uniform(size=count) < 0.55
    _draw_in_vain(rng.uniform(size=count))
    radius = np.where(in_home, rng.uniform(6, 15, count), 0.0)
    _draw_in_vain(rng.integers(0, 50, count))
    rooms = [_rooms(rng, what, size) for what, size in zip(kind.tolist(), sizes.tolist(), strict=True)]
    flat = np.array([room for of_site in rooms for room in of_site], dtype=np.int32).reshape(-1, 3)
    homes = kind == FAMILY_HOME
    sizes[homes] = [of_site[-1][2] for of_site, is_home in zip(rooms, homes, strict=True) if is_home]
    columns = Sites(
        place=_vectors(place, east),
        in_home=in_home,
        opens=opens.astype(np.int32),
        closes=closes.astype(np.int32),
        takes=(ill * MILDLY_ILL + special * SPECIAL_NEEDS).astype(np.uint8),
        radius_km=radius,
        spots=sizes.astype(np.int32).reshape(-1, 1),
        room_first=np.cumsum([0, *map(len, rooms)], dtype=np.int64),
        room_from=flat[:, 0].copy(),
        room_until=flat[:, 1].copy(),
        room_spots=flat[:, 2:].copy(),
    )
    return columns, kind


def _draw_in_vain(_: npt.NDArray[np.generic]) -> None:
    """Traits that a morning no longer has were drawn here; without the draw every seed would be another town."""


def _kinds(rng: np.random.Generator, spots: float) -> tuple[Ints, Ints]:
    """The kind of each site and the children it may have: a tenth of the spots at caregivers, 15 percent in homes."""
    caregivers, homes = int(0.10 * spots / CAREGIVER_MEAN), int(0.15 * spots / FAMILY_HOME_MEAN)
    rest = spots - caregivers * CAREGIVER_MEAN - homes * FAMILY_HOME_MEAN
    sizes = np.clip(np.exp(rng.normal(np.log(CENTER_MEDIAN), 0.75, int(rest / 12) + 20)), 12, 150).astype(int)
    sizes = sizes[: int(np.searchsorted(np.cumsum(sizes), rest)) + 1]
    kind = np.repeat([CENTER, FAMILY_HOME, CAREGIVER], [len(sizes), homes, caregivers])
    return kind, np.concatenate([sizes, np.zeros(homes, dtype=int), np.full(caregivers, CAREGIVER_SPOTS)])


def _site_places(rng: np.random.Generator, land: _Geography, kind: Ints) -> Floats:
    """Centers lie near families, near jobs or anywhere; homes and caregivers mostly near families."""
    near_families = _around(rng, len(kind), land.centers, land.supply, land.spread * 1.1)
    near_jobs = _around(rng, len(kind), land.jobs, land.workers, land.job_spread * 1.5)
    # The distance is drawn before the angle here, the other way round than for clusters.
    away, angle = RADIUS_KM * np.sqrt(rng.uniform(0, 1, len(kind))), rng.uniform(0, 2 * np.pi, len(kind))
    anywhere = np.column_stack([away * np.cos(angle), away * np.sin(angle)])
    pick = rng.uniform(size=len(kind)) * np.where(kind == CENTER, 1.0, 0.55)
    return np.where((pick < 0.5)[:, None], near_families, np.where((pick < 0.8)[:, None], near_jobs, anywhere))


def _rooms(rng: np.random.Generator, kind: int, size: int) -> list[_Room]:
    """The rooms of a site, narrowest first.

    A center's rooms hold what license and educators allow, and one room in eight is an educator short. A family home
    has room for two infants within its total.
    """
    if kind == CAREGIVER:
        return []
    if kind == FAMILY_HOME:
        return [(0, 18, 2), (18, 156, int(rng.integers(6, 9)))]
    has = rng.uniform(size=4) < np.array([0.75, 0.9, 0.97, 0.6])
    has[2] |= not has.any()
    mix = AGES_OFFERED * has * rng.uniform(0.6, 1.4, 4)
    licensed = np.maximum(1, np.round(mix / mix.sum() * size * 1.12)).astype(int)
    educators = np.ceil(licensed / CHILDREN_PER_EDUCATOR).astype(int)
    educators = np.maximum(1, educators - (rng.uniform(size=4) < 0.12))
    spots = np.minimum(licensed, educators * CHILDREN_PER_EDUCATOR)
    return [(int(AGES[b]), int(AGES[b + 1]), int(spots[b])) for b in range(4) if has[b]]


def _households(
    rng: np.random.Generator, land: _Geography, children: int, east: float
) -> tuple[Households, Bools, Ints]:
    size = rng.choice([1, 2, 3, 4], children, p=SIBLINGS)
    size = size[: int(np.searchsorted(np.cumsum(size), children)) + 1]
    size[-1] -= size.sum() - children
    count = len(size)
    live = rng.choice(CLUSTERS, count, p=land.residents)
    home = land.centers[live] + rng.normal(size=(count, 2)) * land.spread[live][:, None]
    work = _around(rng, count, land.jobs, land.workers, land.job_spread)
    hourly = rng.uniform(size=count) < 0.15 + 0.6 * land.hourly[live]
    starts, ends = _hours(rng, hourly)
    priority = np.where(rng.uniform(size=count) < 0.12, 0, np.where(rng.uniform(size=count) < 0.4, 1, 2))
    months = _months(rng, size)
    ill, special = rng.uniform(size=count) < 0.06, rng.uniform(size=count) < 0.08
    _draw_in_vain(rng.uniform(size=count))
    together = (size == 1) | (rng.uniform(size=count) < 0.75)
    most_detour = rng.choice([15.0, 20.0, 25.0, 30.0, 40.0], count, p=[0.15, 0.3, 0.25, 0.2, 0.1])
    households = Households(
        home=_vectors(home, east),
        work=_vectors(work, east),
        most_detour=most_detour,
        together=together,
        worth=np.array(WORTH)[priority],
        turn=_turn(rng, count),
        first=np.cumsum([0, *size], dtype=np.int64),
        months=months.astype(np.int32),
        needs=np.repeat((ill * MILDLY_ILL + special * SPECIAL_NEEDS).astype(np.uint8), size),
        since=np.repeat(starts, size).astype(np.int32),
        until=np.repeat(ends, size).astype(np.int32),
    )
    return households, hourly, priority


def _hours(rng: np.random.Generator, hourly: Bools) -> tuple[Ints, Ints]:
    """When work begins and ends: for hourly families from 5 a.m. to 2 p.m., for the others around 8."""
    count = len(hourly)
    starts = np.where(
        hourly,
        rng.choice([300, 360, 420, 480, 600, 840], count, p=[0.04, 0.2, 0.3, 0.26, 0.14, 0.06]),
        rng.choice([450, 480, 510, 540, 570], count),
    )
    hours = np.where(hourly, rng.choice([360, 480, 510], count), rng.choice([450, 480, 510, 540], count))
    return starts, np.minimum(starts + hours, 1430)


def _months(rng: np.random.Generator, size: Ints) -> Ints:
    """The age of every child, household after household."""
    months = np.zeros((len(size), 4), dtype=np.int64)
    for nth in range(4):
        has = size > nth
        age = rng.choice(4, int(has.sum()), p=AGES_ASKED)
        months[has, nth] = rng.integers(np.maximum(AGES[age], 2), AGES[age + 1])
    return months[np.arange(4) < size[:, None]]


def _turn(rng: np.random.Generator, count: int) -> npt.NDArray[np.int32]:
    """The place of each household in the line; requests come thickest after the first minutes."""
    prefers = rng.choice(3, count, p=[0.5, 0.25, 0.25])
    for kind in range(2):
        _draw_in_vain(rng.integers(50, 150, (prefers == kind).sum()))
    moments = np.sort(rng.gamma(3.0, 20.0, count))
    rng.shuffle(moments)
    turn = np.empty(count, dtype=np.int32)
    turn[np.argsort(moments, kind="stable")] = np.arange(count, dtype=np.int32)
    return turn


def _join_sites(parts: list[Sites]) -> Sites:
    joined = {name: np.concatenate([getattr(part, name) for part in parts]) for name in Sites._fields}
    return Sites(**{**joined, "room_first": _joined_offsets([part.room_first for part in parts])})


def _join_households(parts: list[Households]) -> Households:
    joined = {name: np.concatenate([getattr(part, name) for part in parts]) for name in Households._fields}
    before = np.cumsum([0, *(part.count for part in parts)])
    turn = np.concatenate([part.turn + begun for part, begun in zip(parts, before, strict=False)]).astype(np.int32)
    return Households(**{**joined, "turn": turn, "first": _joined_offsets([part.first for part in parts])})


def _joined_offsets(parts: list[Ints]) -> Ints:
    return np.cumsum([0, *np.concatenate([np.diff(part) for part in parts])], dtype=np.int64)
