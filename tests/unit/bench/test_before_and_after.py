"""The picture of one morning placed twice says what the plans say."""

import re
from xml.etree import ElementTree

from daybreak.bench.before_and_after import picture
from daybreak.bench.town import draw_town
from daybreak.placement.morning.solve import place, place_first_come

TOWN = draw_town(120, 1.2, seed=3)
SVG = "{http://www.w3.org/2000/svg}"


def test_a_cross_for_each_child_left_out_and_a_square_for_each_place() -> None:
    drawn = ElementTree.fromstring(picture(TOWN))
    out = [
        int((plan.site < 0).sum())
        for plan in (place_first_come(TOWN.sites, TOWN.households), place(TOWN.sites, TOWN.households))
    ]
    assert out[1] < out[0]
    for panel, left in zip(drawn.findall(f"{SVG}svg"), out, strict=True):
        ways, squares, crosses = (path.attrib["d"] for path in panel.iter(f"{SVG}path"))
        assert len(re.findall(r"l4 4", crosses)) == left
        assert squares.count("z") == TOWN.sites.count
        assert 0 < ways.count("L") <= TOWN.households.children - left


def test_the_title_says_the_finding() -> None:
    title = ElementTree.fromstring(picture(TOWN)).findtext(f"{SVG}title")
    assert title is not None
    assert re.fullmatch(r"First come, first served leaves \d+ of 120 children out; placed at once, \d+", title)
