"""How long does the way take, by road? Matrices from OSRM or Valhalla, over HTTP, from a server of one's own.

Both are asked for driving times without traffic. Points travel without a name, but a family's home is among them: the
server is one the operator runs, and no public one is built in.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

import httpx
from django.conf import settings

from daybreak.kernel.errors import BadInput
from daybreak.network.ways.routing import service_in
from daybreak.placement.terms import Point

TIMEOUT = httpx.Timeout(3.0, connect=1.0)
"""Seconds: a family waits while this is asked."""
MOST_POINTS = 100
"""What both servers take in one question unless told otherwise, ends of both sides together."""


class NoAnswer(Exception):
    """The service did not answer, or with something else than times."""


class TravelTimes(Protocol):
    """Minutes from each source (rows) to each target (columns); None where there is no way."""

    def minutes(self, sources: Sequence[Point], targets: Sequence[Point]) -> list[list[float | None]]: ...


class _Service:
    """What both have in common: one connection, questions cut to size, trouble as NoAnswer."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def minutes(self, sources: Sequence[Point], targets: Sequence[Point]) -> list[list[float | None]]:
        """Ask in parts of at most MOST_POINTS points. Raises NoAnswer, and ValueError for many sources and targets."""
        if len(sources) > 1 and len(targets) > 1:
            raise ValueError("One source to many targets, or many sources to one target.")
        step = MOST_POINTS - 1
        if len(sources) == 1:
            parts = [targets[start : start + step] for start in range(0, len(targets), step)]
            return [[minutes for part in parts for minutes in self._part(sources, part)[0]]]
        parts = [sources[start : start + step] for start in range(0, len(sources), step)]
        return [row for part in parts for row in self._part(part, targets)]

    def _part(self, sources: Sequence[Point], targets: Sequence[Point]) -> list[list[float | None]]:
        try:
            answer = self._ask(sources, targets)
            answer.raise_for_status()
            rows = [[_minutes(seconds) for seconds in row] for row in self._seconds(answer.json())]
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NoAnswer(type(error).__name__) from error
        except (ValueError, KeyError, TypeError) as error:
            raise NoAnswer("an answer that is no matrix of times") from error
        if len(rows) != len(sources) or any(len(row) != len(targets) for row in rows):
            raise NoAnswer("a matrix of another size")
        return rows

    def _ask(self, sources: Sequence[Point], targets: Sequence[Point]) -> httpx.Response:
        raise NotImplementedError

    def _seconds(self, said: object) -> list[list[float | None]]:
        raise NotImplementedError


def _minutes(seconds: float | None) -> float | None:
    """Raises ValueError for anything but a time that can be meant."""
    if seconds is None:
        return None
    if not 0 <= float(seconds) < float("inf"):
        raise ValueError("not a time")
    return float(seconds) / 60


class Osrm(_Service):
    """OSRM's table service, profile driving."""

    def _ask(self, sources: Sequence[Point], targets: Sequence[Point]) -> httpx.Response:
        points = ";".join(f"{point.longitude:.6f},{point.latitude:.6f}" for point in (*sources, *targets))
        first = ";".join(str(at) for at in range(len(sources)))
        last = ";".join(str(at) for at in range(len(sources), len(sources) + len(targets)))
        path = f"table/v1/driving/{points}?sources={first}&destinations={last}&annotations=duration"
        return self._client.get(path)

    def _seconds(self, said: object) -> list[list[float | None]]:
        if not isinstance(said, dict) or said["code"] != "Ok":
            raise ValueError("not Ok")
        rows: list[list[float | None]] = said["durations"]
        return rows


class Valhalla(_Service):
    """Valhalla's matrix service, costing auto."""

    def _ask(self, sources: Sequence[Point], targets: Sequence[Point]) -> httpx.Response:
        question = {
            "sources": [{"lat": point.latitude, "lon": point.longitude} for point in sources],
            "targets": [{"lat": point.latitude, "lon": point.longitude} for point in targets],
            "costing": "auto",
            "verbose": True,
        }
        return self._client.post("sources_to_targets", json=question)

    def _seconds(self, said: object) -> list[list[float | None]]:
        if not isinstance(said, dict):
            raise ValueError("not an object")
        return [[cell["time"] for cell in row] for row in said["sources_to_targets"]]


KINDS = {"osrm": Osrm, "valhalla": Valhalla}


@contextmanager
def travel_times() -> Iterator[TravelTimes]:
    """The service that DAYBREAK_TRAVEL names, such as osrm:http://localhost:5000. Raises BadInput for another word."""
    kind = service_in(settings.TRAVEL)
    if not kind:
        problem = "DAYBREAK_TRAVEL names no service of travel times."
        raise BadInput(problem, do="Set it to one like osrm:http://localhost:5000 or valhalla:http://localhost:8002.")
    with httpx.Client(base_url=settings.TRAVEL.removeprefix(f"{kind}:"), timeout=TIMEOUT) as client:
        yield KINDS[kind](client)
