"""How is a case written down as an input file, so that what was tried on the page can be kept and run anywhere?"""

from collections.abc import Iterator, Mapping

from daybreak.business_case.quantity_text import SHAPES
from daybreak.business_case.terms import FAMILY_FIGURES, Basis, Inputs, Kind, Quantity, Said, Shape

HEAD = "# A business case for backup child care. `daybreak business-case FILE --out DIR` works it out.\n\n"


def to_toml(inputs: Inputs, kinds: Mapping[str, Kind]) -> str:
    """Return the text of an input file that reads as exactly these inputs."""
    return HEAD + "\n".join(_lines(inputs, kinds)) + "\n"


def _lines(inputs: Inputs, kinds: Mapping[str, Kind]) -> Iterator[str]:
    yield f"title = {_said(inputs.title)}"
    yield f"year = {inputs.year}"
    yield f"employees = {inputs.employees}"
    yield f"counts_unpaid = {_flag(inputs.counts_unpaid)}"
    yield f"takes_credit = {_flag(inputs.takes_credit)}"
    yield f"small_business = {_flag(inputs.is_small_business)}"
    yield f"claims = [{', '.join(map(_text, inputs.claims))}]"
    yield f"plan = [{', '.join(map(_said, inputs.plan))}]"
    for family in inputs.families:
        yield "\n[[family]]"
        yield f"name = {_said(family.name)}"
        yield f'pay_class = "{family.pay_class}"'
        yield f"share = {number(family.share)}"
        yield from (f"{figure} = {_quantity(family.figures[figure])}" for figure in FAMILY_FIGURES)
    yield "\n[inputs]"
    for key, quantity in inputs.quantities.items():
        yield f"# {kinds[key].title.en} ({kinds[key].unit})"
        yield f"{key} = {_quantity(quantity)}"
    for pair in inputs.correlations:
        yield f'\n[[correlation]]\none = "{pair.one}"\nother = "{pair.other}"\nr = {number(pair.r)}'


def number(value: float) -> str:
    """A number as it is typed, without a needless point.

    >>> number(250000.0), number(0.12)
    ('250000', '0.12')
    """
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))


def _quantity(quantity: Quantity) -> str:
    values = _ends(quantity)
    if quantity.basis is not Basis.CHOSEN:
        values["basis"] = f'"{quantity.basis}"'
    if quantity.grade:
        values["grade"] = f'"{quantity.grade}"'
    if quantity.source:
        values["source"] = _text(quantity.source)
    if list(values) == ["value"]:
        return values["value"]
    return "{ " + ", ".join(f"{key} = {value}" for key, value in values.items()) + " }"


def _ends(quantity: Quantity) -> dict[str, str]:
    low, middle, high = number(quantity.low), number(quantity.middle), number(quantity.high)
    if quantity.shape is Shape.FIXED:
        return {"value": middle}
    if quantity.shape is Shape.TRIANGLE:
        return {"least": low, "likely": middle, "most": high}
    if quantity.shape is Shape.MEASURED:
        return {"estimate": middle, "margin": number(quantity.high - quantity.middle)}
    assert frozenset({str(quantity.shape), "low", "high"}) in SHAPES
    return {str(quantity.shape): middle, "low": low, "high": high}


def _said(said: Said) -> str:
    return _text(said.en) if said.en == said.es else f"{{ en = {_text(said.en)}, es = {_text(said.es)} }}"


def _text(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _flag(value: bool) -> str:
    return "true" if value else "false"
