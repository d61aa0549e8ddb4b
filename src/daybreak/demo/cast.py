"""The people and places of every story, all made up: Rosa and her children, Ms. Okafor, Little Oaks, Harbor Health.

Ids are made from names, so that the demo, the tests and the pictures in the docs speak of the same rows. The town is
Buffalo, New York, because New York's family-home rule is one of the two the rulebook has; no place or person here is
real.
"""

from dataclasses import dataclass
from datetime import date, time
from uuid import NAMESPACE_DNS, UUID, uuid5

from django.utils.translation import gettext_noop

from daybreak.network.caregivers.terms import CheckKind, SaidBy
from daybreak.people.terms import PayClass
from daybreak.placement.terms import Kind, Point

ZONE = "America/New_York"


def made_id(name: str) -> UUID:
    """The id of a row of the cast."""
    return uuid5(uuid5(NAMESPACE_DNS, "cast.daybreak.example"), name)


@dataclass(frozen=True)
class Child:
    """A child by age on the demo's day, so that Ada stays 14 months old whenever the demo opens."""

    name: str
    months: int
    care_notes: str = ""
    allergies: str = ""

    def born(self, day: date) -> date:
        """A birth date that makes the child `months` and half a month old on `day`."""
        month = day.year * 12 + day.month - 1 - self.months
        born = date(month // 12, month % 12 + 1, min(day.day, 28))
        return date.fromordinal(born.toordinal() - 12)


@dataclass(frozen=True)
class Parent:
    """An employee with a household of her own."""

    key: str
    name: str
    line: str
    email: str
    phone: str
    language: str
    employer: str
    work: str
    home: Point
    starts: time
    ends: time
    pay_class: PayClass
    children: tuple[Child, ...]


@dataclass(frozen=True)
class Place:
    """A site with what it offers on the demo's day, by room."""

    key: str
    name: str
    kind: Kind
    point: Point
    opens: time
    closes: time
    rooms: tuple[tuple[str, int, int, int, int], ...]
    """Name, from months, until months, licensed spots, spots offered today."""
    instant: bool = True
    takes_mildly_ill: bool = False
    travel_radius_km: float = 0.0
    caregiver: "Caregiver | None" = None
    zip_code: str = ""
    staffed: "tuple[Staffed, ...]" = ()
    contract: "Agreed | None" = None


@dataclass(frozen=True)
class Agreed:
    """A contract with an employer: spots guaranteed by room, until when, the rate in cents, and the days to pay it."""

    employer: str
    number: str
    spots: tuple[tuple[str, int], ...]
    released: time
    rate_cents: int
    pays_within_days: int


@dataclass(frozen=True)
class Staffed:
    """A room with its educators, from opening to closing, and the ages in months of the site's own children."""

    room: str
    educators: tuple[str, ...]
    own_months: tuple[int, ...]


@dataclass(frozen=True)
class Caregiver:
    """What a caregiver who comes to the home adds to a place: how many children, which ages, languages and checks."""

    children: int
    ages: tuple[int, int]
    weekdays: tuple[int, ...]
    languages: tuple[str, ...]
    checks: tuple[tuple[CheckKind, int, SaidBy, str], ...]
    """What was looked into, how many days before the demo's day, who says so, and their name."""


@dataclass(frozen=True)
class Speaker:
    """A person who speaks for places."""

    key: str
    name: str
    line: str
    email: str
    phone: str
    places: tuple[str, ...]
    language: str = "en"


EMPLOYERS = ("Harbor Health", "Lakeshore Logistics")

WORK_SITES = {
    "Harbor Health, main hospital": ("Harbor Health", Point(42.8986, -78.8672), ZONE),
    "Harbor Health, Brooklyn clinic": ("Harbor Health", Point(40.6501, -73.9496), ZONE),
    "Lakeshore Logistics, warehouse": ("Lakeshore Logistics", Point(42.8560, -78.8120), ZONE),
}

PARENTS = (
    Parent(
        "rosa",
        "Rosa Delgado",
        gettext_noop("a nurse whose shift starts at 7"),
        "rosa@example.org",
        "+17165550101",
        "en",
        "Harbor Health",
        "Harbor Health, main hospital",
        Point(42.8480, -78.8130),
        time(7, 0),
        time(15, 30),
        PayClass.HOURLY,
        (Child("Ada", 14, "The pen is in the side pocket of her bag.", "Peanut allergy."), Child("Ben", 51)),
    ),
    Parent(
        "marisol",
        "Marisol Ríos",
        gettext_noop("a warehouse picker; her pages and messages are in Spanish"),
        "marisol@example.org",
        "+17165550102",
        "es",
        "Lakeshore Logistics",
        "Lakeshore Logistics, warehouse",
        Point(42.9060, -78.8850),
        time(8, 0),
        time(16, 30),
        PayClass.HOURLY,
        (Child("Lucía", 30),),
    ),
    Parent(
        "nadia",
        "Nadia Baptiste",
        gettext_noop("a clinic clerk in Brooklyn, on the real provider list of New York State"),
        "nadia@example.org",
        "+17185550103",
        "en",
        "Harbor Health",
        "Harbor Health, Brooklyn clinic",
        Point(40.6780, -73.9440),
        time(8, 0),
        time(16, 0),
        PayClass.HOURLY,
        (Child("Josette", 20), Child("Remy", 44)),
    ),
)

_MIXED = ("Mixed ages", 1, 156)
_SCHOOL = ("School age", 60, 156)

PLACES = (
    Place(
        "okafor",
        "Ms. Okafor's family child care home",
        Kind.FAMILY_HOME,
        Point(42.8740, -78.8400),
        time(5, 30),
        time(18, 30),
        ((*_MIXED, 6, 3), (*_SCHOOL, 2, 1)),
    ),
    Place(
        "little-oaks",
        "Little Oaks",
        Kind.CENTER,
        Point(42.8805, -78.8520),
        time(7, 0),
        time(18, 0),
        (("Infants", 1, 18, 8, 2), ("Toddlers", 18, 36, 12, 3), ("Preschool", 36, 60, 21, 4)),
        zip_code="14203",
        contract=Agreed(
            "Harbor Health", "Little Oaks and Harbor Health, 2026", (("Toddlers", 1),), time(6, 30), 95_00, 14
        ),
        staffed=(Staffed("Toddlers", ("Amara Diallo", "Lena Kowalski"), (20, 24, 26, 29, 33)),),
    ),
    Place(
        "south-park",
        "South Park Early Learning",
        Kind.CENTER,
        Point(42.8530, -78.8270),
        time(6, 0),
        time(18, 0),
        (("Toddlers", 18, 36, 10, 2), ("Preschool", 36, 60, 18, 5)),
    ),
    Place(
        "first-ward",
        "First Ward Children's House",
        Kind.CENTER,
        Point(42.8700, -78.8620),
        time(6, 15),
        time(18, 15),
        (("Infants", 1, 18, 8, 1), ("Preschool", 36, 60, 18, 0)),
        instant=False,
    ),
    Place(
        "petrov",
        "Mrs. Petrov's family child care home",
        Kind.FAMILY_HOME,
        Point(42.8900, -78.8250),
        time(6, 0),
        time(17, 30),
        ((*_MIXED, 6, 1),),
    ),
    Place(
        "larkin",
        "Larkin Street group family home",
        Kind.FAMILY_HOME,
        Point(42.8765, -78.8480),
        time(6, 0),
        time(19, 0),
        ((*_MIXED, 12, 4), (*_SCHOOL, 4, 2)),
        instant=False,
    ),
    Place(
        "allentown",
        "Allentown Day Nursery",
        Kind.CENTER,
        Point(42.9010, -78.8760),
        time(7, 30),
        time(17, 30),
        (("Toddlers", 18, 36, 10, 2), ("Preschool", 36, 60, 14, 3)),
    ),
    Place(
        "west-side",
        "West Side Family Center",
        Kind.CENTER,
        Point(42.9080, -78.8890),
        time(6, 30),
        time(18, 30),
        (("Infants", 1, 18, 8, 2), ("Toddlers", 18, 36, 12, 4), ("Preschool", 36, 60, 20, 6)),
    ),
    Place(
        "grant",
        "Grant Street family home",
        Kind.FAMILY_HOME,
        Point(42.9150, -78.8900),
        time(7, 0),
        time(18, 0),
        ((*_MIXED, 6, 2),),
    ),
    Place(
        "kaisertown",
        "Kaisertown Kids",
        Kind.CENTER,
        Point(42.8790, -78.7900),
        time(6, 0),
        time(18, 0),
        (("Infants", 1, 18, 8, 0), ("Toddlers", 18, 36, 10, 3), ("Preschool", 36, 60, 18, 4)),
    ),
    Place(
        "night-owl",
        "Night Owl family home",
        Kind.FAMILY_HOME,
        Point(42.8690, -78.8230),
        time(14, 0),
        time(8, 0),
        ((*_MIXED, 6, 2),),
        instant=False,
    ),
    Place(
        "ines",
        "Inés Quiroga",
        Kind.IN_HOME,
        Point(42.9120, -78.8930),
        time(6, 0),
        time(18, 0),
        (),
        instant=False,
        takes_mildly_ill=True,
        travel_radius_km=5.0,
        caregiver=Caregiver(
            children=3,
            ages=(3, 120),
            weekdays=(0, 1, 2, 3, 4),
            languages=("en", "es"),
            checks=(
                (CheckKind.FBI_FINGERPRINTS, 410, SaidBy.AGENCY, "Lakeside Family Services"),
                (CheckKind.STATE_ABUSE, 395, SaidBy.AGENCY, "Lakeside Family Services"),
                (CheckKind.REFERENCES, 395, SaidBy.AGENCY, "Lakeside Family Services"),
                (CheckKind.FIRST_AID, 120, SaidBy.THEMSELVES, ""),
            ),
        ),
    ),
)

PROVIDERS = (
    Speaker(
        "okafor",
        "Ngozi Okafor",
        gettext_noop("runs a family child care home"),
        "okafor@example.org",
        "+17165550111",
        ("okafor",),
    ),
    Speaker(
        "little-oaks",
        "Dee Wanamaker",
        gettext_noop("directs Little Oaks, a center"),
        "oaks@example.org",
        "+17165550112",
        ("little-oaks",),
    ),
    Speaker(
        "larkin",
        "Sam Larkin",
        gettext_noop("runs a group home that is asked before each booking"),
        "larkin@example.org",
        "+17165550113",
        ("larkin",),
    ),
    Speaker(
        "ines",
        "Inés Quiroga",
        gettext_noop("a caregiver who comes to the family's home; her pages and messages are in Spanish"),
        "ines@example.org",
        "+17165550115",
        ("ines",),
        "es",
    ),
    Speaker(
        "brooklyn",
        "Joan Whitlock",
        gettext_noop("speaks for the Brooklyn homes that offer spots today"),
        "brooklyn@example.org",
        "+17185550114",
        (),
    ),
)
"""Who speaks for which places."""


REAL_LIST_HOURS = ((time(6, 0), time(18, 0)), (time(6, 30), time(18, 30)), (time(7, 0), time(19, 0)))
"""Hours the simulation makes up for sites of a real license list, which has none."""
