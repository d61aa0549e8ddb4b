"""What may a room hold with the staff on duty, why not more, and what would one more educator open?

The law of the place (law.py) is turned into the age limits that every path which takes a spot already keeps, so there
is no second way to count. A session is as strong as its weakest minute: the fewest adults in any of its pieces decide.

Where ages mix, the youngest child decides. A law that goes by the predominant age allows at least as many, so counting
by the youngest never takes a child too many; what it allows beyond that is told and not used.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from daybreak.kernel.spans import DAY
from daybreak.placement.law import Band, Law, Mixed
from daybreak.placement.sessions import CLOCK, Session
from daybreak.placement.terms import EVERY_AGE, AgeLimit


class Part(StrEnum):
    """How far somebody on the staff counts toward the ratio."""

    EDUCATOR = "educator"
    AIDE = "aide"  # counts beside an educator where the law says so
    HELPER = "helper"  # never counts: a volunteer, or somebody whose background check is not there yet


@dataclass(frozen=True)
class OnDuty:
    """Somebody in a room from `starts` up to `ends`, minutes after midnight of the day asked about.

    Both may lie outside that day: a night that began yesterday starts below zero.
    """

    room_id: str
    part: Part
    starts: int
    ends: int


@dataclass(frozen=True)
class Piece:
    """A stretch of a session in which nobody comes or goes: who is in the room and on the whole site."""

    starts: int
    ends: int
    educators: int
    aides: int
    adults_on_site: int
    is_eased: bool = False


@dataclass(frozen=True)
class Cap:
    """At most `most` children in the room while its youngest is in [from_months, until_months), and why.

    `by` is `ratio`, `group` or `second-adult`; `adults` counts those of the weakest piece.
    """

    band: Band
    from_months: int
    until_months: int
    most: int
    by: str
    adults: int
    per_adult: int


def window(session: Session, opens: int, closes: int) -> tuple[tuple[int, int], ...]:
    """Return the parts of a session in which the site is open, in minutes of the session's day.

    A site that closes at or before it opens runs into the next day. The whole session for a site that is closed then:
    whoever offers it anyway is held to it.

    >>> window(Session.EARLY, 7 * 60, 18 * 60)
    ((420, 480),)
    >>> window(Session.EARLY, 22 * 60, 6 * 60)
    ((300, 360),)
    """
    begins, ends = CLOCK[session]
    until = closes if closes > opens else closes + DAY
    open_spans = [(opens + by, until + by) for by in (-DAY, 0, DAY)]
    parts = [(max(begins, since), min(ends, to)) for since, to in open_spans if since < ends and begins < to]
    return tuple(parts) or ((begins, ends),)


def pieces(
    session: Session, *, opens: int, closes: int, room_id: str, staff: Sequence[OnDuty], law: Law
) -> tuple[Piece, ...]:
    """Cut the open part of a session wherever somebody comes or goes or an easing begins or ends.

    >>> law = Law((Band("toddler", 12, 36, per_adult=4),), Mixed.YOUNGEST)
    >>> ana = OnDuty("toddlers", Part.EDUCATOR, 8 * 60, 10 * 60)
    >>> found = pieces(Session.MORNING, opens=420, closes=1080, room_id="toddlers", staff=[ana], law=law)
    >>> [(piece.starts, piece.ends, piece.educators) for piece in found]
    [(480, 600, 1), (600, 720, 0)]
    """
    eased = _eased_spans(opens, closes, law)
    cuts = {minute for span in ((duty.starts, duty.ends) for duty in staff) for minute in span}
    cuts |= {minute for span in eased for minute in span}
    found = []
    for since, until in window(session, opens, closes):
        inside = sorted({since, until, *(cut for cut in cuts if since < cut < until)})
        for starts, ends in pairwise(inside):
            is_eased = any(begins <= starts and ends <= stops for begins, stops in eased)
            found.append(_piece(starts, ends, room_id, staff, is_eased=is_eased))
    return tuple(found)


def _piece(starts: int, ends: int, room_id: str, staff: Sequence[OnDuty], *, is_eased: bool) -> Piece:
    there = [duty for duty in staff if duty.starts <= starts and ends <= duty.ends and duty.part is not Part.HELPER]
    here = [duty.part for duty in there if duty.room_id == room_id]
    return Piece(starts, ends, here.count(Part.EDUCATOR), here.count(Part.AIDE), len(there), is_eased)


def _eased_spans(opens: int, closes: int, law: Law) -> list[tuple[int, int]]:
    """The first and last minutes of the days around; a site that never closes has neither."""
    if law.eased is None or opens == closes:
        return []
    until = closes if closes > opens else closes + DAY
    first, last = (opens, opens + law.eased.opening_minutes), (until - law.eased.closing_minutes, until)
    return [(since + by, to + by) for since, to in (first, last) if since < to for by in (-DAY, 0, DAY)]


def bands_in(law: Law, from_months: int, until_months: int) -> tuple[tuple[int, int, Band], ...]:
    """Return which band counts for which ages of a room, from the youngest.

    A band that holds the room as a whole counts alone: the one that begins last, and of those the narrowest. Otherwise
    each age counts in the youngest band that has it; an age between or above the bands goes with the band below it, and
    one younger than all of them with the youngest.

    >>> law = Law((Band("infant", 1, 16, 4), Band("toddler", 12, 31, 6), Band("two", 24, 36, 7)), Mixed.YOUNGEST)
    >>> [(since, until, band.name) for since, until, band in bands_in(law, 12, 30)]
    [(12, 30, 'toddler')]
    >>> [(since, until, band.name) for since, until, band in bands_in(law, 6, 36)]
    [(6, 16, 'infant'), (16, 31, 'toddler'), (31, 36, 'two')]
    """
    whole = [band for band in law.bands if band.from_months <= from_months and until_months <= band.until_months]
    if whole:
        return ((from_months, until_months, max(whole, key=lambda band: (band.from_months, -band.until_months))),)
    found: list[tuple[int, int, Band]] = []
    for months in range(from_months, until_months):
        band = _youngest_with(law, months)
        if found and found[-1][2] == band:
            found[-1] = (found[-1][0], months + 1, band)
        else:
            found.append((months, months + 1, band))
    return tuple(found)


def _youngest_with(law: Law, months: int) -> Band:
    holding = next((band for band in law.bands if band.from_months <= months < band.until_months), None)
    below = [band for band in law.bands if band.from_months <= months]
    return holding or (below[-1] if below else law.bands[0])


def is_answered(law: Law, from_months: int, until_months: int) -> bool:
    """Say whether the law, as the rulebook holds it, answers for a room of these ages.

    It does not for ages that no band has, nor for a mix of bands where the law has a chart of mixes without this one or
    nobody read which child decides.
    """
    named = all(
        any(band.from_months <= months < band.until_months for band in law.bands)
        for months in range(from_months, until_months)
    )
    mixes = len(bands_in(law, from_months, until_months)) > 1
    return named and not (mixes and law.mixed in (Mixed.CHART, Mixed.UNKNOWN))


def band_most(band: Band, law: Law, piece: Piece) -> tuple[int, str, int]:
    """Return how many children of one band the adults of a piece may have, what says so, and per how many.

    >>> infants = Band("infant", 0, 12, per_adult=5, group_most=12, most_by_adults=(5, 12))
    >>> law = Law((infants,), Mixed.YOUNGEST, second_adult_above=6)
    >>> [band_most(infants, law, Piece(480, 720, adults, 0, adults))[:2] for adults in (0, 1, 2, 3)]
    [(0, 'ratio'), (5, 'ratio'), (12, 'ratio'), (12, 'group')]
    """
    per_adult = _per_adult(band, law, piece)
    most, by = _by_ratio(band, law, piece, per_adult), "ratio"
    if law.second_adult_above is not None and piece.adults_on_site < 2 and law.second_adult_above < most:
        most, by = law.second_adult_above, "second-adult"
    if band.group_most is not None and band.group_most < most:
        most, by = band.group_most, "group"
    return most, by, per_adult


def _per_adult(band: Band, law: Law, piece: Piece) -> int:
    eased = law.eased
    if eased and piece.is_eased and eased.from_months <= band.from_months:
        return max(band.per_adult, eased.per_adult)
    return band.per_adult


def _by_ratio(band: Band, law: Law, piece: Piece, per_adult: int) -> int:
    educators, aides = piece.educators, piece.aides
    if not educators:
        return 0
    if band.most_with_aides:
        return _with_aides(band, per_adult, educators, aides)
    adults = educators + (aides if law.aides_count else 0)
    if per_adult == band.per_adult and adults <= len(band.most_by_adults):
        return band.most_by_adults[adults - 1]
    return per_adult * adults


def _with_aides(band: Band, per_adult: int, educators: int, aides: int) -> int:
    """Spread the aides evenly over the educators; what one of them has with so many aides is in the law's list."""
    each = (per_adult, *(max(per_adult, most) for most in band.most_with_aides))
    fewer, with_one_more = divmod(min(aides, educators * len(band.most_with_aides)), educators)
    return each[fewer] * (educators - with_one_more) + (each[fewer + 1] * with_one_more if with_one_more else 0)


def caps(law: Law, from_months: int, until_months: int, during: Sequence[Piece]) -> tuple[Cap, ...]:
    """Return what a room may hold by the age of its youngest child, from the youngest, at its weakest piece.

    A younger child never raises the number: whatever an older one sets holds for it too.

    >>> law = Law((Band("infant", 0, 18, 4, 8), Band("toddler", 18, 36, 5, 12)), Mixed.YOUNGEST)
    >>> [cap.most for cap in caps(law, 0, 36, [Piece(480, 720, 2, 0, 2), Piece(720, 1080, 1, 0, 1)])]
    [4, 5]
    """
    found: list[Cap] = []
    for since, until, band in reversed(bands_in(law, from_months, until_months)):
        weakest = min((_cap(band, since, until, law, piece) for piece in during), key=lambda cap: (cap.most, cap.by))
        if found and found[-1].most < weakest.most:
            weakest = replace(found[-1], from_months=since, until_months=until)
        found.append(weakest)
    return tuple(reversed(found))


def _cap(band: Band, since: int, until: int, law: Law, piece: Piece) -> Cap:
    most, by, per_adult = band_most(band, law, piece)
    return Cap(band, since, until, most, by, piece.educators + piece.aides, per_adult)


def limits_of(found: Iterable[Cap], cite: str) -> tuple[AgeLimit, ...]:
    """Write caps as age limits: the oldest holds for everybody, each younger one while such a child is there.

    >>> toddler = Band("toddler", 18, 36, 5)
    >>> limits_of([Cap(toddler, 18, 36, 5, "ratio", 1, 5)], "the law")
    (AgeLimit(under_months=216, most_of_them=None, room_most=5, cite='the law'),)
    """
    oldest_first = list(reversed(list(found)))
    written: list[AgeLimit] = []
    for cap in oldest_first:
        under = EVERY_AGE if cap is oldest_first[0] else cap.until_months
        if not written or cap.most < (written[-1].room_most or 0):
            written.append(AgeLimit(under, room_most=cap.most, cite=cite))
    return tuple(written)


def with_one_more(staff: Sequence[OnDuty], room_id: str, starts: int, ends: int) -> tuple[OnDuty, ...]:
    """The same staff and one more educator in a room."""
    return (*staff, OnDuty(room_id, Part.EDUCATOR, starts, ends))
