"""How much of what an employer gives stays out of an employee's pay, and what goes on the W-2?

Section 129 by the calendar year of the care. An employee's own salary reduction (FSA) shares the limit. The limit is
the law's by filing, and no more than what employee and spouse earned, nor than the plan's own for the highly paid.
What is over it is imputed: wages in boxes 1, 3 and 5. All dependent care help stands in box 10. Help that is no
dependent care is wages and not in box 10.

Not tax advice. Not modeled: whether help that is no dependent care is free by another law, and the tests that can cost
highly paid employees the whole exclusion (see fairness.py).
"""

from collections.abc import Iterable, Iterator

from daybreak.kernel.money import Money
from daybreak.plan.tax.credit import tag_of
from daybreak.plan.tax.terms import NOTHING, Help, HelpKind, Law, Limit, Recipient, Taxpayer, TaxYear, Warned

NOT_A_CHILD = {Recipient.ADULT: HelpKind.ADULT_CARE, Recipient.PET: HelpKind.PET_CARE}


def tax_year(taxpayer: Taxpayer, events: Iterable[Help], law: Law, *, plan_most: Money | None = None) -> TaxYear:
    """Work out a year, event by event in the order of their days.

    `plan_most` is the plan's own limit for highly paid employees, where it has one.

    >>> from datetime import date
    >>> from daybreak.plan.tax.terms import Tag
    >>> law = Law(2026, Money.dollars(7500), {HelpKind.CHILD_CARE: True}, dict.fromkeys(Tag, True), ())
    >>> day = Help(date(2026, 3, 2), HelpKind.CHILD_CARE, Money(60_00), Money(10_00), Recipient.CHILD, True)
    >>> year = tax_year(Taxpayer(fsa=Money.dollars(7500)), [day] * 20, law)
    >>> str(year.box10), str(year.imputed)
    ('$8,500.00', '$1,000.00')
    """
    events = tuple(events)
    given = sorted(events, key=lambda event: event.day)
    limit = limit_of(taxpayer, law, plan_most)
    total = taxpayer.fsa + sum_of(event.value for event in given if is_dependent_care(event, law))
    other = sum_of(event.value for event in given if is_pay(event, law))
    excluded = min(total, limit.most)
    imputed = total - excluded + other
    return TaxYear(
        total=total,
        other=other,
        limit=limit,
        excluded=excluded,
        imputed=imputed,
        box10=total,
        boxes_1_3_5_added=imputed,
        warnings=tuple(_warnings(taxpayer, given, law, limit)),
        tags=tuple(tag_of(event, law) for event in events),
    )


def limit_of(taxpayer: Taxpayer, law: Law, plan_most: Money | None = None) -> Limit:
    """The lowest of the limits that are known, and which one it is.

    >>> law = Law(2026, Money.dollars(7500), {}, {}, ())
    >>> limit_of(Taxpayer(earned_income=Money.dollars(40000), spouse_income=Money.dollars(3000)), law).because
    'spouse-income'
    """
    limits = [Limit(law.limit, "law")]
    if taxpayer.highly_paid and plan_most is not None:
        limits.append(Limit(plan_most, "plan"))
    if taxpayer.earned_income is not None:
        limits.append(Limit(taxpayer.earned_income, "earned-income"))
    if taxpayer.spouse_income is not None:
        limits.append(Limit(taxpayer.spouse_income, "spouse-income"))
    return min(limits, key=lambda limit: limit.most)


def would_cross(limit: Limit, so_far: Money, more: Money) -> Money:
    """How much of one more booking would be over the limit; nothing when all of it is within.

    >>> str(would_cross(Limit(Money.dollars(7500), "law"), Money.dollars(7450), Money.dollars(172)))
    '$122.00'
    """
    over_before = max(so_far - limit.most, NOTHING)
    return max(so_far + more - limit.most, NOTHING) - over_before


def is_dependent_care(event: Help, law: Law) -> bool:
    """Say whether an event shares the limit: by its kind, and never for a grown person or an animal by default."""
    return law.is_dependent_care.get(NOT_A_CHILD.get(event.recipient, event.kind), False)


def is_pay(event: Help, law: Law) -> bool:
    """Say whether an event is wages whatever the limit. Helping to find care is a service to all and nobody's pay."""
    return not is_dependent_care(event, law) and event.kind is not HelpKind.REFERRAL


def sum_of(amounts: Iterable[Money]) -> Money:
    """Amounts added up."""
    return sum(amounts, NOTHING)


def _warnings(taxpayer: Taxpayer, given: list[Help], law: Law, limit: Limit) -> Iterator[Warned]:
    if taxpayer.fsa > limit.most:
        yield Warned("fsa-over-limit", None, taxpayer.fsa - limit.most)
    so_far = taxpayer.fsa
    for event in given:
        if is_pay(event, law):
            yield Warned("not-dependent-care", event.day, event.value)
        elif is_dependent_care(event, law):
            over = would_cross(limit, so_far, event.value)
            if over > NOTHING:
                yield Warned("crosses-limit" if so_far <= limit.most else "over-limit", event.day, over)
            so_far += event.value
    if limit.because != "law" and so_far > limit.most:
        yield Warned(f"limited-by-{limit.because}", None, so_far - limit.most)
    if taxpayer.highly_paid:
        yield Warned("highly-paid", None, NOTHING)
