"""Who is helped, who carries the loss today, which pilot would settle it, and what else could be done."""

from daybreak.business_case.briefing.parts import Told, figure, money_ticks, text
from daybreak.business_case.briefing.terms import (
    CASE,
    Bullets,
    Cell,
    Drawn,
    IntervalPicture,
    Mark,
    Paragraph,
    Section,
    Table,
)
from daybreak.business_case.briefing.wording import Wording
from daybreak.business_case.library import Fact

MOST_NAMED = 3
"""Job families that a heading names; more are counted."""
OTHER_WAYS = ("benefit", "own-person-money", "reserved-spots", "paid-days", "nothing")


def helped(told: Told) -> Section:
    """Who gains by job family, and whether a family's days carry their price."""
    words, case = told.words, told.case
    price = case.amounts["cost_per_day"].p50
    marks = tuple(
        Mark(
            words.said(family.name),
            found.gain_per_day.p05,
            found.gain_per_day.p50,
            found.gain_per_day.p95,
            f"{words.money(found.gain_per_day.p50)} ({words.range_of(found.gain_per_day, words.money)})",
            is_main=True,
        )
        for family, found in zip(case.inputs.families, case.families, strict=True)
    )
    high = max(max(mark.high for mark in marks), price)
    picture = IntervalPicture(
        title=words.gettext("What a used day brings the employer, beside what it costs ({cost})").format(
            cost=words.money(price)
        ),
        said=words.gettext("The line is the middle cost of a used day with all fees; the bar holds 90 of 100 draws."),
        marks=marks,
        line=price,
        ticks=money_ticks(words, min(0.0, *(mark.low for mark in marks)), high),
        refs=(CASE,),
    )
    heads = (
        text(words.gettext("Job family")),
        figure(words.gettext("parents")),
        figure(words.gettext("users a year")),
        figure(words.gettext("days used")),
        figure(words.gettext("workdays saved")),
        figure(words.gettext("share of the gain")),
    )
    rows = tuple(
        (
            text(words.said(family.name)),
            *(figure(words.count(s.p50)) for s in (found.parents, found.users, found.days, found.saved)),
            figure(words.percent(found.share_of_gain)),
        )
        for family, found in zip(case.inputs.families, case.families, strict=True)
    )
    table = Table(words.gettext("Who is helped, by job family"), heads, rows, (CASE,), (5, 2, 2, 2, 3, 2))
    lead = Paragraph(
        words.gettext(
            "Lower pay makes a saved day worth less to the employer, not to the family. A plan judged by this picture "
            "alone would leave out those who lose their own pay on a gap day."
        ),
        (CASE,),
    )
    return Section("helped", _carried(words, marks, price), (Drawn(picture, table), lead))


def _carried(words: Wording, marks: tuple[Mark, ...], price: float) -> str:
    """The finding: whose days bring the employer what they cost."""
    low = [mark.label for mark in marks if mark.middle < price]
    if not low:
        return words.gettext("Days of every job family are worth more than they cost")
    if len(low) == len(marks):
        return words.gettext("Days of no job family are worth what they cost with all fees")
    if len(low) > MOST_NAMED:
        return words.gettext(
            "In {low} of {all} job families a day brings the employer less than it costs with all fees"
        ).format(low=len(low), all=len(marks))
    return words.gettext("{families}: a day brings the employer less than it costs with all fees").format(
        families=", ".join(low)
    )


def burden(told: Told) -> Section:
    """Who carries the loss of a care gap today: women and men, hourly and salaried."""
    words, case = told.words, told.case
    rows = tuple(
        (
            text(words.said(family.name)),
            text(words.gettext("hourly") if family.pay_class == "hourly" else words.gettext("salaried")),
            figure(words.percent(family.figures["unpaid"].middle)),
            figure(words.money(found.pay_lost_per_parent)),
        )
        for family, found in zip(case.inputs.families, case.families, strict=True)
    )
    heads = (
        text(words.gettext("Job family")),
        text(words.gettext("Pay class")),
        figure(words.gettext("gap days without pay")),
        figure(words.gettext("pay a parent loses a year")),
    )
    employer, employees = case.loss_today
    lead = words.gettext(
        "Care gaps take about {employees} a year out of employees' own pay here ({low} to {high}), and "
        "{employer} of work. "
        "That is today's loss and not what a benefit would save."
    ).format(
        employees=words.money(employees.p50),
        low=words.money(employees.p05),
        high=words.money(employees.p95),
        employer=words.money(employer.p50),
    )
    title = words.gettext("Today the loss falls on mothers, and on those who are paid by the hour")
    return Section(
        "burden",
        title,
        (
            Paragraph(words.gettext("Women and men")),
            Bullets(_facts(told, "burden-sex")),
            Paragraph(words.gettext("Hourly and salaried")),
            Bullets(_facts(told, "burden-pay")),
            Paragraph(lead, (CASE,)),
            Table(
                words.gettext("What a parent here loses to care gaps"), heads, rows, (CASE, "kff-2022"), (5, 3, 3, 3)
            ),
            Paragraph(
                words.gettext(
                    "None of this is turned into the employer's money: a pay gap is a reason to act, not a saving."
                )
            ),
        ),
    )


def _facts(told: Told, topic: str) -> tuple[Paragraph, ...]:
    return tuple(fact_line(told.words, fact) for fact in told.library.facts_on(topic))


def fact_line(words: Wording, fact: Fact) -> Paragraph:
    """A fact with its grade and sources."""
    return Paragraph(f"{words.said(fact.said)} ({fact.grade})", fact.sources)


def pilot(told: Told) -> Section:
    """The pilot that would settle it: how many, how long, what it can find, what it costs."""
    words, found = told.words, told.case.pilot
    title = words.gettext("A pilot of a year here could find the expected effect")
    if not found.can_find_it:
        title = words.gettext("This employer alone cannot find the expected effect in a year")
    heads = (
        text(words.gettext("Length")),
        figure(words.gettext("parents in each arm, if all take part")),
        figure(words.gettext("smallest effect it finds, days a parent and year")),
        figure(words.gettext("cost")),
    )
    rows = tuple(
        (
            text(words.gettext("{months} months").format(months=length.months)),
            figure(words.count(length.parents_per_arm)),
            figure("–" if length.detectable is None else f"{length.detectable:.2f}"),
            figure(words.money(length.cost)),
        )
        for length in found.lengths
    )
    lines = [
        words.gettext(
            "Offer it by lot to half of the sites, or to one wave of sites after the other. Count everybody who "
            "was offered "
            "it, and take absence from attendance records, not from surveys."
        ),
        words.gettext(
            "Expected effect: {effect} days saved a year for each parent offered it. To find it takes {arm} "
            "parents in each "
            "arm with last year's absence beside it, {plain} without, before sites differ among themselves."
        ).format(effect=f"{found.effect:.2f}", arm=words.count(found.per_arm), plain=words.count(found.per_arm_plain)),
        _to_pay(told),
        words.gettext(
            "That fewer people leave cannot be found by one employer: a fall of {points} points in quits takes "
            "{arm} in each "
            "arm. That is why every figure stands with and without it."
        ).format(points=f"{found.quits_effect * 100:.2f}", arm=words.count(found.per_arm_quits)),
    ]
    table = Table(words.gettext("A pilot with this employer's own parents"), heads, rows, (CASE,), (3, 3, 4, 2))
    items = tuple(Paragraph(line, (CASE,)) for line in lines if line)
    return Section("pilot", title, (Bullets(items), table))


def _to_pay(told: Told) -> str:
    words, found = told.words, told.case.pilot
    if found.effect_to_pay is None:
        return words.gettext(
            "No share of saved days would make it pay, or all would: the number of days does not decide."
        )
    if found.per_arm_to_pay is None:
        return ""
    return words.gettext(
        "It pays from {pay} days on. To tell that from the expected effect takes {arm} parents in each arm."
    ).format(pay=f"{found.effect_to_pay:.2f}", arm=words.count(found.per_arm_to_pay))


def others(told: Told) -> Section:
    """What else could be done, on the same draws, and what replacing people costs."""
    words, case = told.words, told.case
    names = {
        "benefit": words.gettext("This benefit"),
        "own-person-money": words.gettext("Money for a family's own person, no network"),
        "reserved-spots": words.gettext("Reserved spots at licensed sites, no seller"),
        "paid-days": words.gettext("Every unpaid gap day paid as a sick-child day"),
        "nothing": words.gettext("Nothing"),
    }
    heads = (
        text(words.gettext("Way")),
        figure(words.gettext("cost a year")),
        figure(words.gettext("net value, middle")),
        figure(words.gettext("90 of 100 draws")),
        figure(words.gettext("workdays saved")),
    )
    rows = tuple(
        (
            text(names[one.name]),
            figure(words.money(one.cost.p50)),
            figure(words.money(one.net.p50)),
            figure(words.range_of(one.net, words.money)),
            figure(words.count(one.saved.p50)),
        )
        for one in sorted(case.comparators, key=lambda one: OTHER_WAYS.index(one.name))
    )
    best = max(case.comparators, key=lambda one: (one.net.p50, one.name == "nothing"))
    title = words.gettext("In the middle draw the best of these ways is: {way}").format(way=names[best.name].lower())
    engineer = _engineer(told)
    note = words.gettext(
        "Prices of the other ways are assumptions to be replaced by quotes; most of the difference is the "
        "seller's fee. Paid "
        "days save no workday: they move the loss from families to the employer."
    )
    return Section(
        "others",
        title,
        (
            Table(words.gettext("The same employer, the same draws"), heads, rows, (CASE,), (6, 3, 3, 5, 3)),
            Paragraph(note, (CASE,)),
            _leaver_table(told),
            Paragraph(engineer, (CASE, "equitable-2020")),
        ),
    )


def _leaver_table(told: Told) -> Table:
    words, case = told.words, told.case
    heads: tuple[Cell, ...] = (
        text(words.gettext("Job family")),
        figure(words.gettext("replacing one leaver costs")),
        figure(words.gettext("who would have to stay for it to pay")),
    )
    rows = tuple(
        (
            text(words.said(case.inputs.families[one.family].name)),
            figure(words.money(one.cost)),
            figure(words.count(one.to_break_even)),
        )
        for one in case.leavers
    )
    return Table(words.gettext("Beside replacing a leaver"), heads, rows, (CASE, "boushey-2012"), (5, 4, 5))


def _engineer(told: Told) -> str:
    words, quantities = told.words, told.case.inputs.quantities
    cost = quantities["engineer_pay"].middle * quantities["engineer_cost"].middle
    users = sum(family.users.p50 for family in told.case.families)
    each = told.case.amounts["cost"].p50 / users if users else 0.0
    return words.gettext(
        "Replacing one senior engineer costs about {engineer}: as much as backup care for {users} parents who "
        "use it for a year."
    ).format(engineer=words.money(cost), users=words.count(cost / each if each else 0.0))
