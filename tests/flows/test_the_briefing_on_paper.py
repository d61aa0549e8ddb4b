"""The briefing's pages turned into pictures: nothing runs over a margin, no page is only a heading, gray is enough.

Typst renders the pages it sets; a PNG is read here with nothing but zlib.
"""

import struct
import zlib
from functools import cache

import numpy as np
import pytest
from django.utils import translation
from django.utils.translation import gettext

from daybreak.business_case.briefing.drawing import PAPER_STYLE
from daybreak.business_case.briefing.terms import Document, StripPicture, TornadoPicture
from daybreak.business_case.briefing.wording import Wording
from daybreak.business_case.queries import briefing_of, case_of, pdf_of, pictures_of, start

Pixels = np.ndarray[tuple[int, ...], np.dtype[np.int64]]
PPI = 24
"""Enough to see where ink is; reading a picture takes as long as it has pixels."""
LETTER = (8.5, 11.0)
"""Inches of a page."""
MARGIN_CM = 1.9
"""Nothing may stand nearer to the side of a page; the layout keeps 2."""


@cache
def document(name: str, language: str) -> Document:
    with translation.override(language):
        words = Wording(language, gettext)
        return briefing_of(case_of(start(name), np.random.default_rng(7), draws=5_000), words, seed=7)


@cache
def pages(name: str, language: str) -> tuple[Pixels, ...]:
    with translation.override(language):
        return tuple(gray(page) for page in pictures_of(document(name, language), ppi=PPI))


def gray(png: bytes) -> Pixels:
    """A picture's lightness, 0 to 255, of a PNG with 8 bits a channel and no interlacing."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, data, size = 8, b"", (0, 0, 0)
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        if kind == b"IHDR":
            width, height, depth, color = struct.unpack(">IIBB", png[at + 8 : at + 18])
            assert depth == 8
            size = (width, height, {0: 1, 2: 3, 6: 4}[color])
        elif kind == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += length + 12
    return lightness(unfiltered(zlib.decompress(data), *size))


def unfiltered(raw: bytes, width: int, height: int, channels: int) -> Pixels:
    """Undo the five filters of PNG, row by row."""
    length = width * channels
    above = bytes(length)
    rows = bytearray()
    for y in range(height):
        begin = y * (length + 1)
        above = unfiltered_row(raw[begin], raw[begin + 1 : begin + 1 + length], above, channels)
        rows += above
    return np.frombuffer(bytes(rows), np.uint8).reshape(height, width, channels).astype(np.int64)


def unfiltered_row(kind: int, row: bytes, above: bytes, channels: int) -> bytes:
    if kind == 0:
        return row
    found = bytearray(channels) + row
    over = bytes(channels) + above
    for x in range(channels, len(found)):
        left, up = found[x - channels], over[x]
        if kind == 4:
            guess = up if left == (corner := over[x - channels]) else left if up == corner else paeth(left, up, corner)
        else:
            guess = (left, up, (left + up) // 2)[kind - 1]
        found[x] = (found[x] + guess) & 255
    return bytes(found[channels:])


def paeth(left: int, above: int, corner: int) -> int:
    middle = left + above - corner
    return min((abs(middle - left), 0, left), (abs(middle - above), 1, above), (abs(middle - corner), 2, corner))[2]


def lightness(pixels: Pixels) -> Pixels:
    color = pixels[..., :3] if pixels.shape[2] >= 3 else np.repeat(pixels[..., :1], 3, axis=2)
    return (color @ np.array([299, 587, 114])) // 1000


def centimeters(page: Pixels, length: float) -> int:
    return round(length / 2.54 * page.shape[1] / LETTER[0])


ALL = [("a-skeptics-case", "en"), ("unpaid-hours-counted", "es")]


@pytest.mark.parametrize(("name", "language"), ALL)
def test_nothing_runs_over_a_margin(name: str, language: str) -> None:
    for number, page in enumerate(pages(name, language), start=1):
        side, foot = centimeters(page, MARGIN_CM), centimeters(page, 0.7)
        assert page[:, :side].min() == 255, f"page {number}, left"
        assert page[:, -side:].min() == 255, f"page {number}, right"
        assert page[:foot].min() == page[-foot:].min() == 255, f"page {number}, top or bottom"


@pytest.mark.parametrize(("name", "language"), ALL)
def test_no_page_is_only_a_heading_or_a_line_left_over(name: str, language: str) -> None:
    for number, page in enumerate(pages(name, language), start=1):
        body = page[centimeters(page, 2.0) : -centimeters(page, 2.0)]
        inked = (body < 235).any(axis=1).mean()
        assert inked > 0.1, f"page {number} holds next to nothing"


@pytest.mark.parametrize(("name", "language"), ALL)
def test_one_idea_begins_each_page_and_nothing_is_lost(name: str, language: str) -> None:
    told = document(name, language)
    assert len(told.sections) < len(pages(name, language)) <= len(told.sections) + 9


def test_gray_is_enough() -> None:
    page = pages("a-skeptics-case", "en")[2]
    # The strip's solid bars are dark, its hollow ones white with an outline: both are told without any color.
    assert (page < 120).mean() > 0.002
    assert ".solid{fill:#1f5f8b}" in PAPER_STYLE
    assert ".hollow{fill:#ffffff;stroke:#1f5f8b" in PAPER_STYLE


def test_what_loses_money_is_hollow_and_what_pays_is_solid() -> None:
    drawn = [
        block.picture
        for section in document("a-skeptics-case", "en").sections
        for block in section.blocks
        if hasattr(block, "picture")
    ]
    (strip,) = [picture for picture in drawn if isinstance(picture, StripPicture)]
    assert strip.line == 0.0
    assert strip.line in strip.edges, "no bar lies on both sides of the line"
    assert any(isinstance(picture, TornadoPicture) for picture in drawn)


def test_the_same_document_gives_the_same_bytes() -> None:
    told = document("a-skeptics-case", "en")
    assert pdf_of(told) == pdf_of(told)
