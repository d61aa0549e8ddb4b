"""The briefing as data for the layout on paper: paper/briefing.typ sets the same document that the page shows."""

import json

from daybreak.business_case.briefing.drawing import PAPER_STYLE, WIDE, svg
from daybreak.business_case.briefing.terms import (
    Block,
    Bullets,
    Cell,
    Document,
    Drawn,
    Figures,
    Paragraph,
    Table,
    TornadoPicture,
)


def paper_data(document: Document) -> str:
    """Return the document as JSON, pictures as SVG text."""
    return json.dumps(
        {
            "language": document.language,
            "title": document.title,
            "subtitle": document.subtitle,
            "note": document.note,
            "sources_title": document.labels.sources,
            "page": document.labels.page,
            "sections": [
                {"title": section.title, "blocks": [_block(document, block) for block in section.blocks]}
                for section in document.sections
            ],
            "sources": [
                {"number": cited.number, "text": cited.text, "address": cited.address} for cited in document.sources
            ],
        },
        ensure_ascii=False,
    )


def _block(document: Document, block: Block) -> dict[str, object]:
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "text": block.text, "refs": _numbers(document, block.refs)}
    if isinstance(block, Bullets):
        items = [{"text": item.text, "refs": _numbers(document, item.refs)} for item in block.items]
        return {"kind": "bullets", "items": items}
    if isinstance(block, Figures):
        return {
            "kind": "figures",
            "items": [list(item) for item in block.items],
            "refs": _numbers(document, block.refs),
        }
    if isinstance(block, Drawn):
        return _drawn(document, block)
    return _table(document, block)


def _drawn(document: Document, drawn: Drawn) -> dict[str, object]:
    picture = drawn.picture
    return {
        "kind": "picture",
        "title": picture.title,
        "said": picture.said,
        "refs": _numbers(document, picture.refs),
        "svg": svg(picture, width=WIDE, style=PAPER_STYLE),
        "tall": isinstance(picture, TornadoPicture),
        "table": _table(document, drawn.table),
    }


def _table(document: Document, table: Table) -> dict[str, object]:
    return {
        "kind": "table",
        "caption": table.caption,
        "refs": _numbers(document, table.refs),
        "heads": [_cell(document, cell) for cell in table.heads],
        "rows": [[_cell(document, cell) for cell in row] for row in table.rows],
        "widths": list(table.widths) or [1] * len(table.heads),
    }


def _cell(document: Document, cell: Cell) -> dict[str, object]:
    return {"text": cell.text, "number": cell.is_number, "refs": _numbers(document, cell.refs)}


def _numbers(document: Document, refs: tuple[str, ...]) -> list[int]:
    return [document.number_of(ref) for ref in refs]
