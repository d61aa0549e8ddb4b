"""On which days does a place open, as its form asks and its page says? Days of the week by name, Monday first."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext

from daybreak.network.weekdays import EVERY_DAY, days_of


@dataclass(frozen=True)
class DayChoice:
    """One day of the form."""

    value: int
    name: str
    is_chosen: bool

    @property
    def anchor(self) -> str:
        """The id of its field."""
        return f"day-{self.value}"


def names() -> tuple[str, ...]:
    """The days in the language of the page."""
    return (
        *(gettext("Monday"), gettext("Tuesday"), gettext("Wednesday"), gettext("Thursday"), gettext("Friday")),
        *(gettext("Saturday"), gettext("Sunday")),
    )


def days_form(chosen: Collection[int]) -> tuple[DayChoice, ...]:
    """The seven days, marked where chosen."""
    return tuple(DayChoice(day, name, day in chosen) for day, name in enumerate(names()))


def days_said(values: Iterable[str]) -> tuple[int, ...]:
    """The days a form sent; anything else it sent is left out.

    >>> days_said(["0", "6", "7", "x", "0"])
    (0, 6)
    """
    return tuple(sorted({int(value) for value in values if value in ("0", "1", "2", "3", "4", "5", "6")}))


def days_in_words(mask: int) -> str:
    """The days in words, three or more in a row as a span."""
    if mask == EVERY_DAY:
        return gettext("every day")
    parts: list[str] = []
    by_day = names()
    for _, run in groupby(enumerate(days_of(mask)), key=lambda pair: pair[1] - pair[0]):
        days = [by_day[day] for _, day in run]
        words = {"first": days[0], "last": days[-1]}
        parts += [gettext("%(first)s to %(last)s") % words] if len(days) > 2 else days
    return ", ".join(parts)
