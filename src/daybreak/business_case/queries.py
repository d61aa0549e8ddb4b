"""What comes with the product? The library of priors and claims, the law of a year, the cases to start from."""

from functools import cache
from importlib.resources import as_file, files

import numpy as np
import typst

from daybreak.business_case.arithmetic import (
    Recovered,
    recovered_as_published,
    recovered_by_credit_alone,
    recovered_by_law,
)
from daybreak.business_case.briefing.as_paper import paper_data
from daybreak.business_case.briefing.compose import brief
from daybreak.business_case.briefing.terms import Document
from daybreak.business_case.briefing.wording import Wording
from daybreak.business_case.case import DRAWS, Case, work_out
from daybreak.business_case.input_file import Known, read_inputs
from daybreak.business_case.law import corporate_rate, law_of
from daybreak.business_case.library import Library, library_from
from daybreak.business_case.terms import Inputs, Law
from daybreak.rulebook.queries import packaged

LIBRARY = ("inputs.toml", "sources.toml", "claims.toml", "facts.toml", "peers.toml")
PUBLISHED_FOR, LAW_NOW = 2016, 2026
"""The year of the law that Patagonia's published sum was written under, and the newest the rulebook has."""


@cache
def library() -> Library:
    """Return the packaged library, read once per process. Raises BadRule when a file of it cannot be trusted."""
    folder = files("daybreak") / "business_case" / "library"
    return library_from({name: (folder / name).read_text(encoding="utf-8") for name in LIBRARY})


def known() -> Known:
    """Return what an input file may name."""
    found = library()
    return Known(found.kinds, tuple(name for name, claim in found.claims.items() if claim.can_be_loaded))


@cache
def law(year: int, *, is_small_business: bool = False) -> Law:
    """Return the law of a year; raises BadInput for a year that a rule does not cover."""
    return law_of(packaged(), year, is_small_business=is_small_business)


def case_of(inputs: Inputs, rng: np.random.Generator, *, draws: int = DRAWS) -> Case:
    """Work out a case by the law of its year and with the claims it names.

    Raises BadInput for a year that a rule does not cover and for a benefit that costs nothing.
    """
    found = library()
    then = law(inputs.year, is_small_business=inputs.is_small_business)
    claims = tuple(found.claims[name] for name in inputs.claims)
    return work_out(inputs, then, found.kinds, rng, draws=draws, claims=claims)


def briefing_of(case: Case, words: Wording, *, seed: int) -> Document:
    """Compose the briefing of a case in the reader's language."""
    return brief(case, library(), recovered(), words, seed=seed)


@cache
def start_texts() -> dict[str, str]:
    """Return the packaged input files by name, as they are."""
    folder = files("daybreak") / "business_case" / "starts"
    found = sorted(folder.iterdir(), key=lambda entry: entry.name)
    return {
        entry.name.removesuffix(".toml"): entry.read_text(encoding="utf-8")
        for entry in found
        if entry.name.endswith(".toml")
    }


@cache
def start(name: str) -> Inputs:
    """Return the inputs of a packaged case. Raises KeyError for a name there is none of."""
    return read_inputs(start_texts()[name], known(), source=f"{name}.toml")


@cache
def recovered() -> tuple[Recovered, ...]:
    """Return Patagonia's published sum counted four ways: theirs, the law of then and of now, the credit alone."""
    figures = library().claims["patagonia"].figures
    by_law = (
        recovered_by_law(figures, law(year), corporate_rate(packaged(), year)) for year in (PUBLISHED_FOR, LAW_NOW)
    )
    return recovered_as_published(figures), *by_law, recovered_by_credit_alone(figures)


def page_style() -> str:
    """Return the style sheet of a briefing that stands alone as a file."""
    return (files("daybreak") / "business_case" / "paper" / "briefing.css").read_text(encoding="utf-8")


def pdf_of(document: Document) -> bytes:
    """Return the briefing on paper. The same document gives the same bytes."""
    (pdf,) = _pages(_set(document).compile(format="pdf"))
    return pdf


def pictures_of(document: Document, *, ppi: int) -> list[bytes]:
    """Return a PNG picture of each page of the briefing on paper, with so many pixels an inch."""
    return _pages(_set(document).compile(format="png", ppi=ppi))


def _pages(found: bytes | list[bytes] | None) -> list[bytes]:
    return found if isinstance(found, list) else [found or b""]


def _set(document: Document) -> typst.Compiler:
    with as_file(files("daybreak") / "business_case" / "paper") as folder:
        return typst.Compiler(
            str(folder / "briefing.typ"),
            root=str(folder),
            font_paths=[str(folder)],
            ignore_system_fonts=True,
            sys_inputs={"document": paper_data(document)},
        )
