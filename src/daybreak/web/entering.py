"""A session begins, is seen again, and ends. What it knows: how somebody came in, which hat, whether in two steps."""

import re
from datetime import datetime
from uuid import UUID

from django.contrib.auth import login, logout, user_logged_in
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from daybreak.accounts.devices.actions import SEEN_EVERY, forget_device, remember_device, seen_again
from daybreak.accounts.queries import user_of
from daybreak.accounts.terms import Way

# accounts.actions.sign_in writes the last sign-in as a compare-and-set at the edge's moment; Django's own listener
# would write it again by the machine's clock.
user_logged_in.disconnect(dispatch_uid="update_last_login")

BACKEND = "sesame.backends.ModelBackend"
HAT = "hat"
SECOND_STEP = "second-step"
SEEN = "seen"
CHALLENGE = "challenge"
"""The challenge that a signed-in person's next passkey answers."""

BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def begin(request: HttpRequest, person_id: UUID, way: Way, *, at: datetime) -> None:
    """Sign somebody in on this device, and remember that they are. A passkey is both steps in one."""
    login(request, user_of(person_id), backend=BACKEND)
    request.session[SEEN] = at.isoformat()
    if way is Way.PASSKEY:
        request.session[SECOND_STEP] = at.isoformat()
    key, name = request.session.session_key or "", device_name(request.headers.get("User-Agent", ""))
    remember_device(person_id=person_id, session_key=key, way=way, name=name, at=at)


def note_seen(request: HttpRequest, at: datetime) -> None:
    """Once an hour, note that this device is in use."""
    since = request.session.get(SEEN)
    if since and at - datetime.fromisoformat(since) >= SEEN_EVERY:
        request.session[SEEN] = at.isoformat()
        seen_again(session_key=request.session.session_key or "", at=at)


def end(request: HttpRequest) -> None:
    """Sign this device out."""
    forget_device(session_key=request.session.session_key or "")
    logout(request)


def device_name(user_agent: str) -> str:
    """What a person recognizes a device by, from what its browser says of itself.

    >>> device_name("Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36")
    'Chrome, Android'
    >>> device_name("curl/8.5.0")
    'curl'
    """
    found = [next((name for sign, name in names if sign in user_agent), "") for names in (BROWSERS, SYSTEMS)]
    other = re.match(r"[A-Za-z]{1,20}", user_agent)
    return ", ".join(filter(None, found)) or (other[0] if other else "")


def is_ours(path: str) -> bool:
    """Say whether somebody may be sent to this path: one of this site, and no other."""
    return path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
