"""What happens next to a request? One pure step: how it stands, what happened, when; then how it stands, what follows.

The worker, the pages, the week in files, the simulation and the property tests all call `step`; there is no second copy
of these rules. It knows no table and no clock: `settle` hands each effect to whoever drives it and steps on with what
came of it.

1. Routes are tried in the family's order. A place that confirms at once is taken as soon as its route has been reached.
2. Sites that must be asked are asked several at once. The best keeps its spots meanwhile; the first to say yes has it,
   and the others are thanked.
3. A route has a turn: its share of the time that is left, and it ends early when nobody of it owes an answer. A site
   asked without keeping spots may still say yes after its turn, while nothing else is found.
4. Two minutes before decide-by everything ends: with whatever confirms at once on any accepted route, else with money
   for the family's own person, else with the statement.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from daybreak.care import looking
from daybreak.care.routes import (
    Accepted,
    AllAtOnce,
    Ask,
    Came,
    Canceled,
    Cascade,
    Charge,
    Clock,
    Confirm,
    Count,
    Declined,
    Effect,
    Event,
    GiveBack,
    GiveTime,
    Gone,
    Hold,
    Lapse,
    Look,
    Looked,
    Missed,
    News,
    Open,
    Option,
    Phase,
    Planned,
    Promise,
    Skipped,
    State,
    Step,
    StopHere,
    Take,
    Tell,
    Thank,
    Took,
    Withdrew,
)
from daybreak.plan.terms import Route

ANY_AT_ONCE = 10
"""How many sites owe a family an answer at the same time when it says "any of these now"."""
SHORTEST_TURN = timedelta(minutes=3)
"""Nobody reads a message and answers it faster, so a turn is not cut shorter while there is time."""


def step(state: Cascade, event: Event, at: datetime) -> Step:
    """Take one event in; what the table does not name changes nothing.

    >>> six = datetime(2026, 3, 2, 6, 0)
    >>> state = Cascade((Route.PLACE,), six, six + timedelta(minutes=30), six + timedelta(hours=9))
    >>> state, effects = step(state, Looked((Option("oaks", Route.PLACE, instant=True),)), six)
    >>> effects
    (Take(site='oaks', route=<Route.PLACE: 'place'>),)
    >>> state, effects = step(state, Took("oaks"), six)
    >>> state.phase.value, effects
    ('confirmed', (Tell(news=<News.CONFIRMED: 'confirmed'>, site='oaks'),))
    """
    move = MOVES.get((state.phase, type(event)))
    return move(state, event, at) if move else (state, ())


def settle(state: Cascade, event: Event, at: datetime, do: Callable[[Effect], Event | None]) -> Cascade:
    """Step, have `do` carry out each effect, and step on with what came of it, until nothing more does."""
    waiting = deque([event])
    while waiting:
        state, effects = step(state, waiting.popleft(), at)
        waiting.extend(came for effect in effects if (came := do(effect)) is not None)
    return state


def due_at(state: Cascade, at: datetime) -> datetime | None:
    """When the clock has something to do for a request: the end of a turn, or the moment everything ends."""
    if state.phase is not Phase.LOOKING:
        return None
    return min([last_call(state), *(one.until for one in state.open if one.keeps or one.until > at)])


def last_call(state: Cascade) -> datetime:
    """When everything ends, so that the family is told by decide-by and not only then."""
    return min(state.decide_by_at - looking.IN_HAND, state.ends_at)


def before_others(state: Cascade, priority: int = 1) -> tuple[bool, int, datetime, datetime]:
    """The place of a request in the waiting line, smallest first: who lost a place, urgency, decide-by, time of asking.

    >>> six = datetime(2026, 3, 2, 6, 0)
    >>> early = Cascade((), six, six + timedelta(minutes=30), six + timedelta(hours=9))
    >>> late = replace(early, asked_at=six + timedelta(minutes=5), urgent=True)
    >>> before_others(late) < before_others(early) < before_others(early, priority=2)
    True
    """
    return not state.urgent, priority, state.decide_by_at, state.asked_at


# Looking.


def _clock(state: Cascade, _event: Clock, at: datetime) -> Step:
    """End the holds whose turn has passed, then look."""
    late = tuple(one for one in state.open if one.keeps and one.until <= at)
    said = tuple(effect for one in late for effect in (Lapse(one.site), Tell(News.TRYING_ON, one.site)))
    return _without(state, late, closed=True), (*said, Look())


def _looked(state: Cascade, event: Looked, at: datetime) -> Step:
    return _go_on(replace(state, options=event.options), at)


def _planned(state: Cascade, event: Planned, at: datetime) -> Step:
    """What a round gives is taken or asked by the same rules, as if a look had found nothing else."""
    option = event.option
    if option.route not in state.routes or not _is_new(state, option) or _is_over(state, at):
        return state, ()
    if option.instant:
        return replace(state, taking=option.site), (Take(option.site, option.route),)
    return _ask(state, [option], at)


def _go_on(state: Cascade, at: datetime) -> Step:
    """Try what comes next, or wait for an answer, or end."""
    reached = state.routes if _is_over(state, at) or state.at_once else state.routes[: state.reached + 1]
    instant = None if state.stopped else next(iter(_new(state, reached, instant=True)), None)
    if instant:
        return replace(state, taking=instant.site), (Take(instant.site, instant.route),)
    if _is_over(state, at):
        return _end(state)
    owing = [one for one in state.open if one.until > at]
    wanted = max(state.asks, ANY_AT_ONCE if state.at_once and state.asks > 1 else 0) - len(owing)
    to_ask = [] if state.stopped else _new(state, reached, instant=False)[: max(wanted, 0)]
    if to_ask:
        return _ask(state, to_ask, at)
    if owing:
        return state, ()
    if state.stopped or state.route is Route.OWN:
        return _end(state)
    if state.routes[state.reached + 1 :] in ((), (Route.OWN,)):
        # The family's own person asks nobody, so as the last route it waits: a spot may open at any minute.
        return state, ()
    return _go_on(replace(state, reached=state.reached + 1), at)


def _ask(state: Cascade, options: Iterable[Option], at: datetime) -> Step:
    until = _turn_ends(state, at)
    asked, effects = list(state.open), list[Effect]()
    for option in options:
        keeps = not any(one.keeps for one in asked)
        asked.append(Open(option.site, option.route, until, keeps))
        effects.append((Hold if keeps else Ask)(option.site, option.route, until))
    return replace(state, open=tuple(asked)), tuple(effects)


def _turn_ends(state: Cascade, at: datetime) -> datetime:
    """When the turn of a route ends: its share of the time left, for no route longer than a home may take."""
    left = last_call(state) - at
    turns = sum(route not in (Route.PLACE, Route.OWN) for route in state.routes[state.reached :])
    share = left if state.at_once else left / max(turns, 1)
    return at + min(max(min(share, looking.ANSWER_WITHIN), SHORTEST_TURN), left)


def _took(state: Cascade, event: Took, _at: datetime) -> Step:
    if event.site == state.taking:
        return _confirmed(state, event.site)
    held = event.site in [one.site for one in state.open]
    return state, (Tell(News.ASKED, event.site),) if held else ()


def _gone(state: Cascade, event: Gone, at: datetime) -> Step:
    """Somebody else was first: try the next, with what the last look found."""
    said_yes = tuple(one for one in state.open if one.site == event.site)
    state = _without(state, said_yes, closed=event.site == state.taking and bool(said_yes))
    options = tuple(option for option in state.options if option.site != event.site)
    return _go_on(replace(state, taking="", options=options), at)


def _accepted(state: Cascade, event: Accepted, at: datetime) -> Step:
    """The first to say yes has it; a yes nobody waits for any more is thanked for, and so is one after a hold's end."""
    asked = next((one for one in state.open if one.site == event.site), None)
    if asked is None:
        return state, (Thank(event.site),)
    if at >= state.ends_at or (asked.keeps and asked.until <= at):
        return _without(state, (asked,), closed=True), (Thank(event.site), Look())
    if asked.keeps:
        state, effects = _confirmed(state, event.site)
        return state, (Confirm(event.site), *effects)
    return replace(state, taking=event.site), (Take(event.site, asked.route),)


def _declined(state: Cascade, event: Declined, _at: datetime) -> Step:
    said_no = tuple(one for one in state.open if one.site == event.site)
    if not said_no:
        return state, ()
    told = (Tell(News.TRYING_ON, event.site),) if said_no[0].keeps else ()
    return _without(state, said_no, closed=True), (*told, Look())


def _skipped(state: Cascade, _event: Skipped, _at: datetime) -> Step:
    """Whoever is being asked is let go, this route is not tried any more, and the next one has its turn.

    Before the last route that is left only "stop here" ends anything: nobody skips into a statement by accident.
    """
    if state.reached + 1 >= len(state.routes):
        return state, ()
    thanked = tuple(Thank(one.site) for one in state.open)
    routes = (*state.routes[: state.reached], *state.routes[state.reached + 1 :])
    state = replace(_without(state, state.open, closed=True), routes=routes)
    return state, (*thanked, Look())


def _all_at_once(state: Cascade, _event: AllAtOnce, _at: datetime) -> Step:
    return replace(state, at_once=True, stopped=False), (Look(),)


def _stop_here(state: Cascade, _event: StopHere, _at: datetime) -> Step:
    """Routes that were not reached are not tried, the family's own person included."""
    routes = state.routes[: state.reached + 1]
    return replace(state, stopped=True, routes=routes), (Look(),)


def _end(state: Cascade) -> Step:
    """Nothing was found: money for the family's own person where the family accepts that, else the statement."""
    thanked = tuple(Thank(one.site) for one in state.open)
    state = replace(state, open=(), options=())
    if Route.OWN in state.routes:
        return replace(state, phase=Phase.PROMISED), (*thanked, Promise(), Tell(News.PROMISED))
    return replace(state, phase=Phase.STATED), (*thanked, State(), Tell(News.STATEMENT))


def _confirmed(state: Cascade, site: str) -> Step:
    thanked = tuple(Thank(one.site) for one in state.open if one.site != site)
    state = replace(state, phase=Phase.CONFIRMED, place=site, taking="", open=(), options=(), urgent=False)
    return state, (*thanked, Tell(News.CONFIRMED, site))


# Once there is an answer.


def _withdrew(state: Cascade, event: Withdrew, at: datetime) -> Step:
    """The place is lost: start again at once and before others. The day and the copay come back."""
    if event.site != state.place:
        return state, ()
    until = looking.decide_by_again(at, state.decide_by_at)
    time = (GiveTime(until),) if until != state.decide_by_at else ()
    state = replace(
        state,
        phase=Phase.LOOKING,
        place="",
        reached=0,
        urgent=True,
        stopped=False,
        closed=state.closed | {event.site},
        decide_by_at=until,
    )
    return state, (Count(event.site), GiveBack(event.site), *time, Tell(News.LOST, event.site), Look())


def _canceled(state: Cascade, _event: Canceled, _at: datetime) -> Step:
    """Whoever was asked or expects the children is let go, and nothing is charged."""
    freed = tuple(Thank(site) for site in (*(one.site for one in state.open), state.place) if site)
    back = (GiveBack(state.place),) if state.place else ()
    state = replace(state, phase=Phase.CANCELED, open=(), options=(), place="")
    return state, (*freed, *back, Tell(News.CANCELED))


def _came(state: Cascade, _event: Came, _at: datetime) -> Step:
    return replace(state, phase=Phase.CLOSED), (Charge(state.place),)


def _missed(state: Cascade, _event: Missed, _at: datetime) -> Step:
    return replace(state, phase=Phase.CLOSED), ()


def _too_late(state: Cascade, event: Accepted, _at: datetime) -> Step:
    return state, () if event.site == state.place else (Thank(event.site),)


# What they share.


def _is_over(state: Cascade, at: datetime) -> bool:
    return at >= last_call(state)


def _is_new(state: Cascade, option: Option) -> bool:
    return option.site not in state.closed and option.site not in [one.site for one in state.open]


def _new(state: Cascade, reached: tuple[Route, ...], *, instant: bool) -> list[Option]:
    """What may be tried now: by the family's order of routes, then as the look ranked it."""
    found = [
        option
        for option in state.options
        if option.instant is instant and option.route in reached and _is_new(state, option)
    ]
    return sorted(found, key=lambda option: reached.index(option.route))


def _without(state: Cascade, sites: tuple[Open, ...], *, closed: bool) -> Cascade:
    names = {one.site for one in sites}
    return replace(
        state,
        open=tuple(one for one in state.open if one.site not in names),
        closed=state.closed | names if closed else state.closed,
    )


Move = Callable[[Cascade, Any, datetime], Step]

MOVES: Mapping[tuple[Phase, type[Event]], Move] = {
    (Phase.LOOKING, Clock): _clock,
    (Phase.LOOKING, Looked): _looked,
    (Phase.LOOKING, Planned): _planned,
    (Phase.LOOKING, Took): _took,
    (Phase.LOOKING, Gone): _gone,
    (Phase.LOOKING, Accepted): _accepted,
    (Phase.LOOKING, Declined): _declined,
    (Phase.LOOKING, Skipped): _skipped,
    (Phase.LOOKING, AllAtOnce): _all_at_once,
    (Phase.LOOKING, StopHere): _stop_here,
    (Phase.LOOKING, Canceled): _canceled,
    (Phase.CONFIRMED, Withdrew): _withdrew,
    (Phase.CONFIRMED, Canceled): _canceled,
    (Phase.CONFIRMED, Came): _came,
    (Phase.CONFIRMED, Missed): _missed,
    (Phase.CONFIRMED, Accepted): _too_late,
    (Phase.PROMISED, Canceled): _canceled,
    (Phase.PROMISED, Missed): _missed,
    (Phase.PROMISED, Accepted): _too_late,
    (Phase.STATED, Accepted): _too_late,
    (Phase.CANCELED, Accepted): _too_late,
    (Phase.CLOSED, Accepted): _too_late,
}
"""The one table of moves: in which phase which event does what. Whatever is not in it changes nothing."""
