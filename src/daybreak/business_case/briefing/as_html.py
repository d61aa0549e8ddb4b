"""The briefing as a page: sections for the product's own pages, or a whole file that needs nothing beside it.

Every text is escaped here; pictures are drawn twice, for a phone and for a desk, and the style sheet shows one of them.
"""

import re
from collections.abc import Iterator
from html import escape

from daybreak.business_case.briefing.drawing import NARROW, WIDE, svg
from daybreak.business_case.briefing.terms import (
    Block,
    Bullets,
    Cell,
    Document,
    Drawn,
    Figures,
    Paragraph,
    Section,
    Table,
)

_NEGATIVE = re.compile("\u2212[$0-9][0-9.,]*%?")


def whole_page(document: Document, style: str) -> str:
    """Return a page that stands alone: its style is inside, and nothing is loaded from anywhere."""
    title = escape(f"{document.title}: {document.subtitle}")
    return (
        f'<!doctype html>\n<html lang="{document.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
        f'<header><p class="muted">{title}. {escape(document.note)}</p></header>\n'
        f"{body(document, top=1)}</main>\n</body>\n</html>\n"
    )


def body(document: Document, *, top: int = 2) -> str:
    """Return all sections and the list of sources; the first heading is of level `top`, the others of level 2."""
    sections = "".join(
        section_html(document, section, top if at == 0 else 2) for at, section in enumerate(document.sections)
    )
    return sections + sources_html(document)


def section_html(document: Document, section: Section, level: int) -> str:
    """Return one section with its heading."""
    blocks = "\n".join(block_html(document, block) for block in section.blocks)
    title = f'<h{level} id="{section.key}-title">{_words(section.title)}</h{level}>'
    opened = f'<section class="briefing" id="{section.key}" aria-labelledby="{section.key}-title">'
    return f"{opened}\n{title}\n{blocks}\n</section>\n"


def sources_html(document: Document) -> str:
    """Return the numbered list that every reference leads to."""
    items = "".join(
        f'<li id="source-{cited.number}">{_linked(cited.text, cited.address)}</li>\n' for cited in document.sources
    )
    title = f'<h2 id="sources-title">{escape(document.labels.sources)}</h2>'
    opened = '<section class="briefing" id="sources" aria-labelledby="sources-title">'
    return f'{opened}\n{title}\n<ol class="sources">\n{items}</ol>\n</section>\n'


def block_html(document: Document, block: Block) -> str:
    """Return one block of a section."""
    if isinstance(block, Paragraph):
        return f"<p>{_words(block.text)}{_refs(document, block.refs)}</p>"
    if isinstance(block, Bullets):
        items = "".join(f"<li>{_words(item.text)}{_refs(document, item.refs)}</li>" for item in block.items)
        return f"<ul>{items}</ul>"
    if isinstance(block, Figures):
        return _figures(document, block)
    if isinstance(block, Drawn):
        return _drawn(document, block)
    return _table(document, block)


def _drawn(document: Document, drawn: Drawn) -> str:
    """A picture with the table of its figures one tap away."""
    picture, table = drawn.picture, drawn.table
    summary = escape(document.labels.figures_as_table)
    return (
        f'<figure class="picture drawn"><figcaption>{_words(picture.title)}{_refs(document, picture.refs)}</figcaption>'
        f"{svg(picture, width=NARROW, name='chart narrow')}{svg(picture, width=WIDE, name='chart wide')}"
        f'<p class="hint">{_words(picture.said)}</p>'
        f"<details><summary>{summary}</summary>{_table(document, table)}</details></figure>"
    )


def _figures(document: Document, figures: Figures) -> str:
    items = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{_words(shown)}</dd>"
        f'<dd class="hint">{_words(interval)}{_refs(document, figures.refs)}</dd></div>'
        for name, shown, interval in figures.items
    )
    return f'<dl class="large">{items}</dl>'


def _table(document: Document, table: Table) -> str:
    heads = "".join(f'<th scope="col"{_number(head)}>{escape(head.text)}</th>' for head in table.heads)
    rows = "".join(f"<tr>{''.join(_cells(document, table, row))}</tr>\n" for row in table.rows)
    caption = f"<caption>{_words(table.caption)}{_refs(document, table.refs)}</caption>"
    return f'<table class="table">{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _cells(document: Document, table: Table, row: tuple[Cell, ...]) -> Iterator[str]:
    first, *others = row
    yield f'<th scope="row">{_words(first.text)}{_refs(document, first.refs)}</th>'
    for head, cell in zip(table.heads[1:], others, strict=True):
        shown = f"{_words(cell.text)}{_refs(document, cell.refs)}"
        yield f'<td data-label="{escape(head.text, quote=True)}"{_number(cell)}>{shown}</td>'


def _words(text: str) -> str:
    """A text, escaped; a minus sign stays on the line of its figure."""
    return _NEGATIVE.sub(r'<span class="keep">\g<0></span>', escape(text))


def _number(cell: Cell) -> str:
    return ' class="number"' if cell.is_number else ""


def _refs(document: Document, refs: tuple[str, ...]) -> str:
    at = escape(document.sources_at, quote=True)
    links = "".join(f'<a href="{at}#source-{number}">[{number}]</a>' for number in map(document.number_of, refs))
    return f' <span class="refs">{links}</span>' if links else ""


def _linked(text: str, address: str) -> str:
    if not address:
        return escape(text)
    rel = "" if address.startswith("#") else ' rel="noreferrer"'
    return f'<a href="{escape(address, quote=True)}"{rel}>{escape(text)}</a>'
