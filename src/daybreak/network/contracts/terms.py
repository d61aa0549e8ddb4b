"""The words of contracts: what a site and an employer agreed about spots, and what that keeps in a room."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from daybreak.kernel.decisions import Reason
from daybreak.kernel.money import Money


@dataclass(frozen=True)
class Kept:
    """What a contract keeps for one employer's families in one room and session, until it lets go.

    `spots` are guaranteed, however many the room offers; `share` is the employer's weight in the rest of them.
    """

    employer_id: UUID
    spots: int
    share: int
    until_at: datetime
    until: str
    """The same moment as the site's clock shows it, as a message tells it."""
    cite: str


@dataclass(frozen=True)
class NewContract:
    """What a site and an employer agree about spots; spots are guaranteed in each session the room offers.

    They are kept until a clock time of the care day, or of so many days before it. A rate is for one child and day.
    """

    contract_id: UUID
    site_id: UUID
    employer_id: UUID
    number: str
    from_day: date
    until_day: date | None
    spots: Mapping[UUID, int]
    """By room."""
    share: int
    released_clock: time
    released_days_before: int = 0
    rate_cents: int | None = None
    pays_within_days: int | None = None


@dataclass(frozen=True)
class SaidContract:
    """One contract as a file says it: the place by its ref and rooms by their names."""

    line: int
    site_ref: str
    number: str
    from_day: date
    until_day: date | None
    spots: Mapping[str, int]
    share: int
    released_clock: time
    released_days_before: int
    rate_cents: int | None
    pays_within_days: int | None


@dataclass(frozen=True)
class SaidContracts:
    """A file of contracts of one employer, named as it is known here."""

    employer: str
    contracts: tuple[SaidContract, ...]


@dataclass(frozen=True)
class Misfit:
    """Why one contract of a file cannot be: a reason, or a plain fact about the file."""

    line: int
    reason: Reason | None
    problem: str = ""


@dataclass(frozen=True)
class Loaded:
    """What loading a file did, or would do: contracts by number. With misfits nothing was written."""

    added: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    unchanged: int = 0
    misfits: tuple[Misfit, ...] = ()


@dataclass(frozen=True)
class ContractCard:
    """A contract as its provider's page and its employer's show it."""

    contract_id: UUID
    employer_id: UUID
    site_id: UUID
    site_name: str
    number: str
    from_day: date
    until_day: date | None
    spots: tuple[tuple[str, int], ...]
    """Room by name, and the spots guaranteed there."""
    share: int
    released_clock: time
    released_days_before: int
    rate_cents: int | None
    pays_within_days: int | None

    @property
    def rate(self) -> str:
        """The rate as money; empty where it states none."""
        return "" if self.rate_cents is None else str(Money(self.rate_cents))
