"""A made-up week of flu: families who lose their care, and homes that confirm, must be asked, fall silent or cancel.

Sites and families are those of bench/town.py. What is added is when families ask and by when they must know, which
routes they accept, and how each provider behaves. Half of the sites must be asked; of those a fifth says no and a
quarter says nothing at all. On each day one site in sixteen takes back what it has. All of it is invented: the week
shows how services compare on the same town, not what happens in a real one.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import numpy as np

from daybreak.bench.town import CAREGIVER, FAMILY_HOME, Town, draw_town
from daybreak.bench.town_files import KINDS, degrees
from daybreak.care.week.terms import (
    ACCEPT,
    ANY_REQUEST,
    BAND_AGES,
    DECLINE,
    SILENT,
    Answer,
    Cancellation,
    Counts,
    Supply,
    Week,
    WeekRequest,
)
from daybreak.kernel.spans import DAY
from daybreak.placement.terms import Point
from daybreak.plan.terms import Route

MONDAY = date(2026, 1, 26)
DAY_SHARES = (0.27, 0.22, 0.19, 0.17, 0.15)
"""A wave of flu breaks on Monday, after the weekend."""
CHILDREN_PER_FAMILY, CHILDREN_PER_SPOT = 1.63, 1.1
EVENING_BEFORE = 0.35
INSTANT = {FAMILY_HOME: 0.35, CAREGIVER: 0.4}
INSTANT_CENTER = 0.55
YES, NO = 0.55, 0.2
"""Of the sites that must be asked; the others say nothing."""
ANSWER_MINUTES, CANCELS = 5.0, 0.06
ACCEPTS_CAREGIVER, ACCEPTS_OWN, HAD_ONE = 0.75, 0.45, 0.3
CAREGIVER_BANDS: Counts = (2, 3, 3, 3)


def flu_week(households: int, seed: int) -> Week:
    """Draw a week in which this many families ask, a fifth or more of them on its first day."""
    rng = np.random.default_rng([seed, 77])
    counts = np.floor(np.array(DAY_SHARES) * households).astype(int)
    counts[0] += households - counts.sum()
    towns = [_town(int(counts.max()), seed, day) for day, count in enumerate(counts)]
    requests = tuple(
        request
        for day, (town, count) in enumerate(zip(towns, counts, strict=True))
        for request in _requests(town, int(count), day, rng)
    )
    supply = tuple(_supply(towns[0], rng))
    return Week(requests, supply, _answers(supply, rng), tuple(_cancellations(supply, rng)))


def _town(most: int, seed: int, day: int) -> Town:
    """The same sites every day, sized for the day on which most ask; other families."""
    children = max(int(most * CHILDREN_PER_FAMILY * 1.1), 10)
    return draw_town(children, CHILDREN_PER_SPOT, seed, day=day)


def _requests(town: Town, count: int, day: int, rng: np.random.Generator) -> Iterator[WeekRequest]:
    families, homes, works = town.households, degrees(town.households.home), degrees(town.households.work)
    midnight = datetime.combine(MONDAY + timedelta(days=day), datetime.min.time())
    for at in range(min(count, families.count)):
        since, until = int(families.first[at]), int(families.first[at + 1])
        starts = int(families.since[since])
        asked, decide_by = _moments(starts, rng)
        yield WeekRequest(
            request_id=f"d{day + 1}-{at:05d}",
            asked_at=midnight + timedelta(minutes=asked),
            decide_by=midnight + timedelta(minutes=decide_by),
            day=midnight.date(),
            starts=starts,
            ends=int(families.until[since]) % DAY,
            pay_class="hourly" if town.hourly[at] else "salaried",
            priority=int(town.priority[at]),
            home=_point(*homes[at]),
            work=_point(*works[at]),
            months=tuple(int(months) for months in families.months[since:until]),
            routes=tuple(_routes(rng)),
        )


def _moments(starts: int, rng: np.random.Generator) -> tuple[int, int]:
    """When a family asks and by when it must know, in minutes after midnight of the day of care."""
    if rng.uniform() < EVENING_BEFORE:
        asked = int(rng.integers(18 * 60, 22 * 60)) - DAY
        return asked, int(rng.choice([asked + 60, asked + 120, 5 * 60 - 30]))
    last = max(starts - 30, 4 * 60)
    asked = max(last - int(rng.gamma(3.0, 25.0)) - 10, 3 * 60)
    return asked, min(asked + int(rng.integers(10, 75)), max(last, asked + 6))


def _routes(rng: np.random.Generator) -> Iterator[Route]:
    if rng.uniform() < HAD_ONE:
        yield Route.KNOWN
    yield from (Route.PLACE, Route.ASK)
    if rng.uniform() < ACCEPTS_CAREGIVER:
        yield Route.IN_HOME
    if rng.uniform() < ACCEPTS_OWN:
        yield Route.OWN


def _supply(town: Town, rng: np.random.Generator) -> Iterator[Supply]:
    sites, places = town.sites, degrees(town.sites.place)
    for at in range(sites.count):
        kind = int(town.kind[at])
        yield Supply(
            site_id=f"s{at:05d}",
            kind=KINDS[kind],
            place=_point(*places[at]),
            opens=int(sites.opens[at]),
            closes=int(sites.closes[at]) % DAY,
            spots=CAREGIVER_BANDS if kind == CAREGIVER else _bands(town, at),
            instant=bool(rng.uniform() < INSTANT.get(kind, INSTANT_CENTER)),
        )


def _bands(town: Town, site: int) -> Counts:
    """The spots of a site's rooms by band; a room of several bands is shared out evenly."""
    sites, found = town.sites, [0, 0, 0, 0]
    for room in range(int(sites.room_first[site]), int(sites.room_first[site + 1])):
        ages = int(sites.room_from[room]), int(sites.room_until[room])
        bands = [at for at, (since, _) in enumerate(BAND_AGES) if ages[0] <= since < ages[1]]
        spots = int(sites.room_spots[room, 0])
        for nth, band in enumerate(bands):
            found[band] += spots // len(bands) + (nth < spots % len(bands))
    return found[0], found[1], found[2], found[3]


def _answers(supply: tuple[Supply, ...], rng: np.random.Generator) -> dict[tuple[str, str], Answer]:
    answers = {}
    for one in supply:
        luck, minutes = rng.uniform(), round(float(rng.gamma(2.0, ANSWER_MINUTES / 2)), 1)
        if not one.instant:
            said = ACCEPT if luck < YES else DECLINE if luck < YES + NO else SILENT
            answers[one.site_id, ANY_REQUEST] = Answer(minutes, said)
    return answers


def _cancellations(supply: tuple[Supply, ...], rng: np.random.Generator) -> Iterator[Cancellation]:
    for day in range(len(DAY_SHARES)):
        midnight = datetime.combine(MONDAY + timedelta(days=day), datetime.min.time())
        for one in supply:
            minute = int(rng.integers(4 * 60 + 30, 8 * 60))
            if rng.uniform() < CANCELS:
                yield Cancellation(one.site_id, midnight + timedelta(minutes=minute), midnight.date())


def _point(latitude: float, longitude: float) -> Point:
    return Point(round(latitude, 6), round(longitude, 6))
