"""What can an input file of a business case say? Every input with its prior, its grade and its sources, as one page.

`python -m daybreak.cli.case_reference` prints docs/reference/business-case-inputs.md; a test keeps the two alike.
"""

from collections.abc import Iterator

import click

from daybreak.business_case.input_file import LIMITS
from daybreak.business_case.inputs_text import number
from daybreak.business_case.library import Library
from daybreak.business_case.queries import library
from daybreak.business_case.terms import Kind, Quantity, Shape

HEAD = """# The inputs of a business case

What an input file may say under `[inputs]`, and the prior that stands where it is silent. Grades: A register, trial,
natural experiment or cohort; B official survey or count; C seller, advocacy, press or users' own report; D a derivation
or an assumption.

This page is made from the library by `python -m daybreak.cli.case_reference`; a test keeps the two alike.

## How a figure is written

| written | means |
|---|---|
| `110` or `{ value = 110 }` | sure |
| `{ mean = 0.12, low = 0.05, high = 0.22 }` | a share between 0 and 1; low and high hold 90 percent |
| `{ median = 125, low = 90, high = 180 }` | above 0, with a longer tail upward; low and high hold 90 percent |
| `{ least = 10, likely = 20, most = 30 }` | a triangle that never leaves its ends |
| `{ estimate = 0.14, margin = 0.03 }` | measured, with half of its 90 percent interval |

Beside each may stand `basis` (measured, quoted, chosen, prior or claimed), `grade` and `source`.

At the top: `title`, `year`, `employees`, `counts_unpaid`, `takes_credit`, `small_business`, `claims`, `plan`
(sentences). A title, a name and a sentence are a text, or `{ en = "...", es = "..." }`. Each `[[family]]` has `name`,
`pay_class` (hourly or salaried), `share` and the figures below; each `[[correlation]]` has `one`, `other` and `r`.
"""


def page() -> str:
    """The page as Markdown, in the order of the library."""
    return "\n".join(_lines(library()))


def _lines(found: Library) -> Iterator[str]:
    yield HEAD
    yield "## Figures of a job family\n"
    yield "| figure | from | to |\n|---|---|---|"
    yield from (f"| `{figure}` | {number(least)} | {most:,.0f} |" for figure, (least, most) in LIMITS.items())
    yield "\n## Inputs\n"
    yield "| key | what it is | unit | prior | grade | known better by | sources |\n|---|---|---|---|---|---|---|"
    yield from (_row(found, kind) for kind in found.kinds.values())
    yield "\n## Claims that can be loaded\n"
    yield "| name | who | year | grade | what it would put in |\n|---|---|---|---|---|"
    for name, claim in found.claims.items():
        if claim.can_be_loaded:
            sets = ", ".join(f"{key} {_shown(quantity)}" for key, quantity in claim.sets.items())
            yield f"| `{name}` | {claim.who.en} | {claim.year} | {claim.grade} | {sets} |"
    yield ""


def _row(found: Library, kind: Kind) -> str:
    sources = "; ".join(_linked(found, ref) for ref in kind.sources)
    return (
        f"| `{kind.key}` | {kind.title.en}. {kind.note.en} | {kind.unit} | {_shown(kind.prior)} | {kind.prior.grade} "
        f"| {kind.learned_by or 'part of the plan'} | {sources} |"
    )


def _linked(found: Library, ref: str) -> str:
    source = found.sources[ref]
    return f"[{source.title}]({source.address})" if source.address else source.title


def _shown(quantity: Quantity) -> str:
    if quantity.shape is Shape.FIXED:
        return number(quantity.middle)
    ends = f"{number(quantity.low)} to {number(quantity.high)}"
    return f"{quantity.shape} {number(quantity.middle)}, {ends}"


if __name__ == "__main__":
    click.echo(page(), nl=False)
