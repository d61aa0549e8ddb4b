"""The words of the taxes on a benefit: what was given, to whom, by which law, and what goes on a W-2."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from daybreak.kernel.money import Money

NOTHING = Money(0)


class Filing(StrEnum):
    """What the limit depends on."""

    SEPARATELY = "married_filing_separately"
    ANYONE_ELSE = "anyone_else"


class HelpKind(StrEnum):
    """What kind of help it is; the rule kinds_of_help says which of them is dependent care."""

    CHILD_CARE = "child_care"
    OWN_CAREGIVER = "own_caregiver"
    DAY_CAMP = "day_camp"
    OVERNIGHT_CAMP = "overnight_camp"
    ADULT_CARE = "adult_care"
    TUTORING = "tutoring"
    PET_CARE = "pet_care"
    MILK_SHIPPING = "milk_shipping"
    REFERRAL = "referral"


class Recipient(StrEnum):
    """Who is cared for, or who is paid, as an event may say either."""

    CHILD = "child"
    ADULT = "adult"
    PET = "pet"
    LICENSED_FACILITY = "licensed_facility"
    INTERMEDIARY = "intermediary"
    REFERRAL = "referral"
    EMPLOYEE = "employee"
    CAREGIVER = "caregiver"


class Tag(StrEnum):
    """Whether a payment counts toward the employer's child care credit, and as what."""

    LICENSED_FACILITY = "licensed_facility"
    INTERMEDIARY = "intermediary"
    REFERRAL = "referral"
    NOT_CREDITABLE = "not_creditable"


@dataclass(frozen=True)
class Help:
    """One thing an employer gave: what it was worth, and what the employee paid toward it."""

    day: date
    kind: HelpKind
    fair_value: Money
    copay: Money
    recipient: Recipient
    licensed: bool

    @property
    def value(self) -> Money:
        """Fair value less copay, never below nothing."""
        return max(self.fair_value - self.copay, NOTHING)


@dataclass(frozen=True)
class Taxpayer:
    """What an employer knows of an employee for a year; None where nobody has said."""

    filing: Filing = Filing.ANYONE_ELSE
    earned_income: Money | None = None
    spouse_income: Money | None = None
    highly_paid: bool = False
    fsa: Money = NOTHING
    """Set aside from pay for dependent care, in the year."""


@dataclass(frozen=True)
class Law:
    """What the rulebook held in the year, with its citations and cautions."""

    year: int
    limit: Money
    is_dependent_care: Mapping[HelpKind, bool]
    counts_for_credit: Mapping[Tag, bool]
    cites: tuple[str, ...]
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Limit:
    """The most that stays out of pay, and what makes it so low: the law, an income, or the plan."""

    most: Money
    because: str


@dataclass(frozen=True)
class Warned:
    """Something to know before it happens: a code, and its facts."""

    code: str
    day: date | None
    over: Money


@dataclass(frozen=True)
class TaxYear:
    """What a year of help comes to."""

    total: Money
    """All dependent care help, the FSA included."""
    other: Money
    """Help that is no dependent care."""
    limit: Limit
    excluded: Money
    imputed: Money
    box10: Money
    boxes_1_3_5_added: Money
    warnings: tuple[Warned, ...]
    tags: tuple[Tag, ...]
    """Of each event, in the order they were given."""
