"""The words of an employer's plan: what it gives, what it asks, and what a booking comes to under it.

Amounts of days are whole days; amounts of hours are kept in minutes, so that a passbook counts in whole numbers only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid5

from daybreak.kernel.money import Money
from daybreak.people.terms import EligibilityTerms, Employed, PayClass


class Unit(StrEnum):
    """What the allowance is counted in."""

    DAYS = "days"
    HOURS = "hours"

    @property
    def parts(self) -> int:
        """How many of a passbook's whole numbers one of these is: hours are counted in minutes."""
        return 60 if self is Unit.HOURS else 1


class Per(StrEnum):
    """Whose allowance it is."""

    EMPLOYEE = "employee"
    HOUSEHOLD = "household"
    CHILD = "child"


class Route(StrEnum):
    """A way care comes about, as requests name it."""

    KNOWN = "known"  # a caregiver the family had before
    PLACE = "place"  # a site that confirms at once
    ASK = "ask"  # a site that is asked
    IN_HOME = "in_home"  # a caregiver who comes to the home
    OWN = "own"  # the family's own person, with money promised


class By(StrEnum):
    """What a fair value or a copay is counted by."""

    DAY = "day"
    HOUR = "hour"


class CreditTag(StrEnum):
    """Which kind of payment it is for the employer's child care credit; the rule what_counts says which count."""

    LICENSED_FACILITY = "licensed_facility"
    INTERMEDIARY = "intermediary"
    REFERRAL = "referral"
    OWN_CAREGIVER = "own_caregiver"


@dataclass(frozen=True)
class Year:
    """A plan year, half-open."""

    since: date
    until: date

    def __contains__(self, day: date) -> bool:
        return self.since <= day < self.until


@dataclass(frozen=True)
class Allowance:
    """How much each may use in the plan year, in whole days or minutes."""

    unit: Unit
    per: Per
    amount: int
    each_child_counts: bool
    """Whether two children on one day use two days; with an allowance for each child each uses its own."""
    carry_over: int
    """The most that may be taken along into the next plan year."""
    hardship: int
    """The most a clerk may give beyond the amount, in a plan year."""
    cite: str


@dataclass(frozen=True)
class Cancellation:
    """What a family's own cancellation costs; when Daybreak or a provider cancels, everything is given back."""

    hours_before: int
    """Canceled at least so many hours before arrival, everything is given back."""
    keeps_day: bool
    """Whether a later cancellation counts as used."""
    keeps_copay: bool
    cite: str


@dataclass(frozen=True)
class TaxTerms:
    """What the plan adds to the law: a lower limit for the highly paid, and when an employee is warned."""

    highly_paid_most: Money | None
    warn_within: Money
    """How near to the limit a booking must come to be warned of."""
    cite: str


@dataclass(frozen=True)
class Copay:
    """What one pay class pays for one child's day or hour, and the most for the family together."""

    each_child: Money
    family_most: Money


@dataclass(frozen=True)
class RouteTerms:
    """A route the plan allows: its fair value for the tax tally, its copays, and what kind of payment it is."""

    route: Route
    by: By
    fair_value: Money
    """Of one child's day or hour."""
    least_hours: int
    """Hours counted at least, of the allowance and of what is paid by the hour."""
    credit: CreditTag
    copays: Mapping[PayClass, Copay]
    cite: str


@dataclass(frozen=True)
class Budget:
    """A reserve: the most that care for a work site may cost the employer in a quarter of the plan year."""

    work_site: str
    quarter: int
    most: Money
    cite: str


@dataclass(frozen=True)
class Expected:
    """What an example says a booking comes to."""

    amount: int
    copay: Money
    fair_value: Money


@dataclass(frozen=True)
class Example:
    """A booking somebody worked out by hand."""

    route: Route
    pay_class: PayClass
    children: int
    minutes: int
    expect: Expected
    because: str


@dataclass(frozen=True)
class Plan:
    """An employer's plan for a plan year, from the day this version of it takes effect."""

    title: str
    employer: str
    year: Year
    since: date
    adopted_on: date
    source: str
    sha256: str
    eligibility: EligibilityTerms
    allowance: Allowance
    cancellation: Cancellation
    tax: TaxTerms
    routes: Mapping[Route, RouteTerms]
    budgets: tuple[Budget, ...]
    examples: tuple[Example, ...]

    def budget_of(self, work_site: str, day: date) -> Budget | None:
        """The reserve that care for a work site on a day is taken from, if the plan has one."""
        quarter = quarter_of(self.year, day)
        return next((one for one in self.budgets if one.work_site == work_site and one.quarter == quarter), None)


def quarter_of(year: Year, day: date) -> int:
    """The quarter of the plan year a day lies in, 1 to 4; what is left of a long year belongs to the last.

    >>> quarter_of(Year(date(2026, 7, 1), date(2027, 7, 1)), date(2026, 12, 31))
    2
    """
    months = (day.year - year.since.year) * 12 + day.month - year.since.month
    return min(4, max(0, months - (day.day < year.since.day)) // 3 + 1)


@dataclass(frozen=True)
class StoredPlan:
    """A plan as it was loaded: its row and its terms."""

    plan_id: UUID
    employer_id: UUID
    plan: Plan


@dataclass(frozen=True)
class Use:
    """One booking as the plan looks at it."""

    route: Route
    pay_class: PayClass
    children: int
    minutes: int


@dataclass(frozen=True)
class Cost:
    """What a booking comes to: of the allowance, for the family, and for the tax tally; with the plan's words."""

    amount: int
    """Days or minutes in all; with an allowance for each child, this much is one child's."""
    copay: Money
    fair_value: Money
    cite: str

    @property
    def tally(self) -> Money:
        """What the employer gives toward it: fair value less copay, never below nothing."""
        return max(self.fair_value - self.copay, Money(0))


class PassbookKind(StrEnum):
    """Whose passbook, of what."""

    ALLOWANCE = "allowance"
    COPAYS = "copays"
    TALLY = "tally"
    GRANTED = "granted"
    CARE = "care"
    PROVIDER = "provider"
    TALLIES = "tallies"
    BUDGET = "budget"
    SET_ASIDE = "set-aside"


OF_PEOPLE = frozenset({PassbookKind.ALLOWANCE, PassbookKind.COPAYS, PassbookKind.TALLY})
"""Written with the booking, one family at a time, and never below zero."""


class Counted(StrEnum):
    """What a passbook counts, always in whole numbers."""

    DAYS = "days"
    MINUTES = "minutes"
    CENTS = "cents"


class Part(StrEnum):
    """Which part of a booking a line is for; a cancellation gives back some parts and may keep others."""

    GRANT = "grant"
    DAY = "day"
    COPAY = "copay"
    COST = "cost"
    TALLY = "tally"
    BUDGET = "budget"


@dataclass(frozen=True)
class Passbook:
    """Names one passbook: what it is, whose, for which employer, since when, and what it counts."""

    kind: PassbookKind
    owner: UUID
    employer_id: UUID
    since: date
    """The first day of its plan year, or of the calendar year where the tax law counts."""
    counted: Counted

    @property
    def account_id(self) -> UUID:
        """The id of its row: the same passbook always has the same one, so a line needs no look at the row."""
        return uuid5(self.owner, f"{self.kind} {self.employer_id} {self.since} {self.counted}")


@dataclass(frozen=True)
class Posting:
    """One line to be written: so much more, or less, in one passbook."""

    passbook: Passbook
    part: Part
    amount: int


@dataclass(frozen=True)
class Booked:
    """A booking as care tells the plan of it."""

    booking_id: UUID
    request_id: UUID
    employer_id: UUID
    household_id: UUID
    person_id: UUID
    """Who asked."""
    child_ids: tuple[UUID, ...]
    day: date
    minutes: int
    """The shift that is covered: the way there and back is nobody's allowance."""
    route: Route
    site_id: UUID
    provider_id: UUID


@dataclass(frozen=True)
class Passed:
    """One line of a passbook as its owner reads it."""

    number: int | None
    amount: int
    balance: int | None
    part: Part
    verb: str
    because: str
    day: date
    at: datetime
    cite: str
    request_id: UUID | None
    booking_id: UUID | None


@dataclass(frozen=True)
class Standing:
    """Where a family stands under its employer's plan on a day: what is left, and by which plan."""

    stored: StoredPlan
    employed: Employed
    left: Mapping[UUID, int]
    """Days or minutes by whose allowance it is: the employee's, the household's, or each child's."""
    tallied: Money
    """What the employer has given this employee toward care in the calendar year."""
