"""What do the files of a week say? From CSV text to terms, and back.

Reading is all or nothing, as for a morning: every problem is named with its file and line.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from daybreak.care.week.terms import (
    ACCEPT,
    ANY_REQUEST,
    BANDS,
    DECLINE,
    EVENTS,
    SILENT,
    Answer,
    Cancellation,
    Line,
    Supply,
    Week,
    WeekRequest,
)
from daybreak.kernel.spans import clock_of
from daybreak.placement.sheets import Problems, Row, Sheet, shown
from daybreak.placement.terms import EVERY_AGE, Kind, Point
from daybreak.plan.terms import Route

REQUESTS = (
    *("request_id", "asked_at", "decide_by", "day", "starts", "ends", "pay_class", "priority", "home_latitude"),
    *("home_longitude", "work_latitude", "work_longitude", "children", "routes"),
)
SUPPLY = (
    *("site_id", "kind", "latitude", "longitude", "opens", "closes"),
    *(f"spots_{band}" for band in BANDS),
    "instant",
)
ANSWERS = ("site_id", "request_id", "minutes", "answer")
CANCELLATIONS = ("site_id", "at", "day")
LOG = ("at", "request_id", "event", "route", "site_id", "detail")
COLUMNS = {"requests.csv": REQUESTS, "supply.csv": SUPPLY, "answers.csv": ANSWERS, "cancellations.csv": CANCELLATIONS}

MOST_CHILDREN, MOST_SPOTS, MOST_MINUTES = 4, 100_000, 100_000
FIX = "Nothing was played. Fix the files and run the command again."
FIX_LOG = "Nothing was counted. Fix the file and run the command again."


def read_week(files: Mapping[str, str]) -> Week:
    """Read the texts of a week's files by name; raises BadInput with every problem found in one message."""
    problems = Problems()
    sheets = {}
    for name, columns in COLUMNS.items():
        if name in files:
            sheets[name] = Sheet(name, files[name], columns, problems)
        else:
            problems.add(name, None, "the file is missing.")
    problems.stop(do=FIX)
    requests = _requests(sheets["requests.csv"])
    supply: dict[str, Supply] = {}
    for row in sheets["supply.csv"].rows():
        site = _supply(row, supply)
        supply[site.site_id] = site
    answers: dict[tuple[str, str], Answer] = {}
    for row in sheets["answers.csv"].rows():
        _answer(row, answers, requests, supply)
    cancellations = [_cancellation(row, supply) for row in sheets["cancellations.csv"].rows()]
    problems.stop(do=FIX)
    return Week(tuple(requests.values()), tuple(supply.values()), answers, tuple(cancellations))


def read_requests(text: str) -> tuple[WeekRequest, ...]:
    """Read requests.csv alone; raises BadInput with every problem found."""
    problems = Problems()
    requests = Sheet("requests.csv", text, REQUESTS, problems)
    problems.stop(do=FIX_LOG)
    found = tuple(_requests(requests).values())
    problems.stop(do=FIX_LOG)
    return found


def week_files(week: Week) -> dict[str, str]:
    """Return the texts of a week's files by name."""
    return {
        "requests.csv": sheet(REQUESTS, (_request_cells(request) for request in week.requests)),
        "supply.csv": sheet(SUPPLY, (_supply_cells(site) for site in week.supply)),
        "answers.csv": sheet(
            ANSWERS, ((*names, f"{one.minutes:g}", one.answer) for names, one in sorted(week.answers.items()))
        ),
        "cancellations.csv": sheet(
            CANCELLATIONS, ((one.site_id, spelled(one.at), one.day.isoformat()) for one in week.cancellations)
        ),
    }


def read_log(text: str, *, source: str = "log.csv") -> tuple[Line, ...]:
    """Read a request log, whoever wrote it; raises BadInput with every problem found."""
    problems = Problems()
    sheet = Sheet(source, text, LOG, problems)
    problems.stop(do=FIX_LOG)
    lines = [
        Line(
            at=moment(row, "at"),
            request_id=row.text("request_id"),
            event=row.one_of("event", EVENTS),
            route=row.one_of("route", ("", *Route)),
            site_id=row.cells["site_id"],
            detail=row.cells["detail"],
        )
        for row in sheet.rows()
    ]
    problems.stop(do=FIX_LOG)
    return tuple(lines)


def write_log(lines: Iterable[Line]) -> str:
    """Return the text of a log."""
    return sheet(
        LOG, ((spelled(one.at), one.request_id, one.event, one.route, one.site_id, one.detail) for one in lines)
    )


def sheet(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a CSV text with a header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def spelled(at: datetime) -> str:
    """A local moment, with seconds where there are any.

    >>> spelled(datetime(2026, 3, 2, 6, 0)), spelled(datetime(2026, 3, 2, 6, 0, 5))
    ('2026-03-02T06:00', '2026-03-02T06:00:05')
    """
    return at.isoformat(timespec="seconds" if at.second else "minutes")


def read_moment(text: str) -> datetime | None:
    """A local moment with or without seconds, or None.

    >>> read_moment("2026-02-30T05:40") is None, read_moment("2026-03-02T05:40Z") is None, read_moment("05:40") is None
    (True, True, True)
    """
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo is None and "T" in text and text[:16] == at.isoformat(timespec="minutes") else None


def moment(row: Row, column: str) -> datetime:
    """Read a local moment of a line, or note a problem."""
    at = read_moment(row.cells[column])
    if at is None:
        row.wrong(f"{column} {shown(row.cells[column])} is not a local moment like 2026-03-02T05:40.")
        return datetime(1900, 1, 1)  # noqa: DTZ001
    return at


def _day(row: Row) -> date:
    cell = row.cells["day"]
    try:
        day = date.fromisoformat(cell)
    except ValueError:
        day = None
    if day is None or day.isoformat() != cell or not date(1900, 1, 1) <= day < date(3000, 1, 1):
        row.wrong(f"day {shown(cell)} is not a day like 2026-03-02.")
        return date(1900, 1, 1)
    return day


def _requests(rows: Sheet) -> dict[str, WeekRequest]:
    requests: dict[str, WeekRequest] = {}
    for row in rows.rows():
        request = _request(row, requests)
        requests[request.request_id] = request
    return requests


def _request(row: Row, seen: Mapping[str, WeekRequest]) -> WeekRequest:
    found = len(row.problems.found)
    request = WeekRequest(
        request_id=row.new("request_id", seen),
        asked_at=moment(row, "asked_at"),
        decide_by=moment(row, "decide_by"),
        day=_day(row),
        starts=row.clock("starts"),
        ends=row.clock("ends"),
        pay_class=row.one_of("pay_class", ("hourly", "salaried")),
        priority=int(row.one_of("priority", ("0", "1", "2"))),
        home=_point(row, "home_"),
        work=_point(row, "work_"),
        months=_children(row),
        routes=_routes(row),
    )
    if request.request_id == ANY_REQUEST:
        row.wrong("request_id '*' stands for any request in answers.csv, so no request may have it.")
    if len(row.problems.found) == found:
        if request.decide_by <= request.asked_at:
            row.wrong("decide_by is not after asked_at.")
        if request.ends_at <= request.asked_at:
            row.wrong("the care has ended before asked_at.")
    return request


def _children(row: Row) -> tuple[int, ...]:
    cells = [cell.strip() for cell in row.cells["children"].split(";")]
    if not 1 <= len(cells) <= MOST_CHILDREN:
        row.wrong(f"children names {len(cells)} ages; 1 to {MOST_CHILDREN} can be asked for at once.")
    if not all(cell.isascii() and cell.isdigit() and len(cell) < 4 and int(cell) < EVERY_AGE for cell in cells):
        row.wrong(f"children {shown(row.cells['children'])} is not ages in months below {EVERY_AGE} joined by ';'.")
        return ()
    return tuple(int(cell) for cell in cells)


def _routes(row: Row) -> tuple[Route, ...]:
    cells = [cell.strip() for cell in row.cells["routes"].split(";")]
    known = {route.value for route in Route}
    if not set(cells) <= known or len(set(cells)) < len(cells):
        row.wrong(f"routes {shown(row.cells['routes'])} is not some of {', '.join(Route)}, each once, joined by ';'.")
        return ()
    return tuple(Route(cell) for cell in cells)


def _supply(row: Row, seen: Mapping[str, Supply]) -> Supply:
    spots = [row.whole(f"spots_{band}", MOST_SPOTS) for band in BANDS]
    return Supply(
        site_id=row.new("site_id", seen),
        kind=Kind(row.one_of("kind", tuple(Kind))),
        place=_point(row, ""),
        opens=row.clock("opens"),
        closes=row.clock("closes"),
        spots=(spots[0], spots[1], spots[2], spots[3]),
        instant=row.flag("instant"),
    )


def _answer(
    row: Row,
    answers: dict[tuple[str, str], Answer],
    requests: Mapping[str, WeekRequest],
    supply: Mapping[str, Supply],
) -> None:
    site_id, request_id = row.text("site_id"), row.text("request_id")
    if site_id and site_id not in supply:
        row.wrong(f"site_id {shown(site_id)} is not in supply.csv.")
    if request_id and request_id != ANY_REQUEST and request_id not in requests:
        row.wrong(f"request_id {shown(request_id)} is not in requests.csv.")
    if (site_id, request_id) in answers:
        row.wrong(f"site {shown(site_id)} answers request {shown(request_id)} twice.")
    answer = row.one_of("answer", (ACCEPT, DECLINE, SILENT))
    # Silence takes no time, so its minutes may be left out.
    silent = answer == SILENT and not row.cells["minutes"]
    minutes = 0.0 if silent else row.number("minutes", 0, MOST_MINUTES)
    answers[site_id, request_id] = Answer(minutes, answer)


def _cancellation(row: Row, supply: Mapping[str, Supply]) -> Cancellation:
    site_id = row.text("site_id")
    if site_id and site_id not in supply:
        row.wrong(f"site_id {shown(site_id)} is not in supply.csv.")
    return Cancellation(site_id, moment(row, "at"), _day(row))


def _point(row: Row, prefix: str) -> Point:
    return Point(row.number(f"{prefix}latitude", -90, 90), row.number(f"{prefix}longitude", -180, 180))


def _request_cells(request: WeekRequest) -> Sequence[object]:
    return (
        *(request.request_id, spelled(request.asked_at), spelled(request.decide_by), request.day.isoformat()),
        *(f"{clock_of(request.starts):%H:%M}", f"{clock_of(request.ends):%H:%M}", request.pay_class, request.priority),
        *(request.home.latitude, request.home.longitude, request.work.latitude, request.work.longitude),
        *(";".join(map(str, request.months)), ";".join(request.routes)),
    )


def _supply_cells(site: Supply) -> Sequence[object]:
    return (
        *(site.site_id, site.kind.value, site.place.latitude, site.place.longitude),
        *(f"{clock_of(site.opens):%H:%M}", f"{clock_of(site.closes):%H:%M}", *site.spots, int(site.instant)),
    )


def minutes_between(since: datetime, until: datetime) -> float:
    """Minutes from one moment to another.

    >>> minutes_between(datetime(2026, 3, 2, 6, 0), datetime(2026, 3, 2, 6, 1, 30))
    1.5
    """
    return (until - since) / timedelta(minutes=1)
