"""How many children may so many adults have in one room? The ratio law of a place, read from its rulings.

A law is two rules of the rulebook: ratios and group sizes by age band, and what holds for a room and a site as a whole
(mixed ages, a second adult, opening and closing). The answer always carries who says so and how sure that is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from daybreak.kernel.errors import BadRule
from daybreak.rulebook.terms import Confidence, Figure, Ruling


class Mixed(StrEnum):
    """Which child decides in a room that mixes age bands."""

    YOUNGEST = "youngest"
    PREDOMINANT = "predominant"  # the band most of the children are in; of equals, the younger
    CHART = "chart"  # only a mix that has a band of its own is answered
    UNKNOWN = "unknown"  # nobody read which: a room that mixes bands is not answered


@dataclass(frozen=True)
class Band:
    """Children of these ages (months, half-open): `per_adult` for each adult, and `group_most` in one room.

    `most_by_adults` replaces the product for one adult, two, and so on; `most_with_aides` is what one educator may have
    with one aide, two, and so on. `by_enrollment` marks a band that school enrollment decides and not age alone.
    """

    name: str
    from_months: int
    until_months: int
    per_adult: int
    group_most: int | None = None
    most_by_adults: tuple[int, ...] = ()
    most_with_aides: tuple[int, ...] = ()
    by_enrollment: bool = False


@dataclass(frozen=True)
class Eased:
    """In the first and last minutes of the day an adult may have more children of at least this age."""

    opening_minutes: int
    closing_minutes: int
    from_months: int
    per_adult: int


@dataclass(frozen=True)
class Law:
    """Bands from the youngest, and what holds beside them.

    `second_adult_above` is how many children on the site one adult alone may have; None where the law does not say.
    """

    bands: tuple[Band, ...]
    mixed: Mixed
    second_adult_above: int | None = None
    aides_count: bool = False
    eased: Eased | None = None
    cite: str = ""
    source: str = ""
    confidence: Confidence = Confidence.VERIFY
    paths: tuple[str, ...] = ()

    @property
    def is_confirmed(self) -> bool:
        """Whether nothing of it still has to be checked against its source."""
        return self.confidence is not Confidence.VERIFY


def law_from(ratios: Ruling, staffing: Ruling) -> Law:
    """Read a law from its two rulings, each asked for all it holds on one day.

    The less sure of the two marks the whole. Raises BadRule when a figure is missing or of another kind.
    """
    bands = tuple(sorted(_bands(ratios), key=lambda band: (band.from_months, band.until_months)))
    beside = _table(staffing, staffing.value)
    return Law(
        bands=bands,
        mixed=_mixed(staffing, beside),
        second_adult_above=_maybe(staffing, beside, "second_adult_above"),
        aides_count=beside.get("aides_count") is True,
        eased=_eased(staffing, beside),
        cite=ratios.cite if staffing.cite in ratios.cite else f"{ratios.cite}; {staffing.cite}",
        source=ratios.source,
        confidence=max(ratios.confidence, staffing.confidence, key=list(Confidence).index),
        paths=(ratios.path, staffing.path),
    )


def _bands(ratios: Ruling) -> list[Band]:
    return [_band(ratios, name, _table(ratios, figure)) for name, figure in _table(ratios, ratios.value).items()]


def _band(ruling: Ruling, name: str, table: Mapping[str, Figure]) -> Band:
    band = Band(
        name=name,
        from_months=_whole(ruling, table, "from_months"),
        until_months=_whole(ruling, table, "until_months"),
        per_adult=_whole(ruling, table, "per_adult"),
        group_most=_maybe(ruling, table, "group_most"),
        most_by_adults=_row(ruling, table, "most_by_adults"),
        most_with_aides=_row(ruling, table, "most_with_aides"),
        by_enrollment=table.get("by_enrollment") is True,
    )
    if band.until_months <= band.from_months:
        raise _bad(ruling, f"band '{name}' ends at {band.until_months} months, before it has held any age")
    return band


def _mixed(ruling: Ruling, table: Mapping[str, Figure]) -> Mixed:
    said = table.get("mixed_ages")
    if said not in tuple(Mixed):
        raise _bad(ruling, f"'mixed_ages' is {said!r}, and only {', '.join(Mixed)} are known")
    return Mixed(str(said))


def _eased(ruling: Ruling, table: Mapping[str, Figure]) -> Eased | None:
    names = ("opening_minutes", "closing_minutes", "eased_from_months", "eased_per_adult")
    if not any(name in table for name in names):
        return None
    return Eased(*(_whole(ruling, table, name) for name in names))


def _table(ruling: Ruling, figure: Figure) -> Mapping[str, Figure]:
    if isinstance(figure, Mapping):
        return figure
    raise _bad(ruling, "its figures are not a table")


def _whole(ruling: Ruling, table: Mapping[str, Figure], name: str) -> int:
    figure = table.get(name)
    if isinstance(figure, int) and not isinstance(figure, bool) and figure >= 0:
        return figure
    raise _bad(ruling, f"'{name}' is {figure!r} and not a whole number from 0")


def _maybe(ruling: Ruling, table: Mapping[str, Figure], name: str) -> int | None:
    return _whole(ruling, table, name) if name in table else None


def _row(ruling: Ruling, table: Mapping[str, Figure], name: str) -> tuple[int, ...]:
    figures = table.get(name, ())
    if isinstance(figures, tuple):
        return tuple(_whole(ruling, {name: figure}, name) for figure in figures)
    raise _bad(ruling, f"'{name}' is {figures!r} and not a list")


def _bad(ruling: Ruling, fault: str) -> BadRule:
    return BadRule(
        f"{ruling.path}: {fault}, in the value from {ruling.since}. Rooms cannot be counted by it. "
        "Correct the rule file."
    )
