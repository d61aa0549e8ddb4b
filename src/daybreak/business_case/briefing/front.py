"""One page first: does it pay, how sure is that, what decides it, and what is asked for. Then the plan itself."""

from daybreak.business_case.briefing.parts import (
    Told,
    figure,
    money_row,
    percent_row,
    percent_ticks,
    spread_heads,
    spread_table,
    text,
)
from daybreak.business_case.briefing.terms import (
    CASE,
    Bullets,
    Cell,
    Drawn,
    Figures,
    IntervalPicture,
    Mark,
    Paragraph,
    Section,
    Table,
)
from daybreak.business_case.briefing.wording import Wording, by_unit
from daybreak.business_case.case import Answer

LIKELY, UNLIKELY = 0.6, 0.4
NAMED = 3
"""How many inputs the first page names."""


def finding(told: Told) -> str:
    """The verdict in one sentence; a case that rests on claims says so, and one without any chance speaks of none."""
    words, answer = told.words, told.case.answer
    if not told.case.sensitivities:
        return _fixed_finding(words, answer)
    if told.claimed:
        return words.gettext(
            "If the claims in this case were true, backup care would pay in {count} of 100 draws"
        ).format(count=f"{answer.chance * 100:.0f}")
    chance = words.chance(answer.chance)
    if answer.chance >= LIKELY:
        return words.gettext("Backup care is likely to pay for itself: a chance of {chance}").format(chance=chance)
    if answer.chance <= UNLIKELY:
        return words.gettext("Backup care is unlikely to pay for itself: a chance of {chance}").format(chance=chance)
    return words.gettext("Backup care has about an even chance of paying for itself: {chance}").format(chance=chance)


def _fixed_finding(words: Wording, answer: Answer) -> str:
    if answer.net.p50 > 0:
        return words.gettext("By these fixed figures backup care pays for itself")
    return words.gettext("By these fixed figures backup care does not pay for itself")


def big_figures(told: Told) -> Figures:
    """Return, net value and chance, each with its interval."""
    words, answer = told.words, told.case.answer
    return Figures(
        (
            (
                words.gettext("return on its cost"),
                words.percent(answer.roi.p50),
                words.range_of(answer.roi, words.percent),
            ),
            (
                words.gettext("net value a year, after tax"),
                words.money(answer.net.p50),
                words.range_of(answer.net, words.money),
            ),
            (
                words.gettext("return if nobody stays because of it"),
                words.percent(answer.roi_without_retention.p50),
                words.range_of(answer.roi_without_retention, words.percent),
            ),
        ),
        (CASE,),
    )


def returns(told: Told) -> Drawn:
    """Returns with and without any effect on who leaves, and as claimed."""
    words, answer = told.words, told.case.answer
    rows = [
        (told.reading, answer.roi, True),
        (words.gettext("If nobody stays because of it"), answer.roi_without_retention, False),
    ]
    rows += [
        (words.gettext("As claimed: {who}").format(who=words.said(one.claim.who)), one.answer.roi, False)
        for one in told.case.as_claimed
    ]
    marks = tuple(
        Mark(name, roi.p05, roi.p50, roi.p95, f"{words.percent(roi.p50)} ({words.range_of(roi, words.percent)})", main)
        for name, roi, main in rows
    )
    low, high = min(mark.low for mark in marks), max(mark.high for mark in marks)
    title = words.gettext("The return may lie on either side of zero")
    if answer.roi.p95 < 0 or answer.roi.p05 > 0:
        title = words.gettext("The whole interval lies on one side of zero")
    return Drawn(
        IntervalPicture(
            title=title,
            said=words.gettext("Return on the yearly cost; the bar holds 90 of 100 draws, the dot is the middle one."),
            marks=marks,
            line=0.0,
            ticks=percent_ticks(words, low, high),
            refs=(CASE,),
        ),
        spread_table(
            words.gettext("Return on the yearly cost"),
            spread_heads(words, words.gettext("Reading")),
            tuple(percent_row(words, name, roi) for name, roi, _ in rows),
        ),
    )


def front(told: Told) -> Section:
    """The page for whoever reads one page."""
    words, case = told.words, told.case
    return Section(
        "answer",
        finding(told),
        (
            Paragraph(
                words.gettext(
                    "{title}: {employees} employees, {year}. In the middle draw a year costs {cost} and returns {roi}; "
                    "9 of 10 draws lie between {low} and {high}."
                ).format(
                    title=words.said(case.inputs.title),
                    employees=f"{case.inputs.employees:,}",
                    year=case.inputs.year,
                    cost=words.money(case.amounts["cost"].p50),
                    roi=words.percent(case.answer.roi.p50),
                    low=words.percent(case.answer.roi.p05),
                    high=words.percent(case.answer.roi.p95),
                ),
                (CASE,),
            ),
            big_figures(told),
            returns(told),
            Bullets(tuple(_what_decides(told))),
        ),
    )


def _what_decides(told: Told) -> list[Paragraph]:
    words, case = told.words, told.case
    top = case.sensitivities[:NAMED]
    found = []
    if top:
        found.append(
            words.gettext("What decides: {inputs}.").format(inputs="; ".join(told.within(one.key) for one in top))
        )
    changes = [
        f"{told.within(one.key)}: {by_unit(words, told.unit_of(one.key), one.break_even)}"
        for one in top
        if one.break_even is not None
    ]
    if changes:
        found.append(
            words.gettext("All else at its middle, it just pays at one of these: {values}.").format(
                values="; ".join(changes)
            )
        )
    found.append(_first_step(told))
    found.append(
        words.gettext(
            "Nobody has measured employer backup care with a comparison. A deduction is not counted as a return, nor "
            "morale, reputation or pay gaps as money."
        )
    )
    return [Paragraph(line, (CASE,)) for line in found]


def _first_step(told: Told) -> str:
    words, knowing, pilot = told.words, told.case.knowing, told.case.pilot
    if knowing.everything < 0.01 * told.case.amounts["cost"].p50:
        return words.gettext("Knowing more would hardly change the decision: decide now.")
    learn = words.gettext(
        "What is asked for: quotes first (worth {quote} a year to know), then a pilot (worth {pilot} a year)."
    ).format(quote=words.money(knowing.quote), pilot=words.money(knowing.pilot))
    if pilot.can_find_it:
        return learn
    return learn + " " + words.gettext("This employer alone is too small for a pilot of a year; pool with others.")


def plan(told: Told) -> Section:
    """What is being proposed, whom it reaches and what it costs."""
    words, case = told.words, told.case
    users = sum(family.users.p50 for family in case.families)
    parents = sum(family.parents.p50 for family in case.families)
    heads = spread_heads(words, words.gettext("A year, in millions of dollars"))
    parts = {
        "work": words.gettext("Workdays saved"),
        "leavers": words.gettext("Leavers not replaced"),
        "credit": words.gettext("Federal credit"),
        "cost": words.gettext("Cost"),
    }
    rows = [
        (text(words.gettext("Days of care used")), *_counts(told)),
        *(money_row(words, name, case.amounts[key]) for key, name in parts.items()),
    ]
    proposed = tuple(Paragraph(words.said(line)) for line in case.inputs.plan)
    lead = Paragraph(
        words.gettext(
            "Of about {parents} employees with a child under 13, about {users} would use it in a year; a used "
            "day costs "
            "the employer {day} with all fees, {low} to {high}."
        ).format(
            parents=words.count(parents),
            users=words.count(users),
            day=words.money(case.amounts["cost_per_day"].p50),
            low=words.money(case.amounts["cost_per_day"].p05),
            high=words.money(case.amounts["cost_per_day"].p95),
        ),
        (CASE,),
    )
    table = Table(words.gettext("What a year brings and costs"), heads, tuple(rows), (CASE,), (5, 2, 2, 2))
    blocks = (Bullets(proposed), lead, table) if proposed else (lead, table)
    title = words.gettext("What is proposed reaches about {share} of parents and costs {cost} a year").format(
        share=words.percent(users / parents if parents else 0), cost=words.money(case.amounts["cost"].p50)
    )
    return Section("plan", title, blocks)


def _counts(told: Told) -> tuple[Cell, ...]:
    days = told.case.amounts["days"]
    return tuple(figure(told.words.count(value)) for value in (days.p05, days.p50, days.p95))
