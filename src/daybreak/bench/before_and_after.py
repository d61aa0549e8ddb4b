"""One made-up morning drawn twice: who is left without a place, first come, first served and placed at once.

Homes are joined to their places by lines; a child left out is a cross at its home. The picture is an SVG that needs
nothing else, and readable in gray: a cross is a cross.
"""

import numpy as np
import numpy.typing as npt

from daybreak.bench.town import Floats, Town
from daybreak.placement.morning.solve import place, place_first_come

Sites = npt.NDArray[np.int32]
INK, MUTED, PRIMARY, STOP, PAPER = "#1c2733", "#55636f", "#1f5f8b", "#a63d24", "#fffcf6"
SIDE, MARGIN, TOP = 360, 20, 72
LEGEND = "A cross is a child without a place, a line leads from home to place, a square is a place."
SPREAD = 0.97
"""Share of homes in each direction that the map shows; a few far ones would make a dot of the town."""


def picture(town: Town) -> str:
    """Place the town both ways and draw it; raises nothing, and draws the same for the same town."""
    first = place_first_come(town.sites, town.households).site
    at_once = place(town.sites, town.households).site
    children, out, fewer = town.households.children, _left_out(first), _left_out(at_once)
    title = f"First come, first served leaves {out:,} of {children:,} children out; placed at once, {fewer:,}"
    maps = _Maps(town)
    width, height = 2 * SIDE + 3 * MARGIN, SIDE + TOP + 2 * MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'font-family="system-ui, sans-serif" font-size="13" fill="{INK}">'
        f"<title>{title}</title>"
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>'
        f'<text x="{MARGIN}" y="26" font-size="15" font-weight="600">{title}</text>'
        f'<text x="{MARGIN}" y="{height - 10}" fill="{MUTED}">{LEGEND}</text>'
        f"{maps.panel(first, 'First come, first served', MARGIN)}"
        f"{maps.panel(at_once, 'All at once', 2 * MARGIN + SIDE)}</svg>\n"
    )


def _left_out(site: Sites) -> int:
    return int((site < 0).sum())


class _Maps:
    """Where everything lies on a square of SIDE by SIDE."""

    def __init__(self, town: Town) -> None:
        homes = _degrees(town.households.home)
        low, high = np.quantile(homes, [1 - SPREAD, SPREAD], axis=0)
        middle, half = (low + high) / 2, float((high - low).max()) / 2 * 1.05
        self._low, self._scale = middle - half, SIDE / (2 * half)
        self._homes, self._places = self._on_map(homes), self._on_map(_degrees(town.sites.place))
        self._household = np.repeat(np.arange(town.households.count), np.diff(town.households.first))

    def _on_map(self, degrees: Floats) -> Floats:
        at: Floats = (degrees - self._low) * self._scale
        at[:, 1] = SIDE - at[:, 1]
        return at

    def panel(self, site: Sites, name: str, left: int) -> str:
        """One map: lines to places, crosses where there is none."""
        placed = np.flatnonzero(site >= 0)
        ways = sorted({(int(self._household[child]), int(site[child])) for child in placed})
        lines = "".join(
            f"M{x:.1f} {y:.1f}L{u:.1f} {v:.1f}"
            for (x, y), (u, v) in ((self._homes[home], self._places[at]) for home, at in ways)
        )
        spots = "".join(f"M{x - 1.5:.1f} {y - 1.5:.1f}h3v3h-3z" for x, y in self._places)
        crosses = "".join(f"M{x - 2:.1f} {y - 2:.1f}l4 4m0-4l-4 4" for x, y in self._crosses(site))
        clip, faint = f"map{left}", min(0.45, 90 / max(1, len(ways)))
        return (
            f'<text x="{left}" y="{TOP - 14}"><tspan font-weight="600">{name}</tspan>'
            f'<tspan fill="{MUTED}"> {len(placed):,} placed, {_left_out(site):,} left out</tspan></text>'
            f'<svg x="{left}" y="{TOP}" width="{SIDE}" height="{SIDE}" viewBox="0 0 {SIDE} {SIDE}">'
            f'<clipPath id="{clip}"><rect width="{SIDE}" height="{SIDE}" rx="10"/></clipPath>'
            f'<rect width="{SIDE}" height="{SIDE}" rx="10" fill="#fff"/><g clip-path="url(#{clip})">'
            f'<path d="{lines}" stroke="{PRIMARY}" stroke-width="0.7" opacity="{faint:.2f}" fill="none"/>'
            f'<path d="{spots}" fill="{INK}" opacity="0.5"/>'
            f'<path d="{crosses}" stroke="{STOP}" stroke-width="1.3" fill="none"/></g></svg>'
        )

    def _crosses(self, site: Sites) -> Floats:
        """A cross per child left out, those of one home side by side."""
        out = np.flatnonzero(site < 0)
        home = self._household[out]
        beside = np.arange(len(out)) - np.searchsorted(home, home)
        at: Floats = self._homes[home] + np.stack([4.5 * beside, np.zeros(len(out))], axis=1)
        return at


def _degrees(vectors: Floats) -> Floats:
    """Longitude, shrunk by the latitude, and latitude: (N, 2) in degrees."""
    latitude = np.degrees(np.arcsin(np.clip(vectors[:, 2], -1, 1)))
    shrunk = np.degrees(np.arctan2(vectors[:, 1], vectors[:, 0])) * np.cos(np.radians(latitude.mean()))
    degrees: Floats = np.stack([shrunk, latitude], axis=1)
    return degrees
