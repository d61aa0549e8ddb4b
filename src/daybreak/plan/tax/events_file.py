"""What does an input file of `daybreak plan tax` say? A year, an employee, and what they were given.

Kinds may be named as people name them: care, center and in_home are child care, elder_care is adult care. A recipient
is whoever is cared for (child, adult, pet) or whoever is paid (licensed_facility, intermediary, referral, employee,
caregiver).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from daybreak.kernel.money import Money
from daybreak.kernel.toml_lines import read
from daybreak.plan import form
from daybreak.plan.form import Key
from daybreak.plan.reading import Reading
from daybreak.plan.tax.terms import NOTHING, Filing, Help, HelpKind, Recipient, Taxpayer

FIX = "Nothing was worked out. Fix the file and run the command again."
FIRST, LAST = 1987, 2100
MOST_EVENTS = 100_000

KINDS = {
    **{kind.value: kind for kind in HelpKind},
    **dict.fromkeys(
        ("care", "child", "backup_care", "dependent_care", "center", "family_home", "in_home", "known", "place", "ask"),
        HelpKind.CHILD_CARE,
    ),
    **dict.fromkeys(("own", "own_person"), HelpKind.OWN_CAREGIVER),
    **dict.fromkeys(("adult", "elder", "elder_care"), HelpKind.ADULT_CARE),
    **dict.fromkeys(("pet", "pets"), HelpKind.PET_CARE),
    "tutor": HelpKind.TUTORING,
    "camp": HelpKind.DAY_CAMP,
    "milk": HelpKind.MILK_SHIPPING,
    "resource_and_referral": HelpKind.REFERRAL,
}
RECIPIENTS = {
    **{recipient.value: recipient for recipient in Recipient},
    **dict.fromkeys(("facility", "provider", "center"), Recipient.LICENSED_FACILITY),
    **dict.fromkeys(("parent", "spouse", "elder"), Recipient.ADULT),
    **dict.fromkeys(("own_person", "own_caregiver"), Recipient.CAREGIVER),
}
FILINGS = {
    "married_filing_separately": Filing.SEPARATELY,
    "separately": Filing.SEPARATELY,
    **dict.fromkeys(
        (
            "anyone_else",
            "single",
            "married_filing_jointly",
            "jointly",
            "head_of_household",
            "qualifying_surviving_spouse",
        ),
        Filing.ANYONE_ELSE,
    ),
}


def _year(found: object) -> int:
    """A year, written alone or as the one number of a table [year]."""
    if isinstance(found, Mapping) and len(found) == 1:
        found = next(iter(found.values()))
    return int(form.whole(FIRST, LAST)(found))


_MOST = 100_000_000


def _highly_paid(found: object) -> bool | Money:
    """Yes or no, or the plan's own limit for them."""
    if isinstance(found, bool):
        return found
    try:
        return Money.dollars(form.number(0, _MOST)(found))
    except ValueError as error:
        raise ValueError("true, false, or the plan's limit in dollars") from error


_INCOME = "The exclusion is never more than what was earned."
_LEAVE_OUT = "Write dollars, or leave it out where it is not known."
TOP = {
    "year": Key(_year, "The law is that of a calendar year.", "Write year = 2026."),
    "employee": Key(form.table, "The limit depends on the employee.", "Write [employee].", absent={}, required=False),
    "plan": Key(
        form.table, "A plan may have a lower limit.", "Write [plan], or leave it out.", absent={}, required=False
    ),
    "employer": Key(
        form.table,
        "The credit depends on the business.",
        "Write [employer], or leave it out.",
        absent={},
        required=False,
    ),
    "event": Key(form.tables, "It is what was given.", "Write [[event]] tables, or none.", absent=[], required=False),
}
EMPLOYEE = {
    "filing": Key(form.one_of(*FILINGS), "The limit depends on it.", 'Write filing = "single".', "single", False),
    "earned_income": Key(form.dollars(_MOST), _INCOME, _LEAVE_OUT, required=False),
    "spouse_income": Key(form.dollars(_MOST), _INCOME, _LEAVE_OUT, required=False),
    "spouse_months": Key(
        form.whole(0, 12),
        "A spouse counts as earning something in each month of study, or of not being able to care for themselves.",
        "Write the months, such as 9.",
        absent=0,
        required=False,
    ),
    "children": Key(form.whole(1, 20), "It decides what a spouse counts as earning.", "Write children = 2.", 1, False),
    "highly_paid": Key(
        _highly_paid,
        "A plan may have a limit for them.",
        "Write true or false, or the plan's limit in dollars.",
        False,
        False,
    ),
    "fsa": Key(form.dollars(_MOST), "It shares the limit.", "Write what is set aside from pay.", NOTHING, False),
}
PLAN = {
    "highly_paid_most": Key(form.dollars(_MOST), "It is the plan's own limit.", "Write dollars.", required=False),
}
EMPLOYER = {
    "small_business": Key(
        form.yes_or_no, "The credit is higher for a small business.", "Write true or false.", False, False
    ),
}
EVENT = {
    "day": Key(form.day, "The law is that of the day of care.", "Write day = 2026-03-02."),
    "kind": Key(form.one_of(*KINDS), "Not all help is dependent care.", 'Write kind = "child_care".'),
    "fair_value": Key(form.dollars(_MOST), "It is what was given.", "Write fair_value = 86.00."),
    "copay": Key(form.dollars(_MOST), "It is taken off the value.", "Write copay = 15.00.", NOTHING, False),
    "recipient": Key(
        form.one_of(*RECIPIENTS),
        "Taxes depend on who is cared for, and the credit on who is paid.",
        'Write recipient = "child" or "intermediary".',
        "child",
        False,
    ),
    "licensed": Key(form.yes_or_no, "Only licensed care counts for the credit.", "Write true or false.", False, False),
}


@dataclass(frozen=True)
class Asked:
    """What the file says."""

    year: int
    taxpayer: Taxpayer
    spouse_months: int
    children: int
    plan_most: Money | None
    small_business: bool
    events: tuple[Help, ...]


def read_events(text: str, *, source: str = "input") -> Asked:
    """Read the text of an input file; raises BadInput with every problem found."""
    document, lines = read(text, source=source, do=FIX, parse_float=Decimal)
    reading = Reading(source, lines)
    top = reading.keys(document, TOP, "the file")
    employee = reading.keys(top["employee"] or {}, EMPLOYEE, "[employee]", "employee")
    plan = reading.keys(top["plan"] or {}, PLAN, "[plan]", "plan")
    employer = reading.keys(top["employer"] or {}, EMPLOYER, "[employer]", "employer")
    found = top["event"] or []
    if len(found) > MOST_EVENTS:
        reading.wrong(f"there are {len(found):,} events, and a file has at most {MOST_EVENTS:,}.", "event", MOST_EVENTS)
    events = [reading.keys(one, EVENT, f"[[event]] {at + 1}", "event", at) for at, one in enumerate(found)]
    for at, event in enumerate(events):
        if isinstance(event["day"], date) and isinstance(top["year"], int) and event["day"].year != top["year"]:
            why = "Taxes are reckoned by the calendar year of the care."
            do = "Correct the day, or put it into the file of its year."
            reading.wrong(f"'day' of [[event]] {at + 1} is not in {top['year']}. {why} {do}", "event", at, "day")
    reading.problems.stop(do=FIX)
    return Asked(
        year=top["year"],
        taxpayer=Taxpayer(
            filing=FILINGS[employee["filing"]],
            earned_income=employee["earned_income"],
            spouse_income=employee["spouse_income"],
            highly_paid=employee["highly_paid"] is not False,
            fsa=employee["fsa"],
        ),
        spouse_months=employee["spouse_months"],
        children=employee["children"],
        plan_most=employee["highly_paid"] if isinstance(employee["highly_paid"], Money) else plan["highly_paid_most"],
        small_business=employer["small_business"],
        events=tuple(_help(event) for event in events),
    )


def _help(event: Mapping[str, Any]) -> Help:
    return Help(
        day=event["day"],
        kind=KINDS[event["kind"]],
        fair_value=event["fair_value"],
        copay=event["copay"],
        recipient=RECIPIENTS[event["recipient"]],
        licensed=event["licensed"],
    )
