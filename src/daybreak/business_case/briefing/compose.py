"""The whole briefing in its order: one page first, then detail, then what every figure goes back to."""

from collections.abc import Iterator

from daybreak.business_case.arithmetic import Recovered
from daybreak.business_case.briefing import basis, elsewhere, front, money, people
from daybreak.business_case.briefing.parts import Told
from daybreak.business_case.briefing.terms import (
    CASE,
    Bullets,
    Cited,
    Document,
    Drawn,
    Labels,
    Section,
    Table,
)
from daybreak.business_case.briefing.wording import Wording
from daybreak.business_case.case import Case
from daybreak.business_case.library import Library


def brief(case: Case, library: Library, recovered: tuple[Recovered, ...], words: Wording, *, seed: int) -> Document:
    """Return the briefing of a case in the reader's language."""
    told = Told(case, library, recovered, words, seed)
    sections = (
        front.front(told),
        front.plan(told),
        money.net(told),
        money.decides(told),
        money.whose(told),
        people.helped(told),
        people.burden(told),
        people.pilot(told),
        people.others(told),
        elsewhere.claims(told),
        elsewhere.sums(told),
        elsewhere.measured(told),
        elsewhere.peers(told),
        elsewhere.questions(told),
        elsewhere.open_questions(told),
        basis.inputs(told),
    )
    return Document(
        language=words.language,
        title=words.gettext("Backup child care: the case"),
        subtitle=words.said(case.inputs.title),
        note=words.gettext("Made from an input file by Daybreak; no employee's data is in it."),
        sections=sections,
        sources=_cited(told, sections),
        labels=Labels(
            figures_as_table=words.gettext("The figures as a table"),
            sources=words.gettext("Sources"),
            page=words.gettext("page"),
            contents=words.gettext("What is in it"),
        ),
    )


def _cited(told: Told, sections: tuple[Section, ...]) -> tuple[Cited, ...]:
    """The sources in the order in which they are first named, the case itself among them."""
    refs = dict.fromkeys(ref for section in sections for ref in refs_in(section))
    return tuple(_source(told, ref, number) for number, ref in enumerate(refs, start=1))


def _source(told: Told, ref: str, number: int) -> Cited:
    if ref == CASE:
        said = told.words.gettext(
            "This case: worked out from the inputs in the last section, {draws} draws, seed {seed}"
        )
        return Cited(ref, number, said.format(draws=f"{told.case.draws:,}", seed=told.seed), "#inputs")
    source = told.library.sources[ref]
    return Cited(ref, number, f"{source.title} ({source.grade})", source.address)


def refs_in(section: Section) -> Iterator[str]:
    """Every source a section names, in its order."""
    for block in section.blocks:
        if isinstance(block, Bullets):
            for item in block.items:
                yield from item.refs
        elif isinstance(block, Drawn):
            yield from block.picture.refs
            yield from _table_refs(block.table)
        elif isinstance(block, Table):
            yield from _table_refs(block)
        else:
            yield from block.refs


def _table_refs(table: Table) -> Iterator[str]:
    yield from table.refs
    for row in table.rows:
        for cell in row:
            yield from cell.refs
