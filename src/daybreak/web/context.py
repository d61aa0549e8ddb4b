"""What every template knows: is this the demo, is somebody signed in, and how far is the day."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest

from daybreak.web.clock import at_of

ZONE = ZoneInfo("America/New_York")
"""Where the light of the band is taken from when a page knows no place."""


@dataclass(frozen=True)
class Page:
    is_demo: bool
    is_signed_in: bool
    hour: str
    """A class of the style sheet, such as hour-5."""
    here: str
    """Where to come back to after changing the language."""


def page(request: HttpRequest) -> dict[str, Page]:
    """The context processor named in the settings."""
    user = getattr(request, "user", None)
    hour = at_of(request).astimezone(ZONE).hour
    here = request.get_full_path() if request.method == "GET" else request.path
    return {"page": Page(settings.DEMO, bool(user and user.is_authenticated), f"hour-{hour}", here)}
