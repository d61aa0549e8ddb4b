"""How does a link carry a case? The case it started from, and every figure that was changed.

`/business-case?start=a-skeptics-case&price=110&reach=0.05_0.15_0.25` is one case for whoever opens it: nothing is
stored. A form sends a range as three fields (`reach.low`, `reach`, `reach.high`); a link as one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from daybreak.business_case.input_file import (
    FIRST_YEAR,
    LAST_YEAR,
    LIMITS,
    MOST_EMPLOYEES,
    Known,
)
from daybreak.business_case.inputs_text import number
from daybreak.business_case.quantity_text import Reading
from daybreak.business_case.terms import FAMILY_FIGURES, Family, Inputs, Quantity, Shape, fixed

FLAGS = ("counts_unpaid", "takes_credit", "small_business")
BETWEEN = "_"


def changes(inputs: Inputs, start: Inputs) -> list[tuple[str, str]]:
    """List what a link must say for these inputs, given the case it starts from, in a fixed order."""
    return list(_changes(inputs, start))


def _changes(inputs: Inputs, start: Inputs) -> Iterator[tuple[str, str]]:
    before = dict(_all(start))
    yield from ((key, value) for key, value in _all(inputs) if before[key] != value)


def _all(inputs: Inputs) -> Iterator[tuple[str, str]]:
    """Everything a link can say of a case."""
    yield "year", str(inputs.year)
    yield "employees", str(inputs.employees)
    yield from ((flag, str(int(value))) for flag, value in zip(FLAGS, _flags(inputs), strict=True))
    yield "claims", " ".join(inputs.claims)
    for at, family in enumerate(inputs.families):
        yield f"family.{at}.share", number(family.share)
        yield from ((f"family.{at}.{figure}", written(family.figures[figure])) for figure in FAMILY_FIGURES)
    yield from ((key, written(quantity)) for key, quantity in inputs.quantities.items())


def written(quantity: Quantity) -> str:
    """A quantity as a link says it.

    >>> written(fixed(110.0)), written(Quantity(Shape.SHARE, 0.05, 0.12, 0.22))
    ('110', '0.05_0.12_0.22')
    """
    if quantity.shape is Shape.FIXED:
        return number(quantity.middle)
    return BETWEEN.join(map(number, (quantity.low, quantity.middle, quantity.high)))


def changed(start: Inputs, said: Mapping[str, str], known: Known) -> tuple[Inputs, Reading]:
    """Return the start with the changes a link or a form says, and the reading that notes what is wrong with them.

    What cannot be read leaves the start's figure in place, so a case with problems is never to be worked out.
    """
    reading = Reading("link")
    flags = {
        flag: said[flag] == "1" if flag in said else before for flag, before in zip(FLAGS, _flags(start), strict=True)
    }
    inputs = replace(
        start,
        year=_whole(reading, said, "year", start.year, FIRST_YEAR, LAST_YEAR),
        employees=_whole(reading, said, "employees", start.employees, 1, MOST_EMPLOYEES),
        counts_unpaid=flags["counts_unpaid"],
        takes_credit=flags["takes_credit"],
        is_small_business=flags["small_business"],
        claims=_claims(reading, said, start, known),
        families=tuple(_family(reading, said, family, at) for at, family in enumerate(start.families)),
        quantities={
            key: _quantity(
                reading, said, key, before, (known.kinds[key].least, known.kinds[key].most), known.kinds[key].prior
            )
            for key, before in start.quantities.items()
        },
    )
    total = sum(family.share for family in inputs.families)
    if abs(total - 1) > 1e-6:
        reading.wrong(f"the shares of the job families add up to {total:g} and not to 1.", "family.0.share")
    return inputs, reading


def _flags(inputs: Inputs) -> tuple[bool, bool, bool]:
    return inputs.counts_unpaid, inputs.takes_credit, inputs.is_small_business


def _whole(reading: Reading, said: Mapping[str, str], key: str, before: int, least: int, most: int) -> int:
    if key not in said:
        return before
    text = said[key].strip().replace(",", "")
    return reading.whole(int(text) if text.isascii() and text.isdigit() and len(text) < 12 else text, least, most, key)


def _claims(reading: Reading, said: Mapping[str, str], start: Inputs, known: Known) -> tuple[str, ...]:
    if "claims" not in said:
        return start.claims
    names = tuple(dict.fromkeys(said["claims"].split()))
    for name in names:
        reading.one_of(name, known.claims, "claims")
    return tuple(name for name in names if name in known.claims)


def _family(reading: Reading, said: Mapping[str, str], family: Family, at: int) -> Family:
    name = f"family.{at}.share"
    share = reading.number(_number(said[name]), 0.0, 1.0, name) if name in said else family.share
    figures = {
        figure: _quantity(reading, said, f"family.{at}.{figure}", before, LIMITS[figure], before)
        for figure, before in family.figures.items()
    }
    return replace(family, share=share, figures=figures)


def _quantity(
    reading: Reading, said: Mapping[str, str], key: str, before: Quantity, limits: tuple[float, float], prior: Quantity
) -> Quantity:
    if key not in said:
        return before
    parts = [said.get(f"{key}.low", ""), *said[key].split(BETWEEN), said.get(f"{key}.high", "")]
    texts = [text.strip() for text in parts if text.strip()]
    least, most = limits
    if len(texts) == 1:
        value = reading.number(_number(texts[0]), least, most, key)
        return (
            before
            if before == replace(fixed(value), basis=before.basis, grade=before.grade, source=before.source)
            else fixed(value)
        )
    if len(texts) != 3:
        reading.wrong(f"{key} needs one number, or three: low, middle and high.", key)
        return before
    shape = next((one.shape for one in (before, prior) if one.is_uncertain), Shape.TRIANGLE)
    found = reading.quantity(_table(shape, [_number(text) for text in texts]), least, most, key)
    alike = replace(found, basis=before.basis, grade=before.grade, source=before.source)
    return before if alike == before else found


def _table(shape: Shape, ends: list[object]) -> dict[str, object]:
    if shape is Shape.MEASURED or shape is Shape.TRIANGLE:
        return {"least": ends[0], "likely": ends[1], "most": ends[2]}
    return {"low": ends[0], str(shape): ends[1], "high": ends[2]}


def _number(text: str) -> object:
    try:
        return float(text.strip().replace(",", ""))
    except ValueError:
        return text
