"""The inputs of a business case as a form, and what a form sends as what a link says.

Shares are typed as percentages, ranges as low, middle and high; a figure with only a middle is taken as sure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext

from daybreak.business_case.briefing.parts import figure_names
from daybreak.business_case.briefing.wording import Wording
from daybreak.business_case.input_file import LIMITS
from daybreak.business_case.inputs_text import number
from daybreak.business_case.library import Library
from daybreak.business_case.links import FLAGS
from daybreak.business_case.terms import FAMILY_FIGURES, Inputs, Quantity

FORM = "f."
"""Fields of the form begin with this; parameters of a link do not."""
PARTS = ("use", "worth", "leavers", "price", "tax", "pilot", "compare")


@dataclass(frozen=True)
class Field:
    """One input: its words, its values as typed, and whether what was typed could not be used."""

    key: str
    title: str
    note: str
    unit: str
    low: str
    middle: str
    high: str
    is_wrong: bool


@dataclass(frozen=True)
class Part:
    """Inputs that belong together."""

    title: str
    fields: tuple[Field, ...]
    is_open: bool


@dataclass(frozen=True)
class Tick:
    """A yes or no, or a claim to be shown beside the case."""

    name: str
    value: str
    title: str
    line: str
    on: bool


def parts_of(inputs: Inputs, library: Library, words: Wording, wrong: Sequence[str]) -> list[Part]:
    """Every input as fields, by part; a part with something wrong in it is open."""
    found = [_employer(inputs, wrong)]
    for at, family in enumerate(inputs.families):
        found.append(_part(words.said(family.name), _family(inputs, at, words, wrong)))
    for part in PARTS:
        kinds = [kind for kind in library.kinds.values() if kind.part == part]
        fields = tuple(
            _field(
                kind.key,
                words.said(kind.title),
                words.said(kind.note),
                kind.unit,
                inputs.quantities[kind.key],
                kind.key in wrong,
            )
            for kind in kinds
        )
        found.append(_part(_part_names()[part], fields, is_open=part == "price"))
    return found


def _part_names() -> Mapping[str, str]:
    return {
        "use": gettext("Who uses it, and how much"),
        "worth": gettext("What a used day is worth"),
        "leavers": gettext("Who stays because of it"),
        "price": gettext("What it costs"),
        "tax": gettext("Tax"),
        "pilot": gettext("For the pilot"),
        "compare": gettext("For comparison only"),
    }


def _part(title: str, fields: tuple[Field, ...], *, is_open: bool = False) -> Part:
    return Part(title, fields, is_open or any(field.is_wrong for field in fields))


def _employer(inputs: Inputs, wrong: Sequence[str]) -> Part:
    names = {"employees": gettext("Employees"), "year": gettext("Tax year")}
    fields = tuple(
        Field(key, name, "", "", "", str(getattr(inputs, key)), "", key in wrong) for key, name in names.items()
    )
    return _part(gettext("The employer"), fields, is_open=True)


def _family(inputs: Inputs, at: int, words: Wording, wrong: Sequence[str]) -> tuple[Field, ...]:
    family = inputs.families[at]
    share = Field(
        f"family.{at}.share",
        gettext("part of all employees"),
        "",
        "share",
        "",
        _percent(number(family.share)),
        "",
        f"family.{at}.share" in wrong,
    )
    names = figure_names(words)
    own = (
        _field(
            f"family.{at}.{figure}",
            names[figure],
            "",
            unit_of(figure),
            family.figures[figure],
            f"family.{at}.{figure}" in wrong,
        )
        for figure in FAMILY_FIGURES
    )
    return share, *own


def unit_of(figure: str) -> str:
    """The unit of a job family's figure."""
    return "dollars" if figure == "pay" else "share"


def _field(key: str, title: str, note: str, unit: str, quantity: Quantity, is_wrong: bool) -> Field:
    shown = [number(value) for value in (quantity.low, quantity.middle, quantity.high)]
    if unit == "share":
        shown = [_percent(text) for text in shown]
    low, middle, high = shown if quantity.is_uncertain else ("", shown[1], "")
    return Field(key, title, note, unit, low, middle, high, is_wrong)


def _percent(text: str) -> str:
    """A share as a percentage, digit by digit.

    >>> _percent("0.055"), _percent("1")
    ('5.5', '100')
    """
    return f"{(Decimal(text) * 100).normalize():f}"


def ticks_of(inputs: Inputs) -> list[Tick]:
    """The three yes-or-no questions of a case."""
    words = {
        "counts_unpaid": (
            gettext("Count pay that employees regain"),
            gettext("Saved days that would have been unpaid are then paid: their gain, the employer's cost."),
        ),
        "takes_credit": (gettext("Take the federal credit"), gettext("26 USC 45F, for licensed care under contract.")),
        "small_business": (gettext("A small business for that credit"), gettext("A higher rate and a higher limit.")),
    }
    on = (inputs.counts_unpaid, inputs.takes_credit, inputs.is_small_business)
    return [Tick(f"{FORM}{flag}", "1", *words[flag], is_on) for flag, is_on in zip(FLAGS, on, strict=True)]


def claim_ticks(inputs: Inputs, library: Library, words: Wording) -> list[Tick]:
    """The claims that can be shown beside the case."""
    return [
        Tick(
            f"{FORM}claims",
            name,
            f"{claim.who}, {claim.year} ({claim.grade})",
            words.said(claim.said),
            name in inputs.claims,
        )
        for name, claim in library.claims.items()
        if claim.can_be_loaded
    ]


def sent(fields: Mapping[str, Sequence[str]], library: Library) -> dict[str, str]:
    """What a form sent, as a link would say it; text that is no number is passed on to be refused."""
    said = dict(_sent(fields, library))
    for flag in FLAGS:
        said[flag] = "1" if fields.get(f"{FORM}{flag}") else "0"
    said["claims"] = " ".join(fields.get(f"{FORM}claims", ()))
    return said


def _sent(fields: Mapping[str, Sequence[str]], library: Library) -> Iterator[tuple[str, str]]:
    for name, values in fields.items():
        key = name.removeprefix(FORM)
        if name == key or key in FLAGS or key == "claims" or not values:
            continue
        yield key, _share(values[-1]) if _is_share(key, library) else values[-1]


def _is_share(key: str, library: Library) -> bool:
    main = key.removesuffix(".low").removesuffix(".high")
    if main in library.kinds:
        return library.kinds[main].unit == "share"
    figure = main.rpartition(".")[2]
    return main.startswith("family.") and (figure == "share" or (figure in LIMITS and unit_of(figure) == "share"))


def _share(text: str) -> str:
    """A percentage as a share, digit by digit.

    >>> _share("5.5"), _share("many")
    ('0.055', 'many')
    """
    try:
        return f"{(Decimal(text.strip().replace(',', '').removesuffix('%').strip()) / 100).normalize():f}"
    except (InvalidOperation, ValueError):
        return text
