"""A parent's page weighs at most 60 kilobytes over the wire: everything a phone with an empty cache fetches for it."""

import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from cast import ADA, ROSA, Opened, close_all_but, set_offer
from daybreak.demo.cast import made_id
from web_visits import at_dawn, seen, visitor

MOST = 60 * 1024
ASKING = f"child={ADA}&day=2026-03-02&starts=07:00&ends=15:30"


@pytest.fixture(autouse=True)
def dawn(monkeypatch: pytest.MonkeyPatch) -> None:
    at_dawn(monkeypatch)


def on_the_wire(file: Path) -> int:
    """As WhiteNoise serves it: by Brotli, unless that makes it no smaller, as for a font."""
    content = file.read_bytes()
    return min(len(content), len(brotli.compress(content, quality=11)))


def fetched(path: str) -> dict[str, int]:
    """A static file and what its style sheet draws in, by the bytes of each."""
    found = finders.find(path.removeprefix("/static/"))
    assert found, path
    file = Path(found)
    weights = {path: on_the_wire(file)}
    if file.suffix == ".css":
        # Upright is what text is set in; the italic is fetched only where a page has some, and none here does.
        fonts = [name for name in re.findall(r'url\("([^"]+)"\)', file.read_text()) if "italic" not in name]
        for name in fonts:
            weights |= fetched("/static/" + str(Path(path.removeprefix("/static/")).parent / name))
    return weights


def weigh(client: Client, path: str) -> dict[str, int]:
    answer = client.get(path)
    assert answer.status_code == 200, path
    page = seen(answer)
    assert not [tag for tag, _ in page.tags if tag in ("em", "i")], "the italic would be fetched too"
    # The page itself is counted as it is written, though a proxy may well compress it.
    weights = {path: len(answer.content)}
    linked = [one.get("href") for one in page.every("link")] + [one.get("src") for one in page.every("script", "img")]
    for name in filter(None, linked):
        weights |= fetched(name)
    return weights


def test_no_page_of_a_parent_weighs_more_than_sixty_kilobytes(opened: Opened) -> None:
    close_all_but("larkin")
    looking = opened.asked(who=made_id("marisol"), household="marisol", children=[made_id("child Lucía")])
    set_offer("okafor", 2)
    placed = opened.asked()
    rosa, marisol = visitor(ROSA), visitor(made_id("marisol"))
    pages = [(rosa, path) for path in ("/", "/ask", f"/ask/hours?{ASKING}", f"/ask/check?{ASKING}", "/family")]
    pages += [(rosa, f"/requests/{placed.request_id}"), (marisol, f"/requests/{looking.request_id}")]
    for client, path in pages:
        weights = weigh(client, path)
        assert any(name.endswith(".css") for name in weights)
        assert any(name.endswith(".woff2") for name in weights)
        assert sum(weights.values()) <= MOST, weights
