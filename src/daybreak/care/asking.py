"""May this be asked? Care must lie ahead, be for the household's own children, and leave time to answer."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from daybreak.care.terms import Ask
from daybreak.kernel.decisions import Decision, No, Reason, Yes
from daybreak.kernel.spans import DAY, Span, local_span, minute_of
from daybreak.people.terms import HouseholdProfile
from daybreak.placement.sessions import Session, touched

FARTHEST = timedelta(days=90)
"""Homes do not know their spots earlier than that."""
LONGEST = timedelta(hours=16)
"""Longer than any lawful shift with its way; a longer span is a slip of the finger."""


def decide(ask: Ask, household: HouseholdProfile, *, at: datetime) -> Span | No:
    """Return the work to be covered when Daybreak may start to look, or every reason why not."""
    try:
        span = local_span(ask.day, ask.starts, ask.ends, ZoneInfo(household.zone))
    except ValueError:
        # Wholly inside the hour that is left out when the clocks go forward.
        return No((*_about_children(ask, household), Reason("no-such-hours")))
    reasons = (*_about_children(ask, household), *_about_time(ask, span, at))
    return No(reasons) if reasons else span


def _about_children(ask: Ask, household: HouseholdProfile) -> Iterable[Reason]:
    if not ask.child_ids:
        yield Reason("no-child")
    if len(ask.child_ids) > 4:
        yield Reason("too-many-children", {"children": len(ask.child_ids), "most": 4})
    if len(set(ask.child_ids)) < len(ask.child_ids) or any(household.child(child) is None for child in ask.child_ids):
        # The same answer for a child that does not exist and for one of another family.
        yield Reason("not-allowed")
    if not set(ask.mildly_ill) <= set(ask.child_ids):
        yield Reason("not-allowed")


def _about_time(ask: Ask, span: Span, at: datetime) -> Iterable[Reason]:
    if span.end_at <= at:
        yield Reason("day-in-the-past", {"day": ask.day.isoformat()})
        return
    if span.start_at - at > FARTHEST:
        yield Reason("too-far-ahead", {"day": ask.day.isoformat(), "days": FARTHEST.days})
    if span.end_at - span.start_at > LONGEST:
        yield Reason("too-long", {"hours": LONGEST // timedelta(hours=1)})
    if ask.decide_by_at <= at:
        yield Reason("decide-by-has-passed")
    elif ask.decide_by_at >= span.end_at:
        yield Reason("decide-by-after-care")


def in_sessions_of_its_own(
    span: Span, children: set[UUID], open_spans: Iterable[tuple[UUID, Span, set[UUID]]], zone: str
) -> Decision:
    """Whether a second request for a child may be: not where its hours touch a session that another one asks for.

    A child takes one spot in a session, wherever it is. A shift in two parts is two requests where a session lies
    between them, else one request from the first start to the last end. Not modeled: sessions only the way touches.
    """
    wanted = _sessions(span, zone)
    for _, other, theirs in open_spans:
        if theirs & children and wanted & _sessions(other, zone):
            first, last = min(span.start_at, other.start_at), max(span.end_at, other.end_at)
            clocks = (first.astimezone(ZoneInfo(zone)), last.astimezone(ZoneInfo(zone)))
            return No((Reason("session-asked-for", {"starts": f"{clocks[0]:%H:%M}", "ends": f"{clocks[1]:%H:%M}"}),))
    return Yes()


def _sessions(span: Span, zone: str) -> set[tuple[date, Session]]:
    starts, ends = (moment.astimezone(ZoneInfo(zone)) for moment in (span.start_at, span.end_at))
    since = minute_of(starts.time())
    until = (ends.date() - starts.date()).days * DAY + minute_of(ends.time())
    return {(starts.date() + timedelta(days=offset), session) for offset, session in touched(since, until)}


def overlapping(span: Span, children: set[UUID], open_spans: Iterable[tuple[UUID, Span, set[UUID]]]) -> UUID | None:
    """The first open request that already asks for one of these children at one of these hours, or None."""
    return next((request for request, other, theirs in open_spans if other.overlaps(span) and theirs & children), None)
