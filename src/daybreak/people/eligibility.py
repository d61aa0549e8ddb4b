"""May this employee use the benefit on a day? Pay class, days employed and weekly hours, as the employer's plan says.

A fact that the plan asks for and the employer has not said is a reason of its own: nobody is waved through, or turned
away, on a guess. Nothing is asked that the plan does not ask.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from daybreak.kernel.decisions import Decision, No, Reason, Yes
from daybreak.people.terms import EligibilityTerms, Employment


def decide(terms: EligibilityTerms, employment: Employment, day: date) -> Decision:
    """Compare an employment with the plan's terms on a day of care.

    >>> from daybreak.people.terms import PayClass
    >>> terms = EligibilityTerms(frozenset(PayClass), 30, 20.0, "Harbor Health plan 2026, 2.1")
    >>> mei = Employment(PayClass.HOURLY, started_on=date(2026, 2, 20), weekly_hours=36.0)
    >>> decide(terms, mei, date(2026, 3, 22))
    Yes()
    >>> decide(terms, mei, date(2026, 3, 21)).reasons[0].facts
    {'since': '2026-03-22'}
    """
    reasons = (*_about_class(terms, employment), *_about_days(terms, employment, day), *_about_hours(terms, employment))
    return No(reasons) if reasons else Yes()


def first_day(terms: EligibilityTerms, employment: Employment) -> date | None:
    """The first day of possible use, or None where the start of the employment is not known.

    >>> from daybreak.people.terms import PayClass
    >>> terms = EligibilityTerms(frozenset(PayClass), 0, 0.0, "2.1")
    >>> first_day(terms, Employment(PayClass.HOURLY, started_on=date(2026, 3, 2)))
    datetime.date(2026, 3, 2)
    """
    if employment.started_on is None:
        return None
    return employment.started_on + timedelta(days=terms.waiting_days)


def _about_class(terms: EligibilityTerms, employment: Employment) -> Iterator[Reason]:
    if employment.pay_class not in terms.pay_classes:
        yield Reason("pay-class-not-covered", {}, terms.cite)


def _about_days(terms: EligibilityTerms, employment: Employment, day: date) -> Iterator[Reason]:
    if employment.ended_on is not None and day >= employment.ended_on:
        yield Reason("employment-ended", {}, terms.cite)
    since = first_day(terms, employment)
    if since is None and terms.waiting_days:
        yield Reason("start-not-known", {"days": terms.waiting_days}, terms.cite)
    elif since is not None and day < since:
        yield Reason("not-eligible-yet", {"since": since.isoformat()}, terms.cite)


def _about_hours(terms: EligibilityTerms, employment: Employment) -> Iterator[Reason]:
    if not terms.least_weekly_hours:
        return
    if employment.weekly_hours is None:
        yield Reason("hours-not-known", {"hours": terms.least_weekly_hours}, terms.cite)
    elif employment.weekly_hours < terms.least_weekly_hours:
        facts = {"hours": terms.least_weekly_hours, "number": employment.weekly_hours}
        yield Reason("too-few-weekly-hours", facts, terms.cite)
