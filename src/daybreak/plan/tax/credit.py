"""Section 45F: which payments count toward the employer's child care credit, and how much of them comes off its tax?

A facility must meet the law of its state, so money for a family's own person and care in the home are not counted; that
is our reading, and the rule says so. Contracts through an intermediary count from the day the rule names.
"""

from dataclasses import dataclass

from daybreak.kernel.money import Money
from daybreak.plan.tax.terms import NOTHING, Help, HelpKind, Law, Recipient, Tag

CARE_OF_CHILDREN = frozenset({HelpKind.CHILD_CARE, HelpKind.DAY_CAMP})
NOT_LICENSED_CARE = frozenset({Recipient.EMPLOYEE, Recipient.CAREGIVER, Recipient.ADULT, Recipient.PET})


@dataclass(frozen=True)
class CreditTerms:
    """What the rules held in a year for one size of business."""

    percent_of_care: int
    percent_of_referral: int
    most: Money


def tag_of(event: Help, law: Law) -> Tag:
    """Say what kind of payment an event is for the credit."""
    tag = _kind_of_payment(event)
    return tag if law.counts_for_credit.get(tag, False) else Tag.NOT_CREDITABLE


def credit_of(terms: CreditTerms, *, care: Money, referral: Money = NOTHING) -> Money:
    """The credit for a year's spending, both kinds within one limit; a part of a cent is not claimed.

    >>> of_2026 = CreditTerms(40, 10, Money.dollars(500_000))
    >>> [str(credit_of(of_2026, care=Money.dollars(spent))) for spent in (1_249_999, 1_250_000, 1_250_001)]
    ['$499,999.60', '$500,000.00', '$500,000.00']
    """
    cents = care.cents * terms.percent_of_care // 100 + referral.cents * terms.percent_of_referral // 100
    return min(Money(cents), terms.most)


def _kind_of_payment(event: Help) -> Tag:
    if event.kind is HelpKind.REFERRAL or event.recipient is Recipient.REFERRAL:
        return Tag.REFERRAL
    if event.kind not in CARE_OF_CHILDREN or event.recipient in NOT_LICENSED_CARE or not event.licensed:
        return Tag.NOT_CREDITABLE
    return Tag.INTERMEDIARY if event.recipient is Recipient.INTERMEDIARY else Tag.LICENSED_FACILITY
