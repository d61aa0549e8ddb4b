"""The words of a week in files: who asks, who offers, what providers answer if asked, and what they take back.

Moments and days are local and carry no zone: a week is one town's. Siblings stay together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from daybreak.kernel.spans import DAY
from daybreak.placement.hours import span_of
from daybreak.placement.terms import EVERY_AGE, Kind, Point
from daybreak.plan.terms import Route

BANDS = ("infant", "toddler", "preschool", "school")
BAND_AGES = ((0, 18), (18, 36), (36, 60), (60, EVERY_AGE))
"""From and up to which months each band goes."""
DETOUR_MINUTES, CAREGIVER_KM, CAREGIVER_INFANTS = 30.0, 8.0, 2

Counts = tuple[int, int, int, int]
"""Children or spots by band."""


def band_of(months: int) -> int:
    """Which band a child of this age is in.

    >>> [BANDS[band_of(months)] for months in (17, 18, 59, 60)]
    ['infant', 'toddler', 'preschool', 'school']
    """
    return next(at for at, (_, until) in enumerate(BAND_AGES) if months < until)


@dataclass(frozen=True)
class WeekRequest:
    """One line of requests.csv."""

    request_id: str
    asked_at: datetime
    decide_by: datetime
    day: date
    starts: int
    ends: int
    pay_class: str
    priority: int
    home: Point
    work: Point
    months: tuple[int, ...]
    routes: tuple[Route, ...]

    @cached_property
    def needs(self) -> Counts:
        """Its children by band."""
        bands = [band_of(months) for months in self.months]
        return bands.count(0), bands.count(1), bands.count(2), bands.count(3)

    @property
    def ends_at(self) -> datetime:
        """When its care is over."""
        midnight = datetime.combine(self.day, datetime.min.time())
        return midnight + timedelta(minutes=span_of(self.starts, self.ends)[1])


@dataclass(frozen=True)
class Supply:
    """One line of supply.csv: what a site has each day, and whether it confirms at once."""

    site_id: str
    kind: Kind
    place: Point
    opens: int
    closes: int
    spots: Counts
    instant: bool


@dataclass(frozen=True)
class Answer:
    """What a provider would answer, and after how many minutes; silence is an answer too."""

    minutes: float
    answer: str


ACCEPT, DECLINE, SILENT = "accept", "decline", "silent"
ANY_REQUEST = "*"


@dataclass(frozen=True)
class Cancellation:
    """A site takes back all it has for a day."""

    site_id: str
    at: datetime
    day: date


@dataclass(frozen=True)
class Week:
    """A whole week."""

    requests: tuple[WeekRequest, ...]
    supply: tuple[Supply, ...]
    answers: Mapping[tuple[str, str], Answer]
    cancellations: tuple[Cancellation, ...]

    def answer(self, site_id: str, request_id: str) -> Answer:
        """What a site answers this request. Who is not in the file says nothing."""
        general = self.answers.get((site_id, ANY_REQUEST), Answer(DAY, SILENT))
        return self.answers.get((site_id, request_id), general)


@dataclass(frozen=True)
class Best:
    """What a plan with hindsight gives, and what no plan exceeds, over all days of a week."""

    requests: int
    children: int
    children_at_most: int


@dataclass(frozen=True)
class Line:
    """One line of a log: what happened to a request, when, by which route, at which site."""

    at: datetime
    request_id: str
    event: str
    route: str = ""
    site_id: str = ""
    detail: str = ""


ASKED, TRIED, HELD, CONFIRMED, DECLINED = "asked", "tried", "held", "confirmed", "declined"
CANCELED, RECOVERED, PROMISED, TOLD, STATEMENT = "canceled", "recovered", "promised", "told", "statement"
EVENTS = (ASKED, TRIED, HELD, CONFIRMED, DECLINED, CANCELED, RECOVERED, PROMISED, TOLD, STATEMENT)
