"""What must a plan file have before anybody's days and dollars are counted by it?

One table of keys says what each holds, why it matters and what to write, so that every fault of a file is told with its
line, its reason and its cure. Whether the parts fit together is asked afterwards, in fitting.py.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from daybreak.kernel.money import Money
from daybreak.people.terms import PayClass
from daybreak.placement.sheets import shown
from daybreak.plan.terms import By, CreditTag, Per, Route, Unit

LONGEST = 400
"""Characters of a text."""

Read = Callable[[object], Any]
"""Turns what a file says into a value; raises ValueError with what it should have been."""


@dataclass(frozen=True)
class Key:
    """A key of a plan file: how it is read, why it matters, what to write; `absent` stands in where it is left out."""

    read: Read
    why: str
    write: str
    absent: Any = None
    required: bool = True


def text(found: object) -> str:
    """A text of one line that is not empty."""
    if not isinstance(found, str) or not found.strip() or len(found) > LONGEST or not found.strip().isprintable():
        raise ValueError(f"a text of 1 to {LONGEST} characters on one line")
    return found.strip()


def day(found: object) -> date:
    """A day without a time."""
    if not isinstance(found, date) or isinstance(found, datetime):
        raise ValueError("a day like 2026-01-01")
    return found


def yes_or_no(found: object) -> bool:
    """True or false."""
    if not isinstance(found, bool):
        raise ValueError("true or false")
    return found


def whole(least: int, most: int) -> Read:
    """A whole number within limits."""

    def read(found: object) -> int:
        if isinstance(found, bool) or not isinstance(found, int) or not least <= found <= most:
            raise ValueError(f"a whole number from {least:,} to {most:,}")
        return found

    return read


def number(least: int, most: int, *, digits: int = 2) -> Read:
    """A number with few digits after the point, within limits."""

    def read(found: object) -> Decimal:
        problem = f"a number from {least:,} to {most:,} with at most {digits} digits after the point"
        if isinstance(found, bool) or not isinstance(found, int | Decimal):
            raise ValueError(problem)
        said = Decimal(found)
        if not said.is_finite() or not least <= said <= most or said != round(said, digits):
            raise ValueError(problem)
        return said

    return read


def dollars(most: int) -> Read:
    """An amount in dollars with at most two digits after the point."""
    amount = number(0, most)
    return lambda found: Money.dollars(amount(found))


def one_of(*names: str) -> Read:
    """A word of a list."""

    def read(found: object) -> str:
        if not isinstance(found, str) or found not in names:
            raise ValueError(f"one of {', '.join(names)}")
        return found

    return read


def some_of(*names: str) -> Read:
    """A list of different words, at least one."""

    def read(found: object) -> list[str]:
        if (
            not isinstance(found, list)
            or not found
            or any(not isinstance(one, str) or one not in names for one in found)
        ):
            raise ValueError(f"a list of {', '.join(names)}, or some of them")
        if len(set(found)) < len(found):
            raise ValueError("a list that names each only once")
        return found

    return read


def table(found: object) -> Mapping[str, object]:
    """A table."""
    if not isinstance(found, Mapping):
        raise ValueError("a table")
    return found


def tables(found: object) -> list[Mapping[str, object]]:
    """A list of tables, at least one."""
    if not isinstance(found, list) or not found or any(not isinstance(one, Mapping) for one in found):
        raise ValueError("a list of tables")
    return found


def fault(name: str, where: str, found: object, should: str, key: Key) -> str:
    """Say what is wrong with a key, why it matters and what to write.

    >>> fault("amount", "[allowance]", "ten", "a whole number from 0 to 400", Key(text, "It counts.", "Write 10."))
    "'amount' of [allowance] is 'ten', not a whole number from 0 to 400. It counts. Write 10."
    """
    said = shown(found if isinstance(found, str) else str(found))
    return f"'{name}' of {where} is {said}, not {should}. {key.why} {key.write}"


CITE = Key(
    text, "Whoever is refused must be able to look it up.", 'Write the paragraph, such as cite = "Handbook 3.1".'
)

TOP = {
    "title": Key(text, "It is named wherever the plan decides.", 'Write title = "Harbor Health backup care, 2026".'),
    "employer": Key(text, "It says whose plan it is.", "Write the employer's name as it was added."),
    "adopted_on": Key(day, "It says when the employer decided it.", "Write adopted_on = 2025-11-03."),
    "takes_effect": Key(
        day,
        "It is the first day this version of the plan decides.",
        "Write a day of the plan year, or leave it out for the first one.",
        required=False,
    ),
    "source": Key(
        text, "Nobody can read again what was read.", 'Write the document, such as source = "Handbook 2026".'
    ),
    "year": Key(table, "Days are granted for a plan year.", "Write [year] with from and until."),
    "eligibility": Key(table, "It says who may use the plan.", "Write [eligibility]."),
    "allowance": Key(table, "It says how much each may use.", "Write [allowance]."),
    "cancellation": Key(table, "It says what canceling costs.", "Write [cancellation]."),
    "tax": Key(table, "It says what the plan adds to the tax law.", "Write [tax]."),
    "route": Key(tables, "A route that is not named is not covered.", "Write a [[route]] for each that is."),
    "budget": Key(tables, "It holds a reserve.", "Write [[budget]] tables, or none.", absent=[], required=False),
    "example": Key(tables, "Nobody has worked a booking by hand.", "Write an [[example]] for each route."),
}
YEAR = {
    "from": Key(day, "It is the first day of the plan year.", "Write from = 2026-01-01."),
    "until": Key(day, "It is the first day after the plan year.", "Write until = 2027-01-01."),
}
ELIGIBILITY = {
    "pay_classes": Key(
        some_of(*PayClass), "It says which pay classes are covered.", 'Write pay_classes = ["hourly", "salaried"].'
    ),
    "waiting_days": Key(
        whole(0, 400), "It says from which day of employment.", "Write 0 for the first day, or the days to wait."
    ),
    "least_weekly_hours": Key(number(0, 80), "It says how many hours count.", "Write 0 for no least."),
    "cite": CITE,
}
ALLOWANCE = {
    "unit": Key(one_of(*Unit), "It says what is counted.", 'Write unit = "days" or unit = "hours".'),
    "per": Key(one_of(*Per), "It says whose allowance it is.", 'Write per = "employee", "household" or "child".'),
    "amount": Key(whole(0, 2000), "It says how much each may use in a plan year.", "Write amount = 10."),
    "each_child_counts": Key(
        yes_or_no, "It says whether two children on one day use two.", "Write each_child_counts = false."
    ),
    "carry_over": Key(whole(0, 2000), "It is the most taken into the next year.", "Write carry_over = 0 for none."),
    "hardship": Key(whole(0, 2000), "It is the most a clerk may add.", "Write hardship = 0 for none."),
    "cite": CITE,
}
CANCELLATION = {
    "hours_before": Key(
        whole(0, 720), "Canceled that early, everything is given back.", "Write hours before arrival, such as 2."
    ),
    "keeps_day": Key(yes_or_no, "It says whether a later cancellation uses the day.", "Write keeps_day = false."),
    "keeps_copay": Key(yes_or_no, "It says whether a later cancellation is paid.", "Write keeps_copay = false."),
    "cite": CITE,
}
TAX = {
    "highly_paid_most": Key(
        dollars(100_000),
        "It is the plan's own limit for highly paid employees, below the law's.",
        "Write highly_paid_most = 2500, or leave it out.",
        required=False,
    ),
    "warn_within": Key(
        dollars(100_000), "It says how near the limit an employee is warned.", "Write warn_within = 500.00."
    ),
    "cite": CITE,
}
ROUTE = {
    "route": Key(one_of(*Route), "It names a way care comes about.", 'Write route = "place".'),
    "by": Key(one_of(*By), "It says what copay and fair value are counted by.", 'Write by = "day" or by = "hour".'),
    "fair_value": Key(dollars(2_000), "The tax tally counts it.", "Write what one child's day or hour is worth."),
    "least_hours": Key(whole(0, 16), "So many hours count at least.", "Write least_hours = 0 for no least."),
    "credit": Key(
        one_of(*CreditTag), "It tags the payment for the employer's credit.", 'Write credit = "intermediary".'
    ),
    "copay": Key(table, "It says what a family pays.", "Write [route.copay.hourly] and [route.copay.salaried]."),
    "cite": CITE,
}
COPAY = {
    "each_child": Key(dollars(500), "It is one child's copay.", "Write each_child = 15.00, or 0."),
    "family_most": Key(dollars(2_000), "It caps what siblings cost together.", "Write family_most = 25.00."),
}
BUDGET = {
    "work_site": Key(text, "It says whose reserve it is.", "Write a work site's name as it was added."),
    "quarter": Key(whole(1, 4), "It says for which quarter of the plan year.", "Write quarter = 1, 2, 3 or 4."),
    "most": Key(dollars(100_000_000), "It is the reserve.", "Write most = 50000.00."),
    "cite": CITE,
}
EXAMPLE = {
    "route": Key(one_of(*Route), "It says which route was worked out.", 'Write route = "place".'),
    "pay_class": Key(one_of(*PayClass), "The copay depends on it.", 'Write pay_class = "hourly".'),
    "children": Key(whole(1, 4), "It says how many children.", "Write children = 2."),
    "hours": Key(number(0, 16), "It says how long.", "Write hours = 8.5."),
    "expect": Key(table, "A case has an answer.", "Write expect = { days = 1, copay = 15.00, fair_value = 86.00 }."),
    "because": Key(text, "A reader cannot follow the case.", "Say in a few words why this is the answer."),
}
EXPECT = {
    "copay": Key(dollars(100_000), "It is what the family pays.", "Write copay = 15.00."),
    "fair_value": Key(dollars(100_000), "It is what the tally counts.", "Write fair_value = 86.00."),
    "amount": Key(number(0, 400), "It is what is used of the allowance.", "Write days = 1, or hours = 8.5."),
}
