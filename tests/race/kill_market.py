"""The market of the kill test, written and counted by processes of their own: `prepare` and `count`.

Its database is not the one of the test that calls it, because that one is never killed.
"""

import json
import os
import sys
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

import django

os.environ["DAYBREAK_MODE"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "daybreak.config.settings"
django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import transaction

from daybreak.accounts.actions import add_person
from daybreak.accounts.queries import user_of
from daybreak.care.models import Booking, CareRequest
from daybreak.due.models import IdempotencyKey
from daybreak.network.actions import add_provider, add_site, offer_spots
from daybreak.network.models import TakenSpot
from daybreak.network.queries import drift
from daybreak.network.terms import NewLicense, NewRoom, NewSite
from daybreak.notices.models import Notice
from daybreak.people.actions import add_child, add_employee, add_employer, add_household, add_work_site
from daybreak.people.terms import PayClass
from daybreak.placement.sessions import Session
from daybreak.placement.terms import Kind, Point

FAMILIES, SITES, DAYS, SPOTS = 120, 5, 6, 200
# Room for everybody twice over: no surge, so that every tap is answered by a place.
HOME, WORK = Point(42.85, -78.81), Point(42.90, -78.86)
ZONE = "America/New_York"


def prepare() -> None:
    """Write families, sites and offers; print a session and the children of each family."""
    call_command("migrate", verbosity=0, interactive=False)
    at = datetime.now(UTC)
    first = at.date() + timedelta(days=2)
    with transaction.atomic():
        employer, work = uuid4(), uuid4()
        add_employer(employer_id=employer, name="Harbor Health", at=at)
        add_work_site(work_site_id=work, employer_id=employer, name="hospital", point=WORK, zone=ZONE, at=at)
        for number in range(SITES):
            write_site(number, first, at)
        families = [write_family(number, employer, work, first, at) for number in range(FAMILIES)]
    print(json.dumps({"families": families, "days": [str(first + timedelta(days=n)) for n in range(DAYS)]}))


def write_site(number: int, first: date, at: datetime) -> None:
    provider, site, room = uuid4(), uuid4(), uuid4()
    add_provider(provider_id=provider, name=f"Center {number}", at=at)
    add_site(
        NewSite(
            site_id=site,
            provider_id=provider,
            external_ref=f"kill:{number}",
            name=f"Center {number}",
            kind=Kind.CENTER,
            point=Point(42.87 + number / 1000, -78.835),
            zone=ZONE,
            rooms=(NewRoom(room, "all", 0, 156, SPOTS),),
            license=NewLicense(str(number), "DCC", "License", SPOTS, "made up"),
            opens=time(5),
            closes=time(20),
            instant=True,
        ),
        at=at,
    )
    sessions = (Session.EARLY, Session.MORNING, Session.AFTERNOON)
    for day in range(DAYS):
        offer_spots(
            site_id=site,
            day=first + timedelta(days=day),
            offers={(room, session): SPOTS for session in sessions},
            at=at,
            actor=None,
        )


def write_family(number: int, employer: UUID, work: UUID, first: date, at: datetime) -> dict[str, object]:
    person, household = uuid4(), uuid4()
    add_person(person_id=person, name=f"Parent {number}", email=f"parent{number}@example.org", at=at)
    add_household(household_id=household, home=HOME, usual_starts=time(8), usual_ends=time(16), at=at)
    add_employee(
        employee_id=uuid4(),
        employer_id=employer,
        person_id=person,
        household_id=household,
        work_site_id=work,
        pay_class=PayClass.HOURLY,
        at=at,
    )
    children = [uuid4() for _ in range(1 + number % 3)]
    for child in children:
        add_child(child_id=child, household_id=household, name="child", birth_date=first - timedelta(days=900), at=at)
    user = user_of(person)
    assert user is not None
    session = SessionStore()
    session[SESSION_KEY] = str(person)
    session[BACKEND_SESSION_KEY] = "sesame.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return {"session": session.session_key, "children": [str(child) for child in children]}


def count() -> None:
    """Print what the database holds now, for the test to compare with what was acknowledged."""
    requests = {str(row.pk): row for row in CareRequest.objects.all()}
    bookings = list(Booking.objects.filter(state__in=["held", "confirmed"]).prefetch_related("children"))
    spots = Counter(str(booking) for booking in TakenSpot.objects.values_list("booking_id", flat=True))
    told = Notice.objects.filter(code="care-confirmed").values("about").distinct().count()
    print(
        json.dumps(
            {
                "requests": sorted(requests),
                "placed": sorted(pk for pk, row in requests.items() if row.state == "placed"),
                "bookings": len(bookings),
                "booked_requests": sorted(str(booking.request_id) for booking in bookings),
                "half_bookings": [
                    str(booking.pk) for booking in bookings if spots[str(booking.pk)] != 3 * booking.children.count()
                ],
                "spots_of_no_booking": sorted(set(spots) - {str(booking.pk) for booking in bookings}),
                "drift": [repr(line) for line in drift()],
                "keys": {key: str(answer) for key, answer in IdempotencyKey.objects.values_list("key", "answer")},
                "told": told,
            }
        )
    )


if __name__ == "__main__":
    {"prepare": prepare, "count": count}[sys.argv[1]]()
