"""How many children may be in a room, counted the slow way: every quarter of an hour, every month of age, every adult.

It knows the words of the law (bands, duties) and nothing of caps, pieces, limits, tables or SQL; the tests hold the
quick way to it.
"""

from collections.abc import Iterable, Sequence

from daybreak.placement.law import Band, Law
from daybreak.placement.sessions import CLOCK, Session
from daybreak.placement.staffing import OnDuty, Part

QUARTER = 15
DAY = 24 * 60


def band_of(law: Law, room: tuple[int, int], months: int) -> Band:
    """The band a month of age counts in: the one that has the whole room, else the youngest that has the month."""
    whole = [band for band in law.bands if band.from_months <= room[0] and room[1] <= band.until_months]
    if whole:
        latest = max(band.from_months for band in whole)
        return min((band for band in whole if band.from_months == latest), key=lambda band: band.until_months)
    having = [band for band in law.bands if band.from_months <= months < band.until_months]
    if having:
        return having[0]
    older = [band for band in law.bands if band.from_months > months]
    return law.bands[0] if len(older) == len(law.bands) else law.bands[len(law.bands) - len(older) - 1]


def quarters(session: Session, opens: int, closes: int) -> list[int]:
    """The quarters of an hour of a session in which the site is open; all of them when it is closed throughout."""
    until = closes if closes > opens else closes + DAY
    every = list(range(CLOCK[session][0], CLOCK[session][1], QUARTER))
    return [at for at in every if any(opens <= at + by < until for by in (-DAY, 0, DAY))] or every


def is_eased(law: Law, at: int, opens: int, closes: int) -> bool:
    if law.eased is None or opens == closes:
        return False
    until = closes if closes > opens else closes + DAY
    for now in (at - DAY, at, at + DAY):
        if opens <= now < opens + law.eased.opening_minutes or until - law.eased.closing_minutes <= now < until:
            return True
    return False


def most_then(law: Law, band: Band, at: int, opens: int, closes: int, room_id: str, staff: Sequence[OnDuty]) -> int:
    """How many children of a band may be in the room in the quarter of an hour that begins then."""
    there = [one for one in staff if one.starts <= at and at + QUARTER <= one.ends and one.part is not Part.HELPER]
    educators = sum(one.part is Part.EDUCATOR and one.room_id == room_id for one in there)
    aides = sum(one.part is Part.AIDE and one.room_id == room_id for one in there)
    if not educators:
        return 0
    per_adult = band.per_adult
    eases = law.eased is not None and band.from_months >= law.eased.from_months and is_eased(law, at, opens, closes)
    if eases and law.eased is not None:
        per_adult = max(per_adult, law.eased.per_adult)
    if band.most_with_aides:
        # Hand the aides out one by one, always to an educator who has the fewest.
        helped = [0] * educators
        for _ in range(aides):
            fewest = min(helped)
            if fewest < len(band.most_with_aides):
                helped[helped.index(fewest)] += 1
        most = sum(max(per_adult, band.most_with_aides[count - 1]) if count else per_adult for count in helped)
    else:
        adults = educators + (aides if law.aides_count else 0)
        most = adults * per_adult
        if not (eases and per_adult > band.per_adult) and adults <= len(band.most_by_adults):
            most = band.most_by_adults[adults - 1]
    if law.second_adult_above is not None and len(there) < 2:
        most = min(most, law.second_adult_above)
    return most if band.group_most is None else min(most, band.group_most)


def may_be_together(
    law: Law,
    room: tuple[int, int],
    months: Iterable[int],
    *,
    session: Session,
    opens: int,
    closes: int,
    room_id: str,
    staff: Sequence[OnDuty],
) -> bool:
    """Whether these children may be in the room through the whole session: the youngest decides, and no older age of
    the room is held to less than a younger one."""
    children = sorted(months)
    if not children:
        return True
    ages = [*range(min(children[0], room[1] - 1), room[1])]
    bands = {band_of(law, room, month) for month in ages}
    return all(
        len(children) <= most_then(law, band, at, opens, closes, room_id, staff)
        for at in quarters(session, opens, closes)
        for band in bands
    )
