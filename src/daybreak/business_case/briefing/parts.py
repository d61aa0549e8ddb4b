"""The small steps that every section takes: cells, rows, scales, and the names of things in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass

from daybreak.business_case.arithmetic import Recovered
from daybreak.business_case.briefing.drawing import even_ticks
from daybreak.business_case.briefing.terms import CASE, Cell, Table
from daybreak.business_case.briefing.wording import Wording
from daybreak.business_case.case import Case
from daybreak.business_case.drawing import quantities_of
from daybreak.business_case.library import Library
from daybreak.business_case.terms import Basis, Spread


@dataclass(frozen=True)
class Told:
    """Everything a section may speak of."""

    case: Case
    library: Library
    recovered: tuple[Recovered, ...]
    words: Wording
    seed: int

    def title_of(self, key: str) -> str:
        """What an input is called: one of the library, or a figure of a job family."""
        if key in self.library.kinds:
            return self.words.said(self.library.kinds[key].title)
        at, _, figure = key.partition(".")
        family = self.words.said(self.case.inputs.families[int(at)].name)
        return f"{family}: {figure_names(self.words)[figure]}"

    @property
    def claimed(self) -> int:
        """How many figures of this case are somebody's claim in place of evidence."""
        return sum(quantity.basis is Basis.CLAIMED for quantity in quantities_of(self.case.inputs).values())

    @property
    def reading(self) -> str:
        """What the case is called beside claims and without any effect on who leaves."""
        if self.claimed:
            return self.words.gettext("With claimed figures ({count})").format(count=self.claimed)
        return self.words.gettext("As evidenced")

    def within(self, key: str) -> str:
        """What an input is called inside a sentence."""
        title = self.title_of(key)
        return title[:1].lower() + title[1:]

    def unit_of(self, key: str) -> str:
        """The unit of an input."""
        if key in self.library.kinds:
            return self.library.kinds[key].unit
        return {"pay": "dollars"}.get(key.partition(".")[2], "share")


def figure_names(words: Wording) -> Mapping[str, str]:
    """What the figures of a job family are called."""
    return {
        "pay": words.gettext("pay a year"),
        "quits": words.gettext("quits a year"),
        "turnover_cost": words.gettext("cost of replacing a leaver, as a share of pay"),
        "from_home": words.gettext("can work from home"),
        "unpaid": words.gettext("gap days without pay"),
    }


def basis_names(words: Wording) -> Mapping[Basis, str]:
    """What each basis of a figure is called."""
    return {
        Basis.MEASURED: words.gettext("measured"),
        Basis.QUOTED: words.gettext("quoted"),
        Basis.CHOSEN: words.gettext("chosen"),
        Basis.PRIOR: words.gettext("prior"),
        Basis.CLAIMED: words.gettext("claimed"),
    }


def text(value: str, *refs: str) -> Cell:
    """A cell of words."""
    return Cell(value, refs=refs)


def figure(value: str, *refs: str) -> Cell:
    """A cell of a figure."""
    return Cell(value, is_number=True, refs=refs)


def spread_heads(words: Wording, what: str) -> tuple[Cell, ...]:
    """The heads of a table of spreads."""
    return text(what), figure("5%"), figure(words.gettext("middle")), figure("95%")


def money_row(words: Wording, name: str, spread: Spread) -> tuple[Cell, ...]:
    """A row of a table in millions."""
    return text(name), *(figure(words.millions(value)) for value in (spread.p05, spread.p50, spread.p95))


def percent_row(words: Wording, name: str, spread: Spread) -> tuple[Cell, ...]:
    """A row of a table of returns."""
    return text(name), *(figure(words.percent(value)) for value in (spread.p05, spread.p50, spread.p95))


def spread_table(caption: str, heads: tuple[Cell, ...], rows: tuple[tuple[Cell, ...], ...]) -> Table:
    """A table of what this case worked out."""
    return Table(caption, heads, rows, (CASE,), (5, 2, 2, 2))


def money_ticks(words: Wording, low: float, high: float) -> tuple[tuple[float, str], ...]:
    """Places on a scale of money."""
    return tuple((tick, words.money(tick)) for tick in even_ticks(low, high))


def percent_ticks(words: Wording, low: float, high: float) -> tuple[tuple[float, str], ...]:
    """Places on a scale of returns."""
    return tuple((tick, words.percent(tick)) for tick in even_ticks(low, high))
