"""Does a large employer's morning wait for itself? One employer's bookings beside those of as many employers.

Each claim takes two siblings' spots and is charged under its employer's plan, in one transaction, as a booking is. In
one arm every family is of one employer, in the other each client's family is of an employer of its own. Whatever every
booking of an employer had to touch would make the first slower. Both arms run interleaved in the same process on a
database made for the purpose; medians of the rounds are reported.
"""

import base64
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from importlib.resources import files
from itertools import count
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction

from daybreak.accounts.actions import add_person
from daybreak.bench import booking
from daybreak.bench.bare import Claim
from daybreak.bench.booking import Sample
from daybreak.bench.machine import machine
from daybreak.kernel.decisions import No
from daybreak.network.actions import take_spots
from daybreak.network.terms import SpotWanted
from daybreak.people.actions import add_employee, add_employer, add_household, add_work_site, lock_household
from daybreak.people.terms import PayClass
from daybreak.placement.terms import Point
from daybreak.plan.actions.charge import charge
from daybreak.plan.actions.load import load_plan
from daybreak.plan.books.queries import off_balance
from daybreak.plan.terms import Booked, Route

MOST_PER_SECOND = 600
"""Claims are laid out for at most this many; a quicker machine runs out and stops early."""
NEAR = Point(40.7, -73.95)


@dataclass(frozen=True)
class Family:
    """Who asks, for whom, through which employer."""

    employer_id: UUID
    household_id: UUID
    person_id: UUID


def run(*, clients: int, seconds: float, rounds: int = 3) -> dict[str, object]:
    """Measure both arms and report as formats.md says.

    Raises BadInput on a server that is in use, and when the database does not answer.
    """
    booking.refuse_a_server_in_use()
    _make_keys()
    at = datetime.now(UTC)
    one: list[Sample] = []
    many: list[Sample] = []
    with booking.temporary_database():
        open_bare = booking.plain_connections()
        homes = [booking.add_home(number) for number in range(booking.HOMES)]
        shared = [_employer("One", at)] * clients
        own = [_employer(f"Own {number}", at) for number in range(clients)]
        families = [[_family(employer, at) for employer in employers] for employers in (shared, own)]
        days = max(1, round(MOST_PER_SECOND * seconds / (booking.HOMES * booking.CLAIMS_PER_ROOM)))
        for number in range(rounds):
            for arm, (samples, asking) in enumerate(((one, families[0]), (many, families[1]))):
                first = booking.FIRST_DAY + timedelta(days=(2 * number + arm) * days)
                claims = booking.lay_out(open_bare, homes, first, days)
                samples.append(booking.measure(_asking(asking, at), claims, clients, seconds))
        balanced = not off_balance()
        version = booking.database_version()
    ours, baseline = booking.figures_of(one), booking.figures_of(many)
    return {
        "what": "claims of two siblings, charged under their employer's plan, of one employer's families",
        "n": clients,
        "seed": None,
        "database": version,
        "rounds": rounds,
        "seconds": seconds,
        "balanced": balanced,
        "ours": ours | {"refused": sum(sample.refused for sample in one)},
        "baseline": {"name": f"the same claims of the families of {clients} employers", **baseline},
        "ratio": {key: round(ours[key] / baseline[key], 3) for key in ("claims_per_second", "p99_ms")},
        "machine": machine(),
    }


def _make_keys() -> None:
    """Keys for names that are dropped with the database, where this process has none."""
    if not settings.VAULT_KEYS:
        key = base64.b64encode(secrets.token_bytes(32)).decode()
        settings.VAULT_KEYS, settings.VAULT_INDEX_KEY = f"bench:{key}", key


def _employer(name: str, at: datetime) -> tuple[UUID, UUID]:
    """An employer with a work site and a plan that grants more than a benchmark uses."""
    employer_id, work_site_id = uuid4(), uuid4()
    add_employer(employer_id=employer_id, name=name, at=at)
    add_work_site(
        work_site_id=work_site_id, employer_id=employer_id, name=name, point=NEAR, zone="America/New_York", at=at
    )
    text = (files("daybreak") / "demo" / "plans" / "harbor-health.toml").read_text(encoding="utf-8")
    year = booking.FIRST_DAY.year
    swaps = {"2027": str(year + 1), "2026": str(year), '"Harbor Health"': f'"{name}"', "amount = 10": "amount = 2000"}
    for before, after in swaps.items():
        text = text.replace(before, after)
    load_plan(text, source="bench", at=at)
    return employer_id, work_site_id


def _family(employer: tuple[UUID, UUID], at: datetime) -> Family:
    employer_id, work_site_id = employer
    family = Family(employer_id, uuid4(), uuid4())
    add_person(person_id=family.person_id, name="A parent", email=f"{family.person_id}@example.org", at=at)
    add_household(household_id=family.household_id, home=NEAR, usual_starts=time(7), usual_ends=time(15), at=at)
    add_employee(
        employee_id=uuid4(),
        employer_id=employer_id,
        person_id=family.person_id,
        household_id=family.household_id,
        work_site_id=work_site_id,
        pay_class=PayClass.HOURLY,
        at=at,
    )
    return family


def _asking(families: Sequence[Family], at: datetime) -> booking.Opener:
    """Clients that each claim for a family of their own."""
    numbers = count()

    @contextmanager
    def client() -> Iterator[Callable[[Claim], bool]]:
        family = families[next(numbers) % len(families)]
        connection.ensure_connection()
        try:
            yield lambda claim: _book(claim, family, at)
        finally:
            connection.close()

    return client


def _book(claim: Claim, family: Family, at: datetime) -> bool:
    """Charge and take in one transaction, the household locked first, as a look does."""
    when = tuple((claim.day, one.session) for one in claim.sessions)
    wanted = [SpotWanted(child_id, months, claim.room_id, when) for child_id, months in claim.children]
    with transaction.atomic():
        lock_household(family.household_id)
        decision = charge(_booked(claim, family), at=at)
        if not isinstance(decision, No):
            decision = take_spots(
                booking_id=claim.booking_id,
                household_id=family.household_id,
                site_id=claim.site_id,
                wanted=wanted,
                at=at,
                employer_id=family.employer_id,
            )
        if isinstance(decision, No):
            transaction.set_rollback(True)
    return bool(decision)


def _booked(claim: Claim, family: Family) -> Booked:
    return Booked(
        booking_id=claim.booking_id,
        request_id=claim.booking_id,
        employer_id=family.employer_id,
        household_id=family.household_id,
        person_id=family.person_id,
        child_ids=tuple(child_id for child_id, _ in claim.children),
        day=claim.day,
        minutes=480,
        route=Route.PLACE,
        site_id=claim.site_id,
        provider_id=claim.site_id,
    )
