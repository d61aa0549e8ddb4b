"""How are figures drawn? A bar for each value with its number beside it, and every uncertain figure with its interval.

The drawing and the table beside it are made from the same rows, so that they cannot say different things.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, ROW = 320, 30
LETTER = 8.0


@dataclass(frozen=True)
class Figure:
    """One value under its label, as it is said; `is_now` marks the one the title speaks of."""

    label: str
    value: float
    shown: str
    is_now: bool = False


@dataclass(frozen=True)
class Bar:
    label: str
    shown: str
    is_now: bool
    y: str
    text_y: str
    width: str
    end: str


@dataclass(frozen=True)
class Column:
    text: str
    is_number: bool


@dataclass(frozen=True)
class Cell:
    label: str
    text: str
    is_number: bool = True


@dataclass(frozen=True)
class Row:
    head: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class BarChart:
    title: str
    width: int
    height: int
    left: int
    bars: tuple[Bar, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def bars(figures: Sequence[Figure], *, title: str, what: str, unit: str) -> BarChart:
    """Draw values as horizontal bars from zero; `what` and `unit` head the two columns of the table.

    Raises ValueError for a value below zero, which a bar from zero cannot show.

    >>> chart = bars([Figure("Mon", 2, "2"), Figure("Tue", 4, "4")], title="Tuesday has most", what="Day", unit="Spots")
    >>> [bar.width for bar in chart.bars]
    ['136.0', '272.0']
    """
    if any(figure.value < 0 for figure in figures):
        raise ValueError("A bar from zero cannot show a value below zero.")
    most = max((figure.value for figure in figures), default=0) or 1
    left = round(max((len(figure.label) for figure in figures), default=0) * LETTER + 8)
    room = WIDTH - left - max((len(figure.shown) for figure in figures), default=0) * LETTER - 8
    drawn = tuple(
        Bar(
            label=figure.label,
            shown=figure.shown,
            is_now=figure.is_now,
            y=f"{at * ROW + 6:.1f}",
            text_y=f"{at * ROW + 20:.1f}",
            width=f"{room * figure.value / most:.1f}",
            end=f"{left + room * figure.value / most + 8:.1f}",
        )
        for at, figure in enumerate(figures)
    )
    rows = tuple(Row(figure.label, (Cell(unit, figure.shown),)) for figure in figures)
    columns = (Column(what, False), Column(unit, True))
    return BarChart(title, WIDTH, len(figures) * ROW + 6, left, drawn, columns, rows)


@dataclass(frozen=True)
class Interval:
    title: str
    said: str
    x: str
    low_x: str
    high_x: str
    from_text: str
    until_text: str


def interval(
    low: float, value: float, high: float, *, scale: tuple[float, float], title: str, said: str, ends: tuple[str, str]
) -> Interval:
    """Draw a figure with the interval it may lie in, on a scale whose two ends are said by `ends`.

    Raises ValueError unless the numbers stand in order.

    >>> interval(0.5, 0.75, 1.0, scale=(0, 1), title="", said="", ends=("0", "1")).x
    '240.0'
    """
    first, last = scale
    if not first <= low <= value <= high <= last or first == last:
        raise ValueError("An interval holds its value and lies on its scale.")

    def x(number: float) -> str:
        return f"{WIDTH * (number - first) / (last - first):.1f}"

    return Interval(title, said, x(value), x(low), x(high), *ends)
