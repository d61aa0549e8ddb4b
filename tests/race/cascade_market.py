"""One family and two homes that must be asked and never answer; `prepare` writes them, `work` is the worker until the
end, which may be told to kill itself at its nth effect, and `count` says what there is."""

import json
import os
import signal
import sys
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import django

os.environ["DAYBREAK_MODE"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "daybreak.config.settings"
django.setup()

from django.core.management import call_command
from django.db import transaction

from daybreak.accounts.actions import add_person
from daybreak.care.actions.ask import ask_for_care
from daybreak.care.actions.clock import work_due
from daybreak.care.actions.run import Hands
from daybreak.care.models import Booking, CareMove, CareRequest
from daybreak.care.terms import Ask
from daybreak.network.actions import add_provider, add_site, offer_spots
from daybreak.network.models import TakenSpot
from daybreak.network.queries import drift
from daybreak.network.terms import NewLicense, NewRoom, NewSite
from daybreak.notices.models import Notice
from daybreak.people.actions import add_child, add_employee, add_employer, add_household, add_work_site
from daybreak.people.terms import PayClass
from daybreak.placement.sessions import Session
from daybreak.placement.terms import Kind, Point

HOME, WORK, ZONE = Point(42.85, -78.81), Point(42.90, -78.86), "America/New_York"
SIX = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)


def prepare() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    employer, work, person, household, child = (uuid4() for _ in range(5))
    with transaction.atomic():
        add_employer(employer_id=employer, name="Harbor Health", at=SIX)
        add_work_site(work_site_id=work, employer_id=employer, name="hospital", point=WORK, zone=ZONE, at=SIX)
        add_person(person_id=person, name="Rosa", email="rosa@example.org", at=SIX)
        add_household(household_id=household, home=HOME, usual_starts=time(8), usual_ends=time(16), at=SIX)
        add_employee(
            employee_id=uuid4(),
            employer_id=employer,
            person_id=person,
            household_id=household,
            work_site_id=work,
            pay_class=PayClass.HOURLY,
            at=SIX,
        )
        add_child(child_id=child, household_id=household, name="Ada", birth_date=SIX.date() - timedelta(900), at=SIX)
        for number in range(2):
            write_home(number)
    ask = Ask(household, (child,), SIX.date(), time(8), time(16), SIX + timedelta(minutes=32))
    ask_for_care(ask=ask, key="one tap", actor=person, at=SIX)


def write_home(number: int) -> None:
    provider, site, room = uuid4(), uuid4(), uuid4()
    add_provider(provider_id=provider, name=f"Home {number}", at=SIX)
    add_site(
        NewSite(
            site_id=site,
            provider_id=provider,
            external_ref=f"cascade:{number}",
            name=f"Home {number}",
            kind=Kind.CENTER,
            point=Point(42.87 + number / 1000, -78.835),
            zone=ZONE,
            rooms=(NewRoom(room, "all", 0, 156, 4),),
            license=NewLicense(str(number), "DCC", "License", 4, "made up"),
            opens=time(5),
            closes=time(20),
            instant=False,
        ),
        at=SIX,
    )
    sessions = (Session.EARLY, Session.MORNING, Session.AFTERNOON)
    offer_spots(site_id=site, day=SIX.date(), offers={(room, one): 4 for one in sessions}, at=SIX, actor=None)


def work(moments: str, dies_at: int) -> None:
    """Do what is due at each of these minutes past six; kill -9 this process as its nth effect begins."""
    effects = 0
    plain = Hands.do

    def counted(hands: Hands, effect: object) -> object:
        nonlocal effects
        effects += 1
        if effects == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return plain(hands, effect)

    Hands.do = counted
    for minute in moments.split(","):
        at = SIX + timedelta(minutes=float(minute))
        while work_due(at=at, holder=f"worker {os.getpid()}"):
            pass
    print(json.dumps({"effects": effects}))


def count() -> None:
    homes = {
        site: f"home {at}"
        for at, site in enumerate(Booking.objects.values_list("site", flat=True).order_by("created_at"))
    }
    print(
        json.dumps(
            {
                "requests": list(CareRequest.objects.values_list("state", flat=True)),
                "bookings": [(homes[one.site_id], one.state) for one in Booking.objects.order_by("created_at")],
                "moves": list(CareMove.objects.order_by("at", "pk").values_list("verb", flat=True)),
                "told": sorted(Notice.objects.values_list("code", flat=True)),
                "spots": TakenSpot.objects.count(),
                "drift": [repr(line) for line in drift()],
            }
        )
    )


if __name__ == "__main__":
    if sys.argv[1] == "work":
        work(sys.argv[2], int(sys.argv[3]))
    else:
        {"prepare": prepare, "count": count}[sys.argv[1]]()
