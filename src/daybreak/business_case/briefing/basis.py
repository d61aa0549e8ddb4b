"""Every input of the case: its range, where it is from, how good that is, and how it could be known better."""

from collections.abc import Iterator

from daybreak.business_case.briefing.parts import Told, basis_names, figure, text
from daybreak.business_case.briefing.terms import CASE, Cell, Paragraph, Section, Table
from daybreak.business_case.briefing.wording import by_unit
from daybreak.business_case.drawing import quantities_of
from daybreak.business_case.terms import Basis, Quantity


def inputs(told: Told) -> Section:
    """The table that every figure of the case goes back to."""
    words, case = told.words, told.case
    heads = (
        text(words.gettext("Input")),
        figure(words.gettext("low")),
        figure(words.gettext("middle")),
        figure(words.gettext("high")),
        text(words.gettext("Basis")),
        text(words.gettext("Known better by")),
    )
    rows = tuple(_row(told, key, quantity) for key, quantity in quantities_of(case.inputs).items())
    priors = sum(q.basis is Basis.PRIOR for q in case.inputs.quantities.values())
    title = words.gettext("{priors} of {all} inputs are priors from elsewhere; replace them with your own").format(
        priors=priors, all=len(rows)
    )
    lead = words.gettext(
        "{draws} draws from the seed {seed}. Low and high hold 90 of 100 draws; a single figure is fixed. Going "
        "together: {pairs}."
    ).format(draws=f"{case.draws:,}", seed=told.seed, pairs=_pairs(told))
    law = Paragraph(_law(told), ("usc-45f",))
    table = Table(words.gettext("Every input, and where it is from"), heads, rows, (), (7, 2, 2, 2, 3, 3))
    return Section("inputs", title, (Paragraph(lead, (CASE,)), law, table))


def _row(told: Told, key: str, quantity: Quantity) -> tuple[Cell, ...]:
    words = told.words
    kind = told.library.kinds.get(key)
    unit = told.unit_of(key)
    ends = ("", by_unit(words, unit, quantity.middle), "")
    if quantity.is_uncertain:
        ends = tuple(by_unit(words, unit, value) for value in (quantity.low, quantity.middle, quantity.high))  # type: ignore[assignment]
    basis = basis_names(words)[quantity.basis] + (f", {quantity.grade}" if quantity.grade else "")
    if quantity.source:
        basis += f": {quantity.source}"
    is_prior = kind is not None and quantity.basis is Basis.PRIOR
    learned = _learned(told, kind.learned_by if kind else "records")
    refs = kind.sources if kind is not None and is_prior else ()
    return text(told.title_of(key), *refs), *(figure(end) for end in ends), text(basis), text(learned)


def _learned(told: Told, by: str) -> str:
    words = told.words
    return {
        "pilot": words.gettext("a pilot"),
        "quote": words.gettext("a quote"),
        "records": words.gettext("own records"),
        "nothing": words.gettext("pooling many employers"),
        "": words.gettext("part of the plan"),
    }[by]


def _pairs(told: Told) -> str:
    pairs = tuple(_pair_texts(told))
    return "; ".join(pairs) if pairs else told.words.gettext("none")


def _pair_texts(told: Told) -> Iterator[str]:
    for pair in told.case.inputs.correlations:
        yield f"{told.title_of(pair.one)} + {told.title_of(pair.other)} ({pair.r:+.1f})"


def _law(told: Told) -> str:
    words, law = told.words, told.case.law
    said = words.gettext(
        "Law of {year}: a credit of {rate} of licensed spending and {referral} of help to find care, at most {most} "
        "({cite}); {exclusion} of care a year left out of pay ({cite_129}); payroll tax {payroll}."
    ).format(
        year=law.year,
        rate=words.percent(law.credit_rate),
        referral=words.percent(law.referral_rate),
        most=words.money(law.credit_most),
        cite=_cite(told, "credit"),
        exclusion=words.money(law.exclusion),
        cite_129=_cite(told, "exclusion"),
        payroll=words.percent(law.payroll_rate, digits=2),
    )
    if any(ruled.confidence == "verify" for ruled in law.rulings):
        said += " " + words.gettext("A figure of that year could not be confirmed; the last known one stands for it.")
    return said


def _cite(told: Told, what: str) -> str:
    return next((ruled.cite for ruled in told.case.law.rulings if ruled.what == what), "")
