"""`daybreak why`: what happened to a request, or what does a reason code mean?

It names sites, roles and reasons, never a parent or a child: whoever runs it may keep or send what it prints.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib.resources import files
from uuid import UUID
from zoneinfo import ZoneInfo

import click

from daybreak.care.queries import called, moves_of, request_of, request_view, zone_of
from daybreak.care.terms import Moved, RequestView, Tried
from daybreak.cli.clock import now
from daybreak.cli.setup import django_ready
from daybreak.kernel.decisions import Reason
from daybreak.kernel.errors import BadInput
from daybreak.kernel.refs import ALPHABET, spoken
from daybreak.notices.catalogue import HEADINGS, REFUSALS
from daybreak.notices.queries import heading, sentence
from daybreak.rulebook.queries import packaged

SPOKEN = re.compile(f"[RB]-[{ALPHABET}]{{8}}")
RECENT = timedelta(days=90)
"""Spoken names stand in no index, so only requests this young are looked through."""

LAWS = {
    "too-many-young-children": "us/ny/licensing/family_home_capacity",
    "fewer-spots-with-a-young-child": "us/ny/licensing/family_home_capacity",
}
"""The rule in the rulebook behind a reason; every other reason is a rule of the product itself."""


@click.command()
@click.argument("ref")
def why(ref: str) -> None:
    """What happened to a request, or what a reason code means.

    REF is the name of a request or booking of the last 90 days, such as R-7F3KQ2MN, its UUID, or a reason code, such
    as nothing-in-reach. No parent and no child is named.

    Exit 10: nothing goes by that name.
    """
    if ref in REFUSALS:
        lines = meaning(ref, now())
    else:
        django_ready()
        request_id = _found(ref.strip(), now())
        if request_id is None:
            raise BadInput(f"Nothing goes by {ref!r}.", do=_what_to_give())
        lines = story(request_id)
    for line in lines:
        click.echo(line)


def meaning(code: str, at: datetime) -> Iterator[str]:
    """The words of a reason in both languages, and the rule behind it."""
    yield code
    for language in ("en", "es"):
        short = f"{heading(code, language)}: " if code in HEADINGS else ""
        yield f"  {language}: {short}{sentence(Reason(code), language)}"
    if code in LAWS:
        rule = packaged().rule(LAWS[code])
        last = max((value for value in rule.values if value.since <= at.date()), key=lambda value: value.since)
        yield f"  rule: {rule.path} ({last.cite}), since {last.since}"
    if modules := _decided_in(code):
        yield f"  decided in: {', '.join(modules)}"


def story(request_id: UUID) -> Iterator[str]:
    """What happened to a request, what was tried, and what did not fit."""
    view, zone = request_view(request_id), ZoneInfo(zone_of(request_id))
    if view is None:
        return
    yield _headline(view, zone)
    yield "What happened:"
    yield from (f"  {_when(move.at, zone)}  {_moved(move, view)}" for move in moves_of(request_id))
    if view.joined_at:
        yield _joined(view, zone)
    if view.tried:
        yield "What was tried:"
        yield from (f"  {_when(tried.at, zone)}  {_tried(tried)}" for tried in view.tried)
    yield f"{view.considered} places offered spots in reach, {view.without_offer} more offered none that day."
    for line in view.why_not:
        yield f"  {line.sites} did not fit: {heading(line.reason.code, 'en')}. {sentence(line.reason, 'en')}"


def _found(ref: str, at: datetime) -> UUID | None:
    name = ref.upper()
    if SPOKEN.fullmatch(name):
        return called(name, since=at - RECENT)
    try:
        return request_of(UUID(ref))
    except ValueError:
        return None


def _what_to_give() -> str:
    return "Give the name or UUID of a request or booking of the last 90 days, or a reason code, such as hours."


def _headline(view: RequestView, zone: ZoneInfo) -> str:
    count = len(view.child_ids)
    children = "1 child" if count == 1 else f"{count} children"
    return (
        f"{view.name} is {view.state}: {children} on {view.day} from {view.starts:%H:%M} to {view.ends:%H:%M}, "
        f"decide-by {_when(view.decide_by_at, zone)}, clocks of {zone.key}."
    )


def _moved(move: Moved, view: RequestView) -> str:
    name = spoken("B", move.booking_id) if move.booking_id else view.name
    steps = f"{move.before} -> {move.after}" if move.before else move.after
    return f"{name}  {move.verb} by the {move.by}: {steps}"


def _joined(view: RequestView, zone: ZoneInfo) -> str:
    joined = _when(view.joined_at or view.asked_at, zone)
    whether = "It waits for the next round." if view.in_round else "It waits for no round now."
    return (
        f"Many families asked at once: at {joined} it joined those who are placed together, in rounds half a minute "
        f"apart, and not first come, first served. {whether}"
    )


def _tried(tried: Tried) -> str:
    because = f": {sentence(tried.reason, 'en')}" if tried.reason else ""
    return f"{tried.site_name} ({tried.outcome}){because}"


def _when(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")


def _decided_in(code: str) -> list[str]:
    """The modules that give this reason, read from the source so that the list cannot grow stale."""
    given = re.compile(rf'(?:Reason\(\s*|= |if |else )"{code}"')
    return [
        f"daybreak.{folder}.{file.name.removesuffix('.py')}"
        for folder in ("care", "due", "network", "people", "placement", "plan", "web")
        for file in sorted((files("daybreak") / folder).iterdir(), key=lambda file: file.name)
        if file.name.endswith(".py") and given.search(file.read_text(encoding="utf-8"))
    ]
