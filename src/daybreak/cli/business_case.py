"""`daybreak business-case`: the case from an input file, as figures, as a page and on paper."""

import gettext
import json
from collections.abc import Callable
from pathlib import Path

import click
import numpy as np

from daybreak.business_case.as_json import as_json as case_as_json
from daybreak.business_case.briefing.as_html import whole_page
from daybreak.business_case.briefing.terms import Document
from daybreak.business_case.briefing.wording import Wording
from daybreak.business_case.case import DRAWS, SEED, Case
from daybreak.business_case.input_file import FIX, read_inputs
from daybreak.business_case.queries import briefing_of, case_of, known, page_style, pdf_of
from daybreak.business_case.terms import Inputs
from daybreak.cli.mornings import JSON, text_of, write_whole
from daybreak.kernel.errors import BadInput

FILES = ("case.json", "case.html", "briefing.pdf")
MOST_DRAWS = 5_000_000
ENGLISH = Wording("en", str)
LANGUAGES = ("en", "es")
LOCALE = Path(__file__).resolve().parent.parent / "web" / "locale"


@click.command()
@click.argument("file", metavar="INPUT.toml", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--draws", type=click.IntRange(1000, MOST_DRAWS), default=DRAWS, show_default=True, help="How many years to draw."
)
@click.option(
    "--seed", type=click.IntRange(0, 2**63 - 1), default=SEED, show_default=True, help="Gives the same draws."
)
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Of the page and the paper."
)
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder for the case.")
@JSON
def business_case(file: Path, draws: int, seed: int, language: str, out: Path, as_json: bool) -> None:
    """Work out the business case of an input file: does it pay, how sure is that, what decides it.

    Writes case.json, case.html and briefing.pdf to --out, all or none. The same file, draws and seed give the same
    figures to the last digit, here and on the page.

    Exit 10: the file cannot be used; every problem is named with its line and nothing is written.
    """
    inputs = read_inputs(text_of(file), known(), source=file.name)
    case = _case(inputs, draws, seed, file.name)
    figures = case_as_json(case, seed=seed)
    _write(out, _document(case, seed, language), figures)
    click.echo(json.dumps(figures) if as_json else _sentences(case, _document(case, seed, "en"), out))


def _document(case: Case, seed: int, language: str) -> Document:
    """The briefing in a language; what the command itself prints stays English, as of every command."""
    if language == ENGLISH.language:
        return briefing_of(case, ENGLISH, seed=seed)
    found = gettext.translation("django", LOCALE, [language])
    return briefing_of(case, Wording(language, found.gettext), seed=seed)


def _case(inputs: Inputs, draws: int, seed: int, source: str) -> Case:
    try:
        return case_of(inputs, np.random.default_rng(seed), draws=draws)
    except BadInput as error:
        raise BadInput(error.problem, source=source, do=FIX) from error


def _write(out: Path, document: Document, figures: dict[str, object]) -> None:
    made: dict[str, Callable[[], str | bytes]] = {
        "case.json": lambda: json.dumps(figures, indent=2) + "\n",
        "case.html": lambda: whole_page(document, page_style()),
        "briefing.pdf": lambda: pdf_of(document),
    }
    write_whole(out, made, what="case")


def _sentences(case: Case, document: Document, out: Path) -> str:
    answer, words = case.answer, ENGLISH
    return "\n".join(
        (
            f"{document.sections[0].title}.",
            f"Return {words.percent(answer.roi.p50)}, {words.range_of(answer.roi, words.percent)}; "
            f"if nobody stays because of it {words.percent(answer.roi_without_retention.p50)}, "
            f"{words.range_of(answer.roi_without_retention, words.percent)}.",
            f"Net value a year after tax {words.money(answer.net.p50)}, {words.range_of(answer.net, words.money)}.",
            f"Written: {', '.join(str(out / name) for name in FILES[:-1])} and {out / FILES[-1]}.",
        )
    )
