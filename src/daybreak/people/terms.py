"""The words for who works where and who belongs to whom."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from uuid import UUID

from daybreak.placement.terms import Point


class PayClass(StrEnum):
    """How an employee is paid; placement rates are compared across it, never traded against it."""

    HOURLY = "hourly"
    SALARIED = "salaried"


@dataclass(frozen=True)
class Employment:
    """What eligibility asks of an employee; None where the employer has not said."""

    pay_class: PayClass
    started_on: date | None = None
    ended_on: date | None = None
    """The first day no longer employed."""
    weekly_hours: float | None = None


@dataclass(frozen=True)
class Employed:
    """An employee as the plan and the books know them: refs, the pay class and the work site."""

    employee_id: UUID
    person_id: UUID
    employer_id: UUID
    household_id: UUID
    work_site_id: UUID
    work_site: str
    pay_class: PayClass


@dataclass(frozen=True)
class EligibilityTerms:
    """Who may use the benefit, as an employer's plan says it; the plan's reader makes these."""

    pay_classes: frozenset[PayClass]
    waiting_days: int
    """Days employed before the first day of use: 0 is from the first day."""
    least_weekly_hours: float
    cite: str


@dataclass(frozen=True)
class ChildProfile:
    """One child as its own parents see it; a provider sees it only for the time of a booking."""

    child_id: UUID
    name: str
    birth_date: date
    care_notes: str
    special_needs: bool
    allergies: str = ""

    @property
    def to_know(self) -> str:
        """What whoever cares for the child must know, allergies first."""
        return " ".join(part for part in (self.allergies, self.care_notes) if part)

    def months_on(self, day: date) -> int:
        """Whole months of age on a day; a child born on the 31st turns a month older on the last day of a short month.

        >>> ada = ChildProfile(UUID(int=1), "Ada", date(2025, 1, 31), "", False)
        >>> ada.months_on(date(2025, 2, 27)), ada.months_on(date(2025, 2, 28))
        (0, 1)
        """
        months = (day.year - self.birth_date.year) * 12 + day.month - self.birth_date.month
        return months - (0 if day.day >= self.birth_date.day or _is_month_end(day) else 1)


@dataclass(frozen=True)
class ChildOf:
    """A child on its household's list."""

    household_id: UUID
    child: ChildProfile


def _is_month_end(day: date) -> bool:
    return day.month != date.fromordinal(day.toordinal() + 1).month


@dataclass(frozen=True)
class HouseholdProfile:
    """What one household needs told only once: its children, where it lives and works, and the usual shift."""

    household_id: UUID
    employer_id: UUID
    home: Point
    work: Point
    work_name: str
    zone: str
    """The time zone of the work site; the household's days are counted in it."""
    usual_starts: time
    usual_ends: time
    max_detour_minutes: int
    keep_together: bool
    pay_class: PayClass
    children: tuple[ChildProfile, ...]
    left: tuple[ChildProfile, ...] = ()
    """Children the family took off its list: no care is asked for them, and earlier requests still name them."""

    def child(self, child_id: UUID) -> ChildProfile | None:
        """The child with this id, when it is on the household's list."""
        return next((child for child in self.children if child.child_id == child_id), None)

    def known(self, child_id: UUID) -> ChildProfile | None:
        """The child with this id, whether it is on the household's list or has been."""
        return next((child for child in (*self.children, *self.left) if child.child_id == child_id), None)


@dataclass(frozen=True)
class Commute:
    """What a morning needs to know of a household: where it lives and works, and nothing that is sealed."""

    household_id: UUID
    home: Point
    work: Point
    max_detour_minutes: int
    pay_class: PayClass
