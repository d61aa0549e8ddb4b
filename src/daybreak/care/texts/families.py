"""A parent texts: what is done, what is said, and what is asked back? No table, no clock.

Care is asked for in at most five short texts, or in one that says everything. Each part that is missing is asked for
once: who, which day, which hours, by when. The last question names all that was understood, so nothing is asked for on
a misreading. What gives a place up is asked once more, as for a provider. No child is ever named: an age stands for it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from daybreak.care.deciding import decide_by_choices
from daybreak.care.states import BookingState, RequestState
from daybreak.care.texts import wishes
from daybreak.care.texts.answers import answered, listed
from daybreak.care.texts.terms import (
    Act,
    Deed,
    Draft,
    FamilyStanding,
    Heard,
    Part,
    Question,
    Say,
    Turn,
    Wish,
    Word,
)
from daybreak.care.texts.wishes import Named
from daybreak.kernel.decisions import Fact, Reason
from daybreak.kernel.spans import Span, local_span
from daybreak.notices.facts import as_fact

LATEST_MINUTES = 180
"""Who comes later than that cancels, or asks anew."""
SHOWN = 3
"""Requests that one text lists."""
OPTIONS = 3
"""Moments to choose from: a text holds no more, and a keypad needs no more."""


def say(code: str, standing: FamilyStanding, **facts: Fact) -> Say:
    """An answer with what every answer carries."""
    return Say(code, {"day": standing.today.isoformat(), "link": standing.link, **facts})


def step(heard: Heard, asked: Question | None, standing: FamilyStanding) -> Turn:
    """Decide what comes of one text."""
    if standing.texts_stopped:
        # Whoever said STOP has said no to all that would follow.
        return Turn(say=say("text-start-first", standing))
    if asked is not None and asked.act is Act.SAY_LATE and heard.number and heard.word in (None, Word.LATE):
        return _late_by(asked, heard.number, standing)
    if asked is not None and asked.part is None and (chosen := answered(heard, asked)):
        return Turn(deed=chosen, is_told=chosen.act is Act.GIVE_UP)
    if asked is not None and asked.part is not None and heard.word in (None, Word.YES, Word.NO):
        return _part_answered(heard, asked, standing)
    rule = _BY_WORD.get(heard.word) if heard.word else None
    if rule is not None:
        return rule(heard, asked, standing)
    named = _named(heard, standing)
    if heard.word is None and not named.is_empty:
        return _ask_on(_with(Draft(), named), standing)
    return Turn(say=say("text-family-unclear", standing), asks=asked)


def _care(heard: Heard, asked: Question | None, standing: FamilyStanding) -> Turn:  # noqa: ARG001 — it begins anew
    return _ask_on(_with(Draft(), _named(heard, standing)), standing)


def _status(heard: Heard, asked: Question | None, standing: FamilyStanding) -> Turn:  # noqa: ARG001
    if not standing.wishes:
        return Turn(say=say("text-no-care", standing), asks=asked)
    return Turn(say=say("text-care-status", standing, lines=wish_lines(standing.wishes)), asks=asked)


def _no(heard: Heard, asked: Question | None, standing: FamilyStanding) -> Turn:  # noqa: ARG001
    if asked is not None:
        return Turn(say=say("text-left-as-it-is", standing))
    if not standing.wishes:
        return Turn(say=say("text-no-care", standing))
    few = standing.wishes[:SHOWN]
    code = "text-sure-to-give-up" if len(few) == 1 else "text-which-to-give-up"
    asks = Question(Act.GIVE_UP, tuple(wish.request_id for wish in few))
    return Turn(say=say(code, standing, lines=wish_lines(few)), asks=asks)


def _late(heard: Heard, asked: Question | None, standing: FamilyStanding) -> Turn:  # noqa: ARG001
    near = [wish for wish in standing.wishes if wish.booking_id and _is_near(wish, standing)]
    if not near:
        return Turn(say=say("text-nobody-waits", standing))
    asks = Question(Act.SAY_LATE, (near[0].booking_id,) if near[0].booking_id else ())
    if heard.number:
        return _late_by(asks, heard.number, standing)
    return Turn(say=say("text-how-late", standing, site=near[0].site), asks=asks)


def _is_near(wish: Wish, standing: FamilyStanding) -> bool:
    """Whether the children are expected or to be fetched within half a day."""
    if wish.booking not in (BookingState.CONFIRMED, BookingState.ATTENDED):
        return False
    comes, leaves = datetime.fromisoformat(wish.comes), datetime.fromisoformat(wish.leaves)
    return comes - timedelta(hours=12) <= standing.now < leaves + timedelta(hours=1)


def _late_by(asks: Question, minutes: int, standing: FamilyStanding) -> Turn:
    if minutes > LATEST_MINUTES:
        return Turn(say=say("text-too-late", standing), asks=asks)
    return Turn(deed=Deed(Act.SAY_LATE, asks.choices[0], minutes))


_BY_WORD: dict[Word, Callable[[Heard, Question | None, FamilyStanding], Turn]] = {
    Word.CARE: _care,
    Word.STATUS: _status,
    Word.NO: _no,
    Word.LATE: _late,
}


def _named(heard: Heard, standing: FamilyStanding) -> Named:
    usual = (standing.usual_starts, standing.usual_ends)
    return wishes.named(heard.said, standing.children, now=standing.now, usual=usual)


def _with(draft: Draft, named: Named) -> Draft:
    """The draft with what a text names; what was said before stays where the text is silent."""
    return replace(
        draft,
        children=named.children or draft.children,
        ill=named.ill or draft.ill,
        day=named.day or draft.day,
        starts=named.starts or draft.starts,
        ends=named.ends or draft.ends,
        by=named.by or draft.by,
    )


def _part_answered(heard: Heard, asked: Question, standing: FamilyStanding) -> Turn:
    """Take the answer to a question about one part, or help along where it answers none."""
    if heard.word is Word.NO:
        return Turn(say=say("text-dropped", standing))
    if asked.part is Part.SURE and heard.word is Word.YES:
        return Turn(deed=Deed(Act.ASK, draft=asked.draft), is_told=True)
    draft = asked.draft if asked.part is None else _ANSWERS[asked.part](heard, asked, standing)
    if draft == asked.draft:
        return _question(asked.part or Part.WHO, draft, standing, again=True)
    if asked.part is Part.BY and _option(heard, asked) is not None:
        # The question named everything else, so choosing a moment of its list is the yes to it.
        return Turn(deed=Deed(Act.ASK, draft=draft), is_told=True)
    return _ask_on(draft, standing)


def _who(heard: Heard, asked: Question, standing: FamilyStanding) -> Draft:
    named = _named(heard, standing)
    numbers = wishes.numbers_named(heard.said)
    everybody = len(asked.choices) + 1
    if not named.children and numbers and all(1 <= number <= everybody for number in numbers):
        chosen = asked.choices if everybody in numbers else tuple(asked.choices[number - 1] for number in numbers)
        return replace(asked.draft, children=tuple(dict.fromkeys(chosen)), ill=named.ill or asked.draft.ill)
    return replace(asked.draft, children=named.children, ill=named.ill or asked.draft.ill)


def _day(heard: Heard, asked: Question, standing: FamilyStanding) -> Draft:
    chosen = _option(heard, asked)
    if chosen is not None:
        return replace(asked.draft, day=chosen.date())
    named = _named(heard, standing)
    return _with(asked.draft, named) if named.day else asked.draft


def _hours(heard: Heard, asked: Question, standing: FamilyStanding) -> Draft:
    named = _named(heard, standing)
    if named.starts and named.ends:
        return replace(asked.draft, starts=named.starts, ends=named.ends)
    if heard.word is Word.YES or (heard.number == 1 and not heard.rest):
        return replace(asked.draft, starts=standing.usual_starts, ends=standing.usual_ends)
    return asked.draft


def _by(heard: Heard, asked: Question, standing: FamilyStanding) -> Draft:
    chosen = _option(heard, asked)
    if chosen is not None:
        return replace(asked.draft, decide_by_at=chosen)
    if heard.said.strip().isdecimal() and len(heard.said.strip()) < 3:
        # A slip of the finger, not nine o'clock.
        return asked.draft
    near = datetime.fromisoformat(asked.options[0]).astimezone(ZoneInfo(standing.zone)).time()
    clock = wishes.clock_named(heard.said, near)
    return replace(asked.draft, decide_by_at=_next_at(clock, standing)) if clock else asked.draft


def _option(heard: Heard, asked: Question) -> datetime | None:
    """The day or moment of the list that a bare number chooses; "3/14" and "6:15" are more than one number."""
    is_bare = heard.number is not None and not heard.rest and len(wishes.numbers_named(heard.said)) < 2
    if not is_bare or heard.number is None or not 1 <= heard.number <= len(asked.options):
        return None
    return datetime.fromisoformat(asked.options[heard.number - 1])


def _sure(heard: Heard, asked: Question, standing: FamilyStanding) -> Draft:
    """Anything but yes or no may still change what is asked for."""
    return _with(asked.draft, replace(_named(heard, standing), ill=False))


_ANSWERS: dict[Part, Callable[[Heard, Question, FamilyStanding], Draft]] = {
    Part.WHO: _who,
    Part.DAY: _day,
    Part.HOURS: _hours,
    Part.BY: _by,
    Part.SURE: _sure,
}


def _next_at(clock: time, standing: FamilyStanding) -> datetime:
    """The next moment at which the family's clock shows a time."""
    zone = ZoneInfo(standing.zone)
    today = datetime.combine(standing.today, clock, tzinfo=zone)
    at = today if today > standing.at else datetime.combine(standing.today + timedelta(days=1), clock, tzinfo=zone)
    return at.astimezone(standing.at.tzinfo)


def _ask_on(draft: Draft, standing: FamilyStanding) -> Turn:
    """Ask for the first part that is missing; with nothing missing, for a yes to all of it."""
    if not standing.children:
        return Turn(say=say("text-no-children", standing))
    if not draft.children and len(standing.children) == 1:
        draft = replace(draft, children=(standing.children[0].child_id,))
    for part, is_missing in (
        (Part.WHO, not draft.children),
        (Part.DAY, draft.day is None),
        (Part.HOURS, draft.starts is None or draft.ends is None),
    ):
        if is_missing:
            return _question(part, draft, standing)
    span = _span(draft, standing)
    if isinstance(span, Reason):
        return _refused(span, draft, standing)
    if draft.by is not None and draft.decide_by_at is None:
        draft = replace(draft, decide_by_at=_next_at(draft.by, standing))
    return _question(Part.BY if draft.decide_by_at is None else Part.SURE, draft, standing)


def _span(draft: Draft, standing: FamilyStanding) -> Span | Reason:
    """The hours of work as moments; the reason why not where they have passed or the clocks skip them."""
    assert draft.day is not None
    assert draft.starts is not None
    assert draft.ends is not None
    try:
        span = local_span(draft.day, draft.starts, draft.ends, ZoneInfo(standing.zone))
    except ValueError:
        return Reason("no-such-hours")
    return span if span.end_at > standing.at else Reason("day-in-the-past", {"day": draft.day.isoformat()})


CHANGES = {
    "day-in-the-past": Part.DAY,
    "too-far-ahead": Part.DAY,
    "no-such-hours": Part.HOURS,
    "too-long": Part.HOURS,
    "decide-by-has-passed": Part.BY,
    "decide-by-after-care": Part.BY,
}
"""Which part of a wish another answer would mend, by the reason why it cannot be asked for."""


def refused(reason: Reason, draft: Draft, standing: FamilyStanding) -> Turn:
    """Say why a wish cannot be asked for, and ask again for the part that another answer would mend."""
    return _refused(reason, draft, standing)


def _refused(reason: Reason, draft: Draft, standing: FamilyStanding) -> Turn:
    part = CHANGES.get(reason.code)
    told = say("text-refused", standing, why=as_fact(reason))
    if part is None:
        return Turn(say=told)
    return Turn(say=told, asks=_question(part, _without(part, draft), standing).asks)


def _without(part: Part, draft: Draft) -> Draft:
    if part is Part.DAY:
        return replace(draft, day=None, decide_by_at=None)
    if part is Part.HOURS:
        return replace(draft, starts=None, ends=None, decide_by_at=None)
    return replace(draft, by=None, decide_by_at=None)


def _question(part: Part, draft: Draft, standing: FamilyStanding, *, again: bool = False) -> Turn:
    """Ask for one part; `again` says what an answer may look like."""
    asks, facts = _ASKS[part](draft, standing)
    code = {
        Part.WHO: "text-again-who" if again else "text-ask-who",
        Part.DAY: "text-again-day" if again else "text-ask-day",
        Part.HOURS: "text-again-hours" if again else "text-ask-hours",
        Part.BY: "text-again-by" if again else "text-ask-by",
        Part.SURE: "text-ask-sure",
    }[part]
    return Turn(say=say(code, standing, **facts), asks=replace(asks, part=part, draft=draft))


Asked = tuple[Question, dict[str, Fact]]


def _ask_who(draft: Draft, standing: FamilyStanding) -> Asked:  # noqa: ARG001
    lines = [("child", {"age": child.months}) for child in standing.children]
    choices = tuple(child.child_id for child in standing.children)
    return Question(Act.ASK, choices), {"lines": listed([*lines, ("everybody", {})])}


def _ask_day(draft: Draft, standing: FamilyStanding) -> Asked:  # noqa: ARG001
    """Today and tomorrow; once today's usual shift is over, tomorrow and the day after."""
    is_over = standing.usual_starts < standing.usual_ends <= standing.now.time()
    days = [(standing.today + timedelta(days=ahead)).isoformat() for ahead in ((1, 2) if is_over else (0, 1))]
    return Question(Act.ASK, options=tuple(days)), {"lines": listed(("day", {"day": day}) for day in days)}


def _ask_hours(draft: Draft, standing: FamilyStanding) -> Asked:
    facts = {"starts": f"{standing.usual_starts:%H:%M}", "ends": f"{standing.usual_ends:%H:%M}"}
    return Question(Act.ASK), {**facts, "day": draft.day.isoformat() if draft.day else ""}


def _ask_by(draft: Draft, standing: FamilyStanding) -> Asked:
    zone, span = ZoneInfo(standing.zone), _span(draft, standing)
    assert isinstance(span, Span)
    leaves_at = span.start_at - timedelta(minutes=standing.commute_minutes)
    moments = decide_by_choices(standing.at, leaves_at, span.end_at)[:OPTIONS]
    lines = listed(("moment", {"decide_by": _local(moment, zone)}) for moment in moments)
    return Question(Act.ASK, options=tuple(moment.isoformat() for moment in moments)), {
        **_summary(draft),
        "lines": lines,
    }


def _ask_sure(draft: Draft, standing: FamilyStanding) -> Asked:
    assert draft.decide_by_at is not None
    return Question(Act.ASK), {**_summary(draft), "decide_by": _local(draft.decide_by_at, ZoneInfo(standing.zone))}


_ASKS: dict[Part, Callable[[Draft, FamilyStanding], Asked]] = {
    Part.WHO: _ask_who,
    Part.DAY: _ask_day,
    Part.HOURS: _ask_hours,
    Part.BY: _ask_by,
    Part.SURE: _ask_sure,
}


def _summary(draft: Draft) -> dict[str, Fact]:
    """All that was understood but the decide-by."""
    assert draft.day is not None
    return {
        "children": len(draft.children),
        "ill": len(draft.children) if draft.ill else 0,
        "day": draft.day.isoformat(),
        "starts": f"{draft.starts:%H:%M}",
        "ends": f"{draft.ends:%H:%M}",
    }


def _local(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M")


def wish_lines(shown: Sequence[Wish]) -> str:
    """Numbered requests as a notice's fact holds them."""
    return listed(_wish_lines(shown[:SHOWN]))


def _wish_lines(shown: Iterable[Wish]) -> Iterable[tuple[str, dict[str, Fact]]]:
    for wish in shown:
        day = wish.day.isoformat()
        if wish.state is RequestState.ASKED or wish.booking is None:
            yield "wish-looking", {"day": day, "decide_by": wish.decide_by}
        elif wish.booking is BookingState.HELD:
            yield "wish-asked", {"day": day, "site": wish.site, "until": wish.until}
        else:
            yield "wish-sure", {"day": day, "site": wish.site, "comes": wish.comes, "leaves": wish.leaves}


def done(deed: Deed, now: FamilyStanding, before: FamilyStanding) -> Say:
    """What is said of a deed that is done."""
    if deed.act is Act.SAY_LATE:
        wish = next((one for one in before.wishes if one.booking_id == deed.about), None)
        return say("text-said-late", now, site=wish.site if wish else "", minutes=deed.number)
    if deed.act is Act.GIVE_UP:
        given_up = next((one for one in before.wishes if one.request_id == deed.about), None)
        return say("text-given-up", now, day=(given_up.day if given_up else now.today).isoformat())
    known = {wish.request_id for wish in before.wishes}
    new = [wish for wish in now.wishes if wish.request_id not in known]
    if new:
        return say("text-care-status", now, lines=wish_lines(new))
    return say("text-asked-before", now, lines=wish_lines(now.wishes))
