"""What has a provider earned, at which rate, and when is it paid?

Care that was given is paid by child and day: at the rate of the contract with the family's employer where it states
one, else at the rate the provider states. Where neither does, the care is counted and no amount is made up. A family
that did not come is not counted here: no contract says yet what that costs. No money moves here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from daybreak.care.terms import Given


@dataclass(frozen=True)
class Agreed:
    """What a contract says of money on a day: a rate for a child and day, and within how many days it is paid."""

    rate_cents: int | None
    pays_within_days: int | None
    cite: str


@dataclass(frozen=True)
class Earned:
    """One booking's earning. Without a rate the amount is unknown; without a contract, when it is paid."""

    booking_id: UUID
    day: date
    children: int
    rate_cents: int | None
    paid_by: date | None
    cite: str = ""
    """The contract whose rate it is; empty for the provider's own."""

    @property
    def cents(self) -> int | None:
        """The amount, or None while no rate is stated."""
        return None if self.rate_cents is None else self.rate_cents * self.children


def earned(
    given: Iterable[Given], agreed: Mapping[tuple[UUID, date], Agreed], own_rates: Mapping[date, int | None]
) -> tuple[Earned, ...]:
    """Say what each booking earned; `agreed` is by employer and day, `own_rates` by day.

    >>> one = Given(UUID(int=1), date(2026, 3, 2), 2, UUID(int=2))
    >>> contract = {(UUID(int=2), date(2026, 3, 2)): Agreed(9_500, 14, "2026-1")}
    >>> [(line.cents, str(line.paid_by)) for line in earned([one], contract, {})]
    [(19000, '2026-03-16')]
    >>> [line.cents for line in earned([one], {}, {})]
    [None]
    """
    return tuple(_line(one, agreed.get((one.employer_id, one.day)), own_rates.get(one.day)) for one in given)


def _line(given: Given, contract: Agreed | None, own_rate: int | None) -> Earned:
    by_contract = contract is not None and contract.rate_cents is not None
    within = contract.pays_within_days if contract else None
    return Earned(
        booking_id=given.booking_id,
        day=given.day,
        children=given.children,
        rate_cents=contract.rate_cents if contract and by_contract else own_rate,
        paid_by=given.day + timedelta(days=within) if within is not None else None,
        cite=contract.cite if contract and by_contract else "",
    )


def total_cents(lines: Iterable[Earned]) -> int:
    """The sum of all amounts that are known."""
    return sum(line.cents or 0 for line in lines)
