"""What of an address may stand in the log? Its pattern and refs; never a sign-in link, which would let a reader in.

Django's own lines about a request carry its path. Here the path is said as urls.py spells it, with ids filled in.
"""

import logging
import re

from django.http import HttpRequest


class RefsOnly(logging.Filter):
    """Rewrites the path in every line about a request; nothing is left out."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            # Django escapes what it logs, so that a line break in an address cannot forge a line.
            path = request.path.encode("unicode_escape").decode("ascii")
            record.args = tuple(_place(request) if part == path else part for part in record.args)
        return True


def _place(request: HttpRequest) -> str:
    match = request.resolver_match
    if match is None:
        return "an address without a page"
    return "/" + re.sub(r"<uuid:(\w+)>", lambda found: str(match.kwargs[found[1]]), match.route)
