"""How does the same week go where a family asks the nearest center and, if that fails, gives up?

Generous to that way of doing it: the family knows which center is the nearest in reach that is open for its hours and
has a room for its children, it learns at once when the center is full or says no, and a center that says nothing is
given up two minutes before decide-by, in time. Whoever loses its place does not look again.
"""

from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush

from daybreak.care import looking
from daybreak.care.week import terms
from daybreak.care.week.files import spelled
from daybreak.care.week.play import SENDING
from daybreak.care.week.terms import ACCEPT, SILENT, Line, Week, WeekRequest
from daybreak.care.week.town import Spots, town_of
from daybreak.placement.terms import Kind
from daybreak.plan.terms import Route

NAME = "ask the nearest center, then give up"

_CANCELS, _ANSWERS, _ASKS = range(3)


def play_nearest(week: Week) -> list[Line]:
    """Play a whole week that way and return its log, in order of time."""
    town = town_of(week.supply)
    spots = Spots(town.supply)
    lines: list[Line] = []
    placed: dict[str, str] = {}
    due: list[tuple[datetime, int, int, str]] = [
        *((one.asked_at, _ASKS, at, "") for at, one in enumerate(week.requests)),
        *((one.at, _CANCELS, at, "") for at, one in enumerate(week.cancellations)),
    ]
    heapify(due)
    while due:
        now, rank, at, site = heappop(due)
        if rank == _CANCELS:
            lines += _canceled(week, at, spots, placed, now)
            continue
        request = week.requests[at]
        if rank == _ASKS:
            lines.append(_asked(request))
            site = next((fit.site_id for fit in town.fits(request) if town.supply[fit.site_id].kind is Kind.CENTER), "")
            if site and not town.supply[site].instant:
                lines.append(Line(now, request.request_id, terms.TRIED, Route.ASK, site))
                answer = week.answer(site, request.request_id)
                gives_up = max(now, request.decide_by - looking.IN_HAND)
                answered = now + timedelta(minutes=answer.minutes)
                in_time = answer.answer != SILENT and answered <= gives_up
                says_yes = in_time and answer.answer == ACCEPT
                heappush(due, (answered if in_time else gives_up, _ANSWERS, at, site if says_yes else ""))
                continue
        lines += _ended(request, site, spots, placed, now)
    return sorted(lines, key=lambda line: line.at)


def _asked(request: WeekRequest) -> Line:
    detail = f"decide_by={spelled(request.decide_by)};pay_class={request.pay_class}"
    return Line(request.asked_at, request.request_id, terms.ASKED, detail=detail)


def _ended(request: WeekRequest, site: str, spots: Spots, placed: dict[str, str], at: datetime) -> list[Line]:
    """Take the spots of the site that said yes, or give up."""
    found = bool(site) and spots.take(site, request)
    if found:
        placed[request.request_id] = site
    outcome = (
        Line(at, request.request_id, terms.CONFIRMED, Route.PLACE, site)
        if found
        else Line(at, request.request_id, terms.STATEMENT)
    )
    return [outcome, Line(at + SENDING, request.request_id, terms.TOLD, detail=outcome.event)]


def _canceled(week: Week, at: int, spots: Spots, placed: dict[str, str], now: datetime) -> list[Line]:
    one = week.cancellations[at]
    spots.withdrawn.add((one.site_id, one.day))
    hit = [
        request
        for request in week.requests
        if placed.get(request.request_id) == one.site_id and request.day == one.day and request.ends_at > now
    ]
    for request in hit:
        del placed[request.request_id]
    return [
        line
        for request in hit
        for line in (
            Line(now, request.request_id, terms.CANCELED, Route.PLACE, one.site_id),
            Line(now + SENDING, request.request_id, terms.TOLD, detail=terms.CANCELED),
        )
    ]
