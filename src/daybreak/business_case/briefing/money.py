"""How the net value is spread, what decides it, and in whose money it stands."""

from daybreak.business_case.briefing.drawing import even_ticks
from daybreak.business_case.briefing.parts import Told, figure, money_row, money_ticks, spread_heads, spread_table, text
from daybreak.business_case.briefing.terms import (
    CASE,
    Cell,
    Drawn,
    IntervalPicture,
    Mark,
    Paragraph,
    Section,
    StripPicture,
    Swing,
    Table,
    TornadoPicture,
)
from daybreak.business_case.briefing.wording import by_unit, signed
from daybreak.business_case.drawing import quantities_of
from daybreak.business_case.ledgers import LEDGERS, LINES
from daybreak.business_case.sensitivity import Sensitivity
from daybreak.business_case.shapes import Z95, value_at

MOST_SWINGS = 8
SMALL_SWING = 0.01
"""An input that moves the answer by less than this part of the widest swing is left out of the picture."""


def net(told: Told) -> Section:
    """Where the draws fall."""
    words, case = told.words, told.case
    answer = case.answer
    title = words.gettext("{chance} draws pay; the middle one leaves {net} a year").format(
        chance=words.chance(answer.chance), net=words.money(answer.net.p50)
    )
    return Section("net", title, (distribution(told), Paragraph(_reading(told), (CASE,))))


def distribution(told: Told) -> Drawn:
    """The strip of all draws, hollow where the benefit loses money."""
    words, case = told.words, told.case
    found = case.histogram
    below = words.gettext("loses money: {chance}").format(chance=words.chance(1 - case.answer.chance))
    above = words.gettext("pays: {chance}").format(chance=words.chance(case.answer.chance))
    spread = case.answer.net
    picture = StripPicture(
        title=words.gettext("Net value a year after tax, in {draws} draws").format(draws=f"{case.draws:,}"),
        said=words.gettext("Hollow bars lose money, solid ones pay. One draw in 50 lies outside the picture."),
        edges=found.edges,
        counts=found.counts,
        line=0.0,
        below_label=below,
        above_label=above,
        ticks=money_ticks(words, found.edges[0], found.edges[-1]),
        refs=(CASE,),
    )
    table = spread_table(
        words.gettext("Net value a year after tax, in millions of dollars"),
        spread_heads(words, words.gettext("Reading")),
        (
            money_row(words, told.reading, spread),
            money_row(words, words.gettext("If nobody stays because of it"), case.answer.net_without_retention),
        ),
    )
    return Drawn(picture, table)


def _reading(told: Told) -> str:
    words, answer = told.words, told.case.answer
    return words.gettext(
        "The mean is {mean}. Without any effect on who leaves, {chance} draws pay and the middle one leaves {net}."
    ).format(
        mean=words.money(answer.net.mean),
        chance=words.chance(answer.chance_without_retention),
        net=words.money(answer.net_without_retention.p50),
    )


def decides(told: Told) -> Section:
    """What moves the answer, and where it would turn."""
    words, found = told.words, told.case.sensitivities
    if not found:
        only = Paragraph(words.gettext("Every figure of this case is fixed, so nothing in it is uncertain."), (CASE,))
        return Section("decides", words.gettext("Nothing in this case is uncertain"), (only,))
    title = words.gettext("{input} moves the answer most").format(input=told.title_of(found[0].key))
    return Section(
        "decides",
        title,
        (
            Paragraph(
                words.gettext(
                    "To know everything before deciding would be worth {all} a year: what a pilot can tell "
                    "{pilot}, what "
                    "quotes tell {quote}, what one's own records tell {records}. Parts do not add up to the whole."
                ).format(
                    all=words.money(told.case.knowing.everything),
                    pilot=words.money(told.case.knowing.pilot),
                    quote=words.money(told.case.knowing.quote),
                    records=words.money(told.case.knowing.records),
                ),
                (CASE,),
            ),
            tornado(told),
        ),
    )


def tornado(told: Told) -> Drawn:
    """Swings of the inputs that matter, with their ends, and the table of all of them."""
    words, found = told.words, told.case.sensitivities
    widest = found[0].swing or 1.0
    shown = [one for one in found[:MOST_SWINGS] if one.swing >= SMALL_SWING * widest] or list(found[:1])
    ends = [end for one in shown for end in (one.at_low, one.at_high)]
    picture = TornadoPicture(
        title=words.gettext("Each input from its low to its high end, all others at their middle"),
        said=words.gettext(
            "Net value a year after tax; hollow at the low end of the input, solid at the high end, which are named."
        ),
        swings=tuple(
            Swing(told.title_of(one.key), one.at_low, one.at_high, *(_end(told, one.key, z) for z in (-Z95, Z95)))
            for one in shown
        ),
        middle=told.case.at_medians,
        ticks=tuple((tick, words.money(tick)) for tick in even_ticks(min(ends), max(ends))),
        refs=(CASE,),
    )
    heads = (
        text(words.gettext("Input")),
        figure(words.gettext("swing, $ million")),
        figure(words.gettext("just pays at")),
        figure(words.gettext("share of variance")),
        figure(words.gettext("with interactions")),
        figure(words.gettext("worth knowing, $ million")),
    )
    rows = tuple(_row(told, one) for one in found)
    return Drawn(picture, Table(words.gettext("What each input does"), heads, rows, (CASE,), (6, 2, 2, 2, 2, 2)))


def _end(told: Told, key: str, z: float) -> str:
    value = float(value_at(quantities_of(told.case.inputs)[key], z))
    return by_unit(told.words, told.unit_of(key), value)


def _row(told: Told, one: Sensitivity) -> tuple[Cell, ...]:
    words = told.words
    even = words.gettext("never") if one.break_even is None else by_unit(words, told.unit_of(one.key), one.break_even)
    return (
        text(told.title_of(one.key)),
        figure(signed(one.swing / 1e6, 1)),
        figure(even),
        figure(words.percent(one.first)),
        figure(words.percent(one.total)),
        figure(signed(one.worth_knowing / 1e6, 2)),
    )


def whose(told: Told) -> Section:
    """Three ledgers that add up."""
    words, case = told.words, told.case
    names = {
        "employer": words.gettext("The employer, after tax"),
        "employee": words.gettext("The employees"),
        "treasury": words.gettext("The Treasury"),
        "together": words.gettext("All three together"),
    }
    marks = tuple(
        Mark(
            names[key],
            spread.p05,
            spread.p50,
            spread.p95,
            f"{words.money(spread.p50)} ({words.range_of(spread, words.money)})",
            key == "employer",
        )
        for key, spread in case.ledgers.items()
    )
    low, high = min(mark.low for mark in marks), max(mark.high for mark in marks)
    picture = IntervalPicture(
        title=words.gettext("What one pays another cancels; what is left is work done less care used up"),
        said=words.gettext("Dollars a year; the bar holds 90 of 100 draws, the dot is the middle one."),
        marks=marks,
        line=0.0,
        ticks=money_ticks(words, low, high),
        refs=(CASE, "usc-45f"),
    )
    counted = (
        words.gettext("Pay that employees regain on saved days is counted: it is theirs and costs the employer.")
        if case.inputs.counts_unpaid
        else words.gettext(
            "This case leaves out that some absent days are unpaid: the employer is taken to pay them all."
        )
    )
    title = words.gettext(
        "In the mean of all draws: employer {employer}, employees {employees}, Treasury {treasury}"
    ).format(
        employer=words.money(case.ledgers["employer"].mean),
        employees=words.money(case.ledgers["employee"].mean),
        treasury=words.money(case.ledgers["treasury"].mean),
    )
    return Section(
        "whose",
        title,
        (
            Drawn(picture, _ledger_table(told)),
            Paragraph(
                counted
                + " "
                + words.gettext(
                    "What care is worth to a family beyond its pay is not in any ledger; it is shown as days "
                    "and people."
                ),
                (CASE,),
            ),
        ),
    )


def _ledger_table(told: Told) -> Table:
    words, case = told.words, told.case
    names = {
        "work": words.gettext("Workdays saved"),
        "leavers": words.gettext("Leavers not replaced"),
        "care": words.gettext("Care, and copays"),
        "fees": words.gettext("Fees, administration, empty spots"),
        "regained": words.gettext("Pay regained, and its taxes"),
        "imputed": words.gettext("Tax on care above the section 129 limit"),
        "credit": words.gettext("Federal credit, section 45F"),
        "income_tax": words.gettext("The employer's income tax"),
    }
    rows = []
    for name in LINES:
        means = [case.lines[name][ledger] for ledger in LEDGERS]
        rows.append((text(names[name]), *(figure(words.millions(value)) for value in (*means, sum(means)))))
    sums = [case.ledgers[ledger].mean for ledger in LEDGERS]
    rows.append((text(words.gettext("Sum")), *(figure(words.millions(value)) for value in (*sums, sum(sums)))))
    heads = (
        text(words.gettext("Mean of all draws, in millions of dollars")),
        figure(words.gettext("employer")),
        figure(words.gettext("employees")),
        figure(words.gettext("Treasury")),
        figure(words.gettext("together")),
    )
    return Table(words.gettext("Every line in three ledgers"), heads, tuple(rows), (CASE, "usc-45f"), (6, 2, 2, 2, 2))
