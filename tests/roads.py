"""A real server on this machine that speaks OSRM's and Valhalla's JSON, for tests of travel times.

Its roads are quicker or slower than the formula by one factor, so that every answer can be worked out by hand.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from daybreak.placement.terms import Point
from daybreak.placement.travel import minutes


class Roads:
    """What the server does: `factor` of the formula's minutes, or another `answer`; `asked` holds each matrix."""

    def __init__(self) -> None:
        self.factor = 1.0
        self.answer: bytes | None = None
        self.status = 200
        self.asked: list[tuple[str, int, int]] = []
        self.closed: set[Point] = set()
        """Points that no road leads to."""
        self.port = 0

    def seconds(self, start: Point, end: Point) -> float | None:
        """The time of one way, or None where there is no road."""
        if self.closed & {start, end}:
            return None
        return minutes(start, end) * 60 * self.factor

    def matrix(self, sources: list[Point], targets: list[Point]) -> list[list[float | None]]:
        return [[self.seconds(source, target) for target in targets] for source in sources]


@contextmanager
def roads_open() -> Iterator[Roads]:
    """Serve on a free port until the end of the block."""
    roads = Roads()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            # /table/v1/driving/{lon,lat;lon,lat}?sources=0&destinations=1
            points = [place(*text.split(",")) for text in parts.path.rpartition("/")[2].split(";")]
            query = {
                name: [int(at) for at in values[0].split(";")]
                for name, values in parse_qs(parts.query).items()
                if name != "annotations"
            }
            sources = [points[at] for at in query["sources"]]
            targets = [points[at] for at in query["destinations"]]
            roads.asked.append(("osrm", len(sources), len(targets)))
            self.say({"code": "Ok", "durations": roads.matrix(sources, targets), "sources": [], "destinations": []})

        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            assert (self.path, said["costing"]) == ("/sources_to_targets", "auto")
            sources, targets = (
                [Point(one["lat"], one["lon"]) for one in said[name]] for name in ("sources", "targets")
            )
            roads.asked.append(("valhalla", len(sources), len(targets)))
            rows = [
                [
                    {"time": seconds, "distance": 1.0, "from_index": row, "to_index": column}
                    for column, seconds in enumerate(cells)
                ]
                for row, cells in enumerate(roads.matrix(sources, targets))
            ]
            self.say({"sources_to_targets": rows, "units": "kilometers"})

        def say(self, body: object) -> None:
            content = roads.answer if roads.answer is not None else json.dumps(body).encode()
            self.send_response(roads.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    roads.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield roads
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def place(longitude: str, latitude: str) -> Point:
    return Point(float(latitude), float(longitude))
