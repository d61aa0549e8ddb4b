"""What is on the page of a place's law? Its rules as tables, with who says so, how sure that is, and what changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext

from daybreak.rulebook.book import Book
from daybreak.rulebook.figures import changed
from daybreak.rulebook.ruling import value_on
from daybreak.rulebook.terms import Change, Figure, Gap, Rule, Value
from daybreak.web import law_words
from daybreak.web.charts import Cell, Column, Row


@dataclass(frozen=True)
class Table:
    """A table as the part of that name shows it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    stays: bool = False
    """Whether it is short enough to stay a table on a phone."""


@dataclass(frozen=True)
class Sheet:
    """One rule on one day; without a table the day is before its first value, or after it ended."""

    rule: Rule
    heading: str
    value: Value | None
    tables: tuple[Table, ...] = ()
    sure: str = ""
    mark: str = "off"

    @property
    def first_day(self) -> date:
        """The first day it answers for."""
        return self.rule.values[0].since


@dataclass(frozen=True)
class Step:
    """One change: what it is about and each figure with what it was and what it is."""

    change: Change
    heading: str
    figures: tuple[tuple[str, str, str], ...]


def rules_of(book: Book, place: str) -> list[Rule]:
    """The rules of a place, those of a city inside a state left to the city's own page; ratios come first."""
    folder = law_words.PLACES[place][0]
    inner = [other for other, _ in law_words.PLACES.values() if other.startswith(f"{folder}/")]
    mine = [
        rule
        for rule in book.rules.values()
        if rule.path.startswith(f"{folder}/") and not any(rule.path.startswith(f"{other}/") for other in inner)
    ]
    order = list(law_words.DECIDES)
    return sorted(mine, key=lambda rule: (_place_in(order, rule.path.rpartition("/")[2]), rule.path))


def _place_in(order: list[str], name: str) -> int:
    return order.index(name) if name in order else len(order)


def sheets(rules: Iterable[Rule], day: date) -> list[Sheet]:
    """Each rule as it held on a day."""
    return [_sheet(rule, day) for rule in rules]


def _sheet(rule: Rule, day: date) -> Sheet:
    heading, held = law_words.decides(rule), value_on(rule, day)
    if isinstance(held, Gap):
        return Sheet(rule, heading, None)
    return Sheet(
        rule=rule,
        heading=heading,
        value=held,
        tables=tuple(_tables(held.figure, law_words.unit(rule))),
        sure=gettext(law_words.SURE[held.confidence]),
        mark=law_words.MARKS[held.confidence],
    )


def _tables(figure: Figure, unit: str) -> list[Table]:
    if not isinstance(figure, Mapping):
        return [_pairs(unit, {"amount": figure})]
    tables = [part for part in figure.values() if isinstance(part, Mapping)]
    if not tables:
        return [_pairs(unit, figure)]
    if all("per_adult" in part for part in tables):
        return [_bands(figure)]
    if all({"from_months", "until_months"} == set(part) for part in tables):
        return [_groups(figure)]
    return [
        _pairs(f"{law_words.key(name)}: {unit.lower()}", part)
        for name, part in figure.items()
        if isinstance(part, Mapping)
    ]


def _pairs(caption: str, figures: Mapping[str, Figure]) -> Table:
    numbers = all(isinstance(part, int) for part in figures.values())
    columns = (Column(gettext("What"), False), Column(gettext("Figure"), numbers))
    rows = tuple(
        Row(law_words.key(name), (Cell(gettext("Figure"), law_words.value(part), is_number=numbers),))
        for name, part in figures.items()
    )
    return Table(caption, columns, rows, stays=True)


def _groups(groups: Mapping[str, Figure]) -> Table:
    ages = gettext("Ages")
    rows = tuple(
        Row(law_words.key(name), (Cell(ages, _ages(group), is_number=False),))
        for name, group in groups.items()
        if isinstance(group, Mapping)
    )
    return Table(gettext("Groups by age"), (Column(gettext("Group"), False), Column(ages, False)), rows, stays=True)


def _bands(bands: Mapping[str, Figure]) -> Table:
    each, group, beside = gettext("For each adult"), gettext("In one group"), gettext("Beside that")
    rows = tuple(
        Row(
            _ages(band),
            (
                Cell(each, law_words.value(band["per_adult"]), is_number=True),
                Cell(
                    group,
                    law_words.value(band["group_most"]) if "group_most" in band else gettext("no limit"),
                    is_number=True,
                ),
                Cell(beside, _beside(band), is_number=False),
            ),
        )
        for band in bands.values()
        if isinstance(band, Mapping)
    )
    columns = (Column(gettext("Ages"), False), Column(each, True), Column(group, True), Column(beside, False))
    return Table(gettext("Most children"), columns, rows)


def _beside(band: Mapping[str, Figure]) -> str:
    said = []
    by_adults, with_aides = band.get("most_by_adults"), band.get("most_with_aides")
    if isinstance(by_adults, tuple):
        for number, most in enumerate(by_adults, start=1):
            adults = ngettext("%(count)d adult: %(most)s", "%(count)d adults: %(most)s", number)
            said.append(adults % {"count": number, "most": most})
    if isinstance(with_aides, tuple):
        for number, most in enumerate(with_aides, start=1):
            aides = ngettext("with %(count)d aide: %(most)s", "with %(count)d aides: %(most)s", number)
            said.append(aides % {"count": number, "most": most})
    for infants in ("with_one_infant", "with_two_infants"):
        if infants in band:
            about = {"with_one_infant": gettext("with 1 infant among them: %(most)s")}
            text = about.get(infants, gettext("with 2 infants among them: %(most)s"))
            said.append(text % {"most": band[infants]})
    if band.get("by_enrollment") is True:
        said.append(gettext("by school enrollment, not age alone"))
    return "; ".join(said)


def _ages(band: Mapping[str, Figure]) -> str:
    since, until = band["from_months"], band["until_months"]
    assert isinstance(since, int)
    assert isinstance(until, int)
    return gettext("%(since)s up to %(until)s") % {"since": age(since), "until": age(until)}


def age(months: int) -> str:
    """An age exactly: in years from 2 on when it is whole years, else in months.

    >>> age(31), age(36), age(0)
    ('31 months', '3 years', '0 months')
    """
    if months < 24 or months % 12:
        return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
    return ngettext("%(count)d year", "%(count)d years", months // 12) % {"count": months // 12}


def steps(book: Book, rules: Iterable[Rule], *, after: date, upto: date) -> list[Step]:
    """What changed in these rules between two days, the latest first."""
    mine = {rule.path: rule for rule in rules}
    found = [change for change in book.changes(after=after, upto=upto) if change.path in mine]
    return [
        Step(
            change,
            law_words.decides(mine[change.path]),
            ()
            if change.before is None or change.after is None
            else tuple(
                (law_words.key(name), law_words.value(before), law_words.value(now))
                for name, before, now in changed(change.before, change.after)
            ),
        )
        for change in reversed(found)
    ]
