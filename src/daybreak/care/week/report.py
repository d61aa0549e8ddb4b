"""What does a request log say of the service? The figures nobody publishes, counted from anybody's log.

- *filled*: the share of requests that end with a place or caregiver that was not taken back.
- *promised*: the share that end with money for the family's own person.
- *told late*: the share with an answer that the transport had not taken by decide-by, or without any.
- *minutes*: from asking to the moment the first answer was taken; of those who were told.
- *recovered*: of the requests whose place was taken back, the share that had another one afterwards.

By when a request is to be told, and how its family is paid, stand in the detail of its `asked` line
(`decide_by=...;pay_class=...`) or in the requests.csv beside the log. A cancellation may name a new decide-by in the
same way; then the next answer can be late too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from math import ceil

from daybreak.care.week import terms
from daybreak.care.week.files import minutes_between, read_moment
from daybreak.care.week.terms import Best, Line, WeekRequest
from daybreak.kernel.errors import BadInput


@dataclass
class Served:
    """What a log says of one request."""

    request_id: str
    asked_at: datetime
    waits_until: datetime | None
    """By when the next answer is due; None when nobody says, or when it was given."""
    pay_class: str
    has_due: bool = False
    told_at: datetime | None = None
    """When the first answer was taken."""
    answered_late: bool = False
    has_place: bool = False
    promised: bool = False
    lost: bool = False
    recovered: bool = False

    @property
    def told_late(self) -> bool | None:
        """Whether the answer came too late; None when nobody says by when it was due."""
        return (self.answered_late or self.waits_until is not None) if self.has_due else None


def served_in(lines: Iterable[Line], known: Mapping[str, WeekRequest], *, source: str = "log.csv") -> list[Served]:
    """Read what became of each request, in the order in which they asked.

    Raises BadInput for a log in which something happens to a request that never asked.
    """
    in_time = sorted(lines, key=lambda line: line.at)
    served: dict[str, Served] = {}
    for line in in_time:
        if line.event == terms.ASKED and line.request_id not in served:
            served[line.request_id] = _began(line, known.get(line.request_id))
    for line in in_time:
        if line.request_id not in served:
            raise BadInput(
                f"request {line.request_id!r} has a line {line.event!r} and none that says when it asked. "
                "Nothing was counted.",
                source=source,
                do="Add its 'asked' line and run the command again.",
            )
        _take_in(served[line.request_id], line)
    return list(served.values())


def figures(served: Sequence[Served]) -> dict[str, object]:
    """The figures of some requests; shares are of all of them, and None where nothing can be said."""
    count = len(served)
    late = [one.told_late for one in served if one.told_late is not None]
    minutes = sorted(minutes_between(one.asked_at, one.told_at) for one in served if one.told_at is not None)
    lost = [one for one in served if one.lost]
    return {
        "requests": count,
        "filled": _share(sum(one.has_place for one in served), count),
        "promised": _share(sum(one.promised for one in served), count),
        "told_late": _share(sum(late), len(late)),
        "median_minutes": _quantile(minutes, 0.5),
        "p95_minutes": _quantile(minutes, 0.95),
        "canceled": len(lost),
        "recovered": _share(sum(one.recovered for one in lost), len(lost)),
    }


def report(served: Sequence[Served], known: Mapping[str, WeekRequest]) -> dict[str, object]:
    """The figures of a log, of all families and by pay class; children are counted where requests.csv is known."""
    classes = sorted({one.pay_class for one in served if one.pay_class})
    placed = [one.request_id for one in served if one.has_place]
    return {
        **figures(served),
        "children": sum(len(known[name].months) for name in placed) if set(placed) <= set(known) else None,
        "by_pay_class": {name: figures([one for one in served if one.pay_class == name]) for name in classes},
    }


def beside_best(counted: Mapping[str, object], best: Best) -> dict[str, object]:
    """What the supply allowed at most, and the share of it that a service reached."""
    children = counted["children"]
    reached = _share(children, best.children_at_most) if isinstance(children, int) else None
    return {**asdict(best), "reached": reached}


def _began(line: Line, request: WeekRequest | None) -> Served:
    told = _details(line)
    decide_by = read_moment(told.get("decide_by", "")) or (request.decide_by if request else None)
    pay_class = told.get("pay_class", "") or (request.pay_class if request else "")
    return Served(line.request_id, line.at, decide_by, pay_class, has_due=decide_by is not None)


def _details(line: Line) -> dict[str, str]:
    pairs = (part.split("=", 1) for part in line.detail.split(";") if "=" in part)
    return {name.strip(): value.strip() for name, value in pairs}


def _take_in(one: Served, line: Line) -> None:
    if line.event == terms.TOLD:
        one.answered_late |= one.waits_until is not None and line.at > one.waits_until
        one.told_at, one.waits_until = one.told_at or line.at, None
    elif line.event in (terms.CONFIRMED, terms.RECOVERED):
        one.recovered = one.lost
        one.has_place, one.promised = True, False
    elif line.event == terms.CANCELED:
        one.has_place, one.lost, one.recovered = False, True, False
        one.waits_until = read_moment(_details(line).get("decide_by", ""))
    elif line.event == terms.PROMISED:
        one.promised, one.has_place = True, False


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _quantile(ordered: Sequence[float], share: float) -> float | None:
    """The smallest value that at least this share of them does not exceed.

    >>> _quantile([1.0, 2.0, 3.0, 40.0], 0.5), _quantile([1.0, 2.0, 3.0, 40.0], 0.95)
    (2.0, 40.0)
    """
    return round(ordered[ceil(share * len(ordered)) - 1], 2) if ordered else None
