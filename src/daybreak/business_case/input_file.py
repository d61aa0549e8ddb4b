"""What does an input file say? From TOML text to `Inputs`, all or nothing, each problem with its line.

Where the file is silent, the library's cited prior stands in. What is misspelled is refused, since a slip that is
passed over would leave the prior in place of a figure somebody meant.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from daybreak.business_case.copula import goes_together
from daybreak.business_case.quantity_text import Reading
from daybreak.business_case.terms import (
    FAMILY_FIGURES,
    Correlation,
    Family,
    Inputs,
    Kind,
    Quantity,
    Said,
)
from daybreak.kernel.toml_lines import read

FIX = "Nothing was worked out and nothing was written. Fix the file and run the command again."
PAY_CLASSES = ("hourly", "salaried")
MOST_FAMILIES = 12
MOST_EMPLOYEES = 5_000_000
FIRST_YEAR, LAST_YEAR = 2002, 2100
TOP = (
    *("title", "year", "employees", "counts_unpaid", "takes_credit", "small_business", "claims", "plan"),
    *("family", "inputs", "correlation"),
)
FAMILY = ("name", "pay_class", "share", *FAMILY_FIGURES)
LIMITS: Mapping[str, tuple[float, float]] = {
    "pay": (1.0, 100_000_000.0),
    "quits": (0.0, 5.0),
    "turnover_cost": (0.0, 10.0),
    "from_home": (0.0, 1.0),
    "unpaid": (0.0, 1.0),
}
"""What a figure of a job family may be: dollars a year, quits a year for each employee, years of pay, two shares."""
ABSENT: Mapping[str, float] = {"from_home": 0.0, "unpaid": 0.0}
"""What a family that says nothing of it has: nobody can work from home, and every absent day is paid."""


@dataclass(frozen=True)
class Known:
    """What the library knows: the kinds of inputs, and the names of the claims that can be loaded."""

    kinds: Mapping[str, Kind]
    claims: tuple[str, ...]


def read_inputs(text: str, known: Known, *, source: str = "input") -> Inputs:
    """Read the text of an input file; raises BadInput with every problem found, the first one first."""
    document, lines = read(text, source=source, do=FIX)
    reading = Reading(source, lines)
    _unknown_keys(reading, document)
    inputs = Inputs(
        title=reading.said(document.get("title", source), "title"),
        year=reading.whole(document.get("year"), FIRST_YEAR, LAST_YEAR, "year"),
        employees=reading.whole(document.get("employees"), 1, MOST_EMPLOYEES, "employees"),
        families=_families(reading, document.get("family")),
        quantities=_quantities(reading, document.get("inputs", {}), known),
        correlations=_correlations(reading, document.get("correlation", []), known),
        counts_unpaid=reading.flag(document.get("counts_unpaid", True), "counts_unpaid"),
        takes_credit=reading.flag(document.get("takes_credit", True), "takes_credit"),
        is_small_business=reading.flag(document.get("small_business", False), "small_business"),
        claims=_claims(reading, document.get("claims", []), known),
        plan=_plan(reading, document.get("plan", [])),
    )
    reading.problems.stop(do=FIX)
    return inputs


def _unknown_keys(reading: Reading, document: Mapping[str, object]) -> None:
    for key in document:
        reading.known(key, TOP, key)


def _families(reading: Reading, found: object) -> tuple[Family, ...]:
    tables = reading.tables(found, "family")
    if not 1 <= len(tables) <= MOST_FAMILIES:
        reading.wrong(f"there are {len(tables)} job families; a case needs 1 to {MOST_FAMILIES} of them.", "family", 0)
        return ()
    families = tuple(_family(reading, table, number) for number, table in enumerate(tables))
    total = sum(family.share for family in families)
    if abs(total - 1) > 1e-6:
        at = len(families) - 1
        reading.wrong(f"the shares of the job families add up to {total:g} and not to 1.", "family", at, "share")
    return families


def _family(reading: Reading, table: Mapping[str, object], at: int) -> Family:
    for key in table:
        reading.known(key, FAMILY, "family", at, key)
    figures = {}
    for figure in FAMILY_FIGURES:
        least, most = LIMITS[figure]
        value = table.get(figure, ABSENT.get(figure))
        figures[figure] = reading.quantity(value, least, most, "family", at, figure)
    return Family(
        name=reading.said(table.get("name"), "family", at, "name"),
        pay_class=reading.one_of(table.get("pay_class"), PAY_CLASSES, "family", at, "pay_class"),
        share=reading.number(table.get("share"), 0.0, 1.0, "family", at, "share"),
        figures=figures,
    )


def _quantities(reading: Reading, found: object, known: Known) -> dict[str, Quantity]:
    table = reading.table(found, "inputs")
    quantities = {key: kind.prior for key, kind in known.kinds.items()}
    for key, value in table.items():
        if reading.known(key, tuple(known.kinds), "inputs", key):
            kind = known.kinds[key]
            quantities[key] = reading.quantity(value, kind.least, kind.most, "inputs", key)
    return quantities


def _correlations(reading: Reading, found: object, known: Known) -> tuple[Correlation, ...]:
    pairs: list[Correlation] = []
    for at, table in enumerate(reading.tables(found, "correlation")):
        for key in table:
            reading.known(key, ("one", "other", "r"), "correlation", at, key)
        pair = Correlation(
            reading.one_of(table.get("one"), tuple(known.kinds), "correlation", at, "one"),
            reading.one_of(table.get("other"), tuple(known.kinds), "correlation", at, "other"),
            reading.number(table.get("r"), -0.99, 0.99, "correlation", at, "r"),
        )
        if pair.one == pair.other:
            reading.wrong("an input cannot be correlated with itself.", "correlation", at, "other")
        if any({pair.one, pair.other} == {before.one, before.other} for before in pairs):
            reading.wrong(f"{pair.one} and {pair.other} are correlated twice.", "correlation", at)
        pairs.append(pair)
    if not reading.problems.found and pairs and not goes_together(pairs):
        reading.wrong(
            "these correlations contradict each other: no inputs can go together this way.",
            "correlation",
            len(pairs) - 1,
        )
    return tuple(pairs)


def _claims(reading: Reading, found: object, known: Known) -> tuple[str, ...]:
    names = reading.texts(found, "claims")
    for name in names:
        if name not in known.claims:
            near = get_close_matches(name, known.claims, n=1)
            more = f" Did you mean {near[0]!r}?" if near else ""
            reading.wrong(f"there is no claim {name!r} in the library.{more}", "claims")
    if len(set(names)) != len(names):
        reading.wrong("a claim is named twice.", "claims")
    return names


def _plan(reading: Reading, found: object) -> tuple[Said, ...]:
    if not isinstance(found, list):
        reading.wrong("plan is not a list of sentences.", "plan")
        return ()
    return tuple(reading.said(line, "plan") for line in found)
