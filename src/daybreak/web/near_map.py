"""Where do the places of a list lie around a family's way? Numbered dots, drawn from coordinates only.

As on the map of one way, nothing is asked of a map service. Dots that would cover each other are moved apart; the list
beside them says what is true.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, radians

from daybreak.placement.terms import Point

WIDTH, HEIGHT, EDGE = 360, 280, 30
APART = 25.0
"""Pixels between the middles of two dots, so that their numbers can be read."""
ROUNDS = 40


@dataclass(frozen=True)
class Dot:
    """One dot: home, work, or the number of a place in the list."""

    kind: str
    text: str
    x: str
    y: str
    text_y: str


@dataclass(frozen=True)
class NearMap:
    """A drawing ready to be written as SVG."""

    width: int
    height: int
    title: str
    said: str
    dots: tuple[Dot, ...]


XY = tuple[float, float]


def draw(home: Point, work: Point, places: Sequence[Point], *, title: str, said: str) -> NearMap:
    """Draw home and work and the places around them, each place with its number in the list.

    >>> buffalo = Point(42.89, -78.87)
    >>> [dot.text for dot in draw(buffalo, buffalo, [buffalo], title="", said="").dots]
    ['', '', '1']
    """
    spots = _apart(_scaled([home, work, *places]))
    kinds = ("home", "work", *("place",) * len(places))
    texts = ("", "", *(str(number) for number in range(1, len(places) + 1)))
    return NearMap(
        width=WIDTH,
        height=HEIGHT,
        title=title,
        said=said,
        dots=tuple(
            Dot(kind, text, f"{x:.1f}", f"{y:.1f}", f"{y + 4.5:.1f}")
            for kind, text, (x, y) in zip(kinds, texts, spots, strict=True)
        ),
    )


def _scaled(points: Sequence[Point]) -> list[XY]:
    """Pixels for degrees, the same scale on both axes, in the middle of the frame."""
    narrow = cos(radians(sum(point.latitude for point in points) / len(points)))
    xs, ys = [point.longitude * narrow for point in points], [-point.latitude for point in points]
    wide, tall = max(xs) - min(xs), max(ys) - min(ys)
    scales = [room / size for room, size in ((WIDTH - 2 * EDGE, wide), (HEIGHT - 2 * EDGE, tall)) if size > 0]
    scale = min(scales, default=0.0)
    middle = ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)
    return [
        (WIDTH / 2 + (x - middle[0]) * scale, HEIGHT / 2 + (y - middle[1]) * scale) for x, y in zip(xs, ys, strict=True)
    ]


def _apart(spots: list[XY]) -> list[XY]:
    for _ in range(ROUNDS):
        for i in range(len(spots)):
            for j in range(i + 1, len(spots)):
                spots[i], spots[j] = _pushed(spots[i], spots[j], turn=i + j)
        spots = [(min(max(x, EDGE), WIDTH - EDGE), min(max(y, EDGE), HEIGHT - EDGE)) for x, y in spots]
    return spots


def _pushed(a: XY, b: XY, *, turn: int) -> tuple[XY, XY]:
    away_x, away_y = b[0] - a[0], b[1] - a[1]
    distance = hypot(away_x, away_y)
    if distance >= APART:
        return a, b
    if distance < 1e-6:
        away_x, away_y, distance = ((1.0, 0.4), (-0.4, 1.0), (0.7, -1.0))[turn % 3] + (1.2,)
    share = (APART - min(distance, APART)) / 2 / distance
    return (a[0] - away_x * share, a[1] - away_y * share), (b[0] + away_x * share, b[1] + away_y * share)
