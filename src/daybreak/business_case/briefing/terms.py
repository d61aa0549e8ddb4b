"""What is a briefing made of? Sections with one idea each, told as text, tables and pictures, each with its sources.

One document is written as a page, as a file and on paper; none of them knows a figure the others do not.
"""

from dataclasses import dataclass

CASE = "case"
"""The source of a figure that this case worked out: its own inputs, draws and seed."""


@dataclass(frozen=True)
class Paragraph:
    text: str
    refs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bullets:
    items: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Cell:
    text: str
    is_number: bool = False
    refs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """Rows under heads; the first cell of a row is its own head."""

    caption: str
    heads: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    refs: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    """How wide columns are on paper, in parts; empty for as wide as they need."""


@dataclass(frozen=True)
class Mark:
    """One row of a picture of intervals."""

    label: str
    low: float
    middle: float
    high: float
    shown: str
    is_main: bool = False


@dataclass(frozen=True)
class IntervalPicture:
    """Intervals on one scale, with a line where it matters."""

    title: str
    said: str
    marks: tuple[Mark, ...]
    line: float
    ticks: tuple[tuple[float, str], ...]
    refs: tuple[str, ...] = ()


@dataclass(frozen=True)
class StripPicture:
    """How many draws fall where, cut at a line: what lies below it is drawn hollow."""

    title: str
    said: str
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    line: float
    below_label: str
    above_label: str
    ticks: tuple[tuple[float, str], ...]
    refs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Swing:
    """One row of a tornado: where the answer goes at the low and at the high end of an input."""

    label: str
    at_low: float
    at_high: float
    low_text: str
    high_text: str


@dataclass(frozen=True)
class TornadoPicture:
    title: str
    said: str
    swings: tuple[Swing, ...]
    middle: float
    ticks: tuple[tuple[float, str], ...]
    refs: tuple[str, ...] = ()


Picture = IntervalPicture | StripPicture | TornadoPicture


@dataclass(frozen=True)
class Drawn:
    """A picture with the table of its figures."""

    picture: Picture
    table: Table


@dataclass(frozen=True)
class Figures:
    """A few large figures side by side: what it is called, the figure, its interval."""

    items: tuple[tuple[str, str, str], ...]
    refs: tuple[str, ...] = ()


Block = Paragraph | Bullets | Table | Drawn | Figures


@dataclass(frozen=True)
class Section:
    """One idea: the title says the finding."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Cited:
    """A source as it is listed at the end."""

    ref: str
    number: int
    text: str
    address: str


@dataclass(frozen=True)
class Labels:
    """The few words that a writer adds by itself."""

    figures_as_table: str
    sources: str
    page: str
    contents: str


@dataclass(frozen=True)
class Document:
    """A whole briefing."""

    language: str
    title: str
    subtitle: str
    note: str
    sections: tuple[Section, ...]
    sources: tuple[Cited, ...]
    labels: Labels
    sources_at: str = ""
    """Where the list of sources stands, when not on the same page."""

    def number_of(self, ref: str) -> int:
        """The number of a source in the list."""
        return next(cited.number for cited in self.sources if cited.ref == ref)
