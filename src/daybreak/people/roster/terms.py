"""The words of a roster: what a line says, what is wrong with one, and how a newer roster differs from the last."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from daybreak.people.terms import PayClass

REQUIRED = ("employee_id", "work_site", "job_family", "pay_class", "start_date")
REACHED_AT = ("email", "phone")
"""A line needs one of the two at least: it is where a sign-in link goes."""
OPTIONAL = ("name", "shift", "home_zip", "locale", "end_date", "weekly_hours")
FIELDS = (*REQUIRED, *REACHED_AT, *OPTIONAL)
"""What a roster may say of an employee, as its columns are called where no mapping calls them otherwise."""

PRIVATE = frozenset({"name", "email", "phone", "home_zip"})
"""Fields of which a report says that they differ, and never how."""

LEFT_AT_LEAST = 5
LEFT_SHARE = 0.1
"""So many employees who leave at once, and such a part of all, are rather a file that was cut off."""


@dataclass(frozen=True)
class Line:
    """What one line of a roster says of an employee."""

    ref: str
    """The employer's own number for the employee."""
    work_site_id: UUID
    job_family: str
    pay_class: PayClass
    starts_on: date
    email: str = ""
    phone: str = ""
    name: str = ""
    zip_code: str = ""
    language: str = "en"
    shift: tuple[time, time] | None = None
    ends_on: date | None = None
    """The last day of the employment."""
    weekly_hours: float | None = None

    def said(self) -> dict[str, str]:
        """Every field as text, by the names of FIELDS: what is compared with an earlier line."""
        begins, ends = self.shift or ("", "")
        return {
            "employee_id": self.ref,
            "work_site": str(self.work_site_id),
            "job_family": self.job_family,
            "pay_class": self.pay_class.value,
            "start_date": self.starts_on.isoformat(),
            "email": self.email,
            "phone": self.phone,
            "name": self.name,
            "shift": f"{begins:%H:%M}-{ends:%H:%M}" if self.shift else "",
            "home_zip": self.zip_code,
            "locale": self.language,
            "end_date": self.ends_on.isoformat() if self.ends_on else "",
            "weekly_hours": f"{self.weekly_hours:g}" if self.weekly_hours is not None else "",
        }

    def spelled(self) -> str:
        """The whole line in one fixed spelling, of which a fingerprint is taken."""
        return json.dumps(self.said(), sort_keys=True, ensure_ascii=False)


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell or line, and what to do about it."""

    line: int
    column: str
    """The file's own name for it; empty when the whole line is meant."""
    says: str
    do: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.says} {self.do}"


@dataclass(frozen=True)
class Difference:
    """One employee whom this roster changes: how (joins, changes or leaves), and which fields differ."""

    how: str
    ref: str
    what: tuple[str, ...] = ()


@dataclass(frozen=True)
class Compared:
    """A roster read to the end, beside the one that counts: what importing it does, or would do."""

    source: str
    read: int
    joins: int = 0
    changes: int = 0
    leaves: int = 0
    unchanged: int = 0
    known: int = 0
    """Employees on the roster that counts until now."""
    bad: int = 0
    """Lines with something wrong; with one of them, nothing is imported."""
    problems: tuple[Problem, ...] = ()
    """The first of what is wrong, in the order of the file."""
    differences: tuple[Difference, ...] = ()
    """The first of each kind."""
    followed: "Followed | None" = None
    """What it meant for those who have come; None where nothing was written."""

    @property
    def looks_cut_off(self) -> bool:
        """Whether so many are missing that a part of the file may be.

        >>> Compared("roster.csv", read=80, unchanged=80, leaves=20, known=100).looks_cut_off
        True
        >>> Compared("roster.csv", read=96, unchanged=96, leaves=4, known=100).looks_cut_off
        False
        """
        return self.leaves >= LEFT_AT_LEAST and self.leaves > LEFT_SHARE * self.known

    @property
    def changes_nothing(self) -> bool:
        """Whether the roster says what was known."""
        return not (self.joins or self.changes or self.leaves)


@dataclass(frozen=True)
class Followed:
    """What a new roster meant for those who had come before."""

    left: int = 0
    """Employees who lost access."""
    back: int = 0
    """Employees who had left and are on the roster again."""
    renumbered: int = 0
    """Employees known by a new number, because it comes with the address of their old one."""
    settled: int = 0
    """Newcomers whom the roster now names."""


@dataclass(frozen=True)
class Stored:
    """What of a line is sealed, as one value: who it is about, how they are reached, and about where they live."""

    ref: str
    email: str = ""
    phone: str = ""
    name: str = ""
    zip_code: str = ""
    home: tuple[float, float] | None = None

    def to_text(self) -> str:
        """As it is sealed."""
        return json.dumps(
            {
                "ref": self.ref,
                "email": self.email,
                "phone": self.phone,
                "name": self.name,
                "zip": self.zip_code,
                "home": self.home,
            },
            ensure_ascii=False,
        )


def stored_of(text: str) -> Stored:
    """What was sealed, as it was.

    >>> stored_of(Stored("0042", email="rosa@example.org", home=(42.9, -78.8)).to_text()).home
    (42.9, -78.8)
    """
    said: Mapping[str, object] = json.loads(text)
    home = said["home"]
    return Stored(
        ref=str(said["ref"]),
        email=str(said["email"]),
        phone=str(said["phone"]),
        name=str(said["name"]),
        zip_code=str(said["zip"]),
        home=(float(home[0]), float(home[1])) if isinstance(home, list) else None,
    )


@dataclass(frozen=True)
class Said:
    """What somebody says of themselves who stands on no roster yet."""

    name: str
    email: str
    phone: str
    ref: str
    zip_code: str
    work_site_id: UUID
    pay_class: PayClass
    language: str = "en"
    home: tuple[float, float] | None = None

    def to_text(self) -> str:
        """As it is sealed."""
        who = Stored(self.ref, self.email, self.phone, self.name, self.zip_code, self.home)
        return who.to_text()


@dataclass(frozen=True)
class NewcomerCard:
    """A newcomer as the clerk's list has them: without a name."""

    person_id: UUID
    employer_id: UUID
    work_site: str
    since: datetime


@dataclass(frozen=True)
class NewcomerView:
    """A newcomer as the clerk sees them to settle one thing."""

    card: NewcomerCard
    name: str
    address: str
    ref: str
    pay_class: PayClass


def day_over(at: datetime) -> date:
    """The last day that is over wherever an employee may work: the one before today, half a day west of Greenwich.

    >>> from datetime import UTC
    >>> day_over(datetime(2026, 3, 2, 11, 0, tzinfo=UTC)), day_over(datetime(2026, 3, 2, 13, 0, tzinfo=UTC))
    (datetime.date(2026, 2, 28), datetime.date(2026, 3, 1))
    """
    return (at - timedelta(hours=12)).date() - timedelta(days=1)
