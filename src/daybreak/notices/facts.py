"""What may a message speak of? Every fact by name, what kind of thing it is, and how counts are said."""

import json

from daybreak.kernel.decisions import Reason
from daybreak.notices.terms import Kind


def gettext_noop(text: str) -> str:
    """Mark words for the translation files; pure modules speak English only."""
    return text


def ngettext_noop(one: str, many: str) -> tuple[str, str]:
    """Mark words that depend on a count."""
    return one, many


FACTS = {
    "site": Kind.NAME,
    "city": Kind.NAME,
    "cite": Kind.NAME,
    "day": Kind.DAY,
    "since": Kind.DAY,
    "arrives": Kind.CLOCK,
    "leaves": Kind.CLOCK,
    "opens": Kind.CLOCK,
    "closes": Kind.CLOCK,
    "needed_from": Kind.CLOCK,
    "needed_until": Kind.CLOCK,
    "until": Kind.MOMENT,
    "decide_by": Kind.MOMENT,
    "minutes": Kind.MINUTES,
    "wait": Kind.MINUTES,
    "months": Kind.MONTHS,
    "from_months": Kind.MONTHS,
    "until_months": Kind.MONTHS,
    "under_months": Kind.MONTHS,
    "children": Kind.CHILDREN,
    "taken": Kind.SPOTS,
    "offered": Kind.SPOTS,
    "licensed": Kind.SPOTS,
    "considered": Kind.PLACES,
    "without_offer": Kind.PLACES,
    "kilometers": Kind.NUMBER,
    "most": Kind.NUMBER,
    "adults": Kind.NUMBER,
    "per_adult": Kind.NUMBER,
    "young": Kind.NUMBER,
    "days": Kind.NUMBER,
    "hours": Kind.NUMBER,
    "left": Kind.NUMBER,
    "wanted": Kind.NUMBER,
    "amount": Kind.MONEY,
    "why": Kind.REASON,
    "comes": Kind.MOMENT,
    "starts": Kind.CLOCK,
    "ends": Kind.CLOCK,
    "room": Kind.NAME,
    "number": Kind.NUMBER,
    "open": Kind.SPOTS,
    "over": Kind.CHILDREN,
    "ill": Kind.ILL,
    "age": Kind.AGE,
    "lines": Kind.LINES,
    "link": Kind.PAGE,
    "scope": Kind.NAME,
    "where": Kind.NAME,
    "sign_in": Kind.SIGN_IN,
    "sign_in_code": Kind.SIGN_IN_CODE,
}
"""What each fact is, wherever it appears: one name, one meaning."""

COUNTED = {
    Kind.MINUTES: ngettext_noop("{count} minute", "{count} minutes"),
    Kind.MONTHS: ngettext_noop("{count} month", "{count} months"),
    Kind.CHILDREN: ngettext_noop("{count} child", "{count} children"),
    Kind.SPOTS: ngettext_noop("{count} spot", "{count} spots"),
    Kind.PLACES: ngettext_noop("{count} licensed place", "{count} licensed places"),
    Kind.ILL: ngettext_noop("{count} mildly ill", "{count} mildly ill"),
}

YEARS = ngettext_noop("{count} year", "{count} years")
"""An age from the second birthday on."""

NONE = {Kind.MINUTES: gettext_noop("less than a minute"), Kind.ILL: gettext_noop("nobody ill")}
"""What is said for a count of 0, where "0" would sound odd."""


def as_fact(reason: Reason) -> str:
    """A refusal as a fact of kind REASON.

    >>> as_fact(Reason("full"))
    '{"code": "full", "facts": {}, "cite": ""}'
    """
    return json.dumps({"code": reason.code, "facts": dict(reason.facts), "cite": reason.cite})
