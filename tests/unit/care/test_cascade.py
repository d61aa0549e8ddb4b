"""One request, step by step: routes in the family's order, several asked at once, turns, and every way to end."""

from datetime import UTC, datetime, timedelta

import pytest

from daybreak.care.cascade import MOVES, due_at, step
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
    News,
    Option,
    Phase,
    Promise,
    Skipped,
    State,
    StopHere,
    Take,
    Tell,
    Thank,
    Took,
    Withdrew,
)
from daybreak.plan.terms import Route

SIX = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
OAKS = Option("oaks", Route.PLACE, instant=True)
OKAFOR = Option("okafor", Route.ASK)
ELMS, FIRS, PINES = (Option(name, Route.ASK) for name in ("elms", "firs", "pines"))
INES = Option("ines", Route.IN_HOME)
HAD = Option("had-before", Route.KNOWN)


def minutes(count: float) -> datetime:
    return SIX + timedelta(minutes=count)


def asking(*routes: Route, decide_by: float = 32) -> Cascade:
    return Cascade(routes, SIX, minutes(decide_by), minutes(540))


def after(state: Cascade, *events: Event, at: float = 0) -> tuple[Cascade, list[Effect]]:
    effects: list[Effect] = []
    for event in events:
        state, some = step(state, event, minutes(at))
        effects += some
    return state, effects


def test_a_place_that_confirms_at_once_is_taken_in_the_familys_order_of_routes() -> None:
    known = Option("had-before", Route.KNOWN, instant=True)
    state, effects = after(asking(Route.KNOWN, Route.PLACE), Looked((OAKS, known)))
    assert effects == [Take("had-before", Route.KNOWN)]
    state, effects = after(state, Took("had-before"))
    assert (state.phase, state.place) == (Phase.CONFIRMED, "had-before")
    assert effects == [Tell(News.CONFIRMED, "had-before")]


def test_a_place_that_went_to_somebody_else_is_followed_by_the_next_one() -> None:
    elsewhere = Option("harbor", Route.PLACE, instant=True)
    state, effects = after(asking(Route.PLACE), Looked((OAKS, elsewhere)), Gone("oaks"))
    assert effects == [Take("oaks", Route.PLACE), Take("harbor", Route.PLACE)]
    assert state.taking == "harbor"


def test_several_are_asked_at_once_and_only_the_best_keeps_its_spots() -> None:
    state, effects = after(asking(Route.ASK), Looked((OKAFOR, ELMS, FIRS, PINES)))
    until = minutes(10)
    assert effects == [
        Hold("okafor", Route.ASK, until),
        Ask("elms", Route.ASK, until),
        Ask("firs", Route.ASK, until),
    ]
    assert due_at(state, SIX) == until


def test_the_first_to_say_yes_has_it_and_the_others_are_thanked() -> None:
    state, _ = after(asking(Route.ASK), Looked((OKAFOR, ELMS, FIRS)), Took("okafor"))
    state, effects = after(state, Accepted("elms"), Took("elms"), at=4)
    assert effects == [Take("elms", Route.ASK), Thank("okafor"), Thank("firs"), Tell(News.CONFIRMED, "elms")]
    _, late = after(state, Accepted("firs"), at=5)
    assert late == [Thank("firs")]


def test_a_home_that_keeps_spots_confirms_by_its_yes() -> None:
    state, _ = after(asking(Route.ASK), Looked((OKAFOR,)), Took("okafor"))
    state, effects = after(state, Accepted("okafor"), at=4)
    assert effects == [Confirm("okafor"), Tell(News.CONFIRMED, "okafor")]
    assert state.phase is Phase.CONFIRMED


def test_a_yes_to_a_hold_that_has_ended_is_thanked_and_the_search_goes_on() -> None:
    state, _ = after(asking(Route.ASK), Looked((OKAFOR,)), Took("okafor"))
    state, effects = after(state, Accepted("okafor"), at=10)
    assert effects == [Thank("okafor"), Look()]
    assert state.closed == {"okafor"}


def test_a_no_makes_room_for_the_next_to_be_asked() -> None:
    state, _ = after(asking(Route.ASK), Looked((OKAFOR, ELMS, FIRS, PINES)), Took("okafor"))
    state, effects = after(state, Declined("firs"), Looked((PINES,)), at=2)
    assert effects == [Look(), Ask("pines", Route.ASK, minutes(12))]
    assert "firs" in state.closed


def test_silence_ends_a_turn_and_a_yes_after_it_still_counts_while_nothing_is_found() -> None:
    state, _ = after(asking(Route.ASK, Route.IN_HOME), Looked((OKAFOR, ELMS)), Took("okafor"))
    state, effects = after(state, Clock(), Looked((INES,)), at=10)
    assert effects == [
        Lapse("okafor"),
        Tell(News.TRYING_ON, "okafor"),
        Look(),
        Hold("ines", Route.IN_HOME, minutes(20)),
    ]
    _, effects = after(state, Accepted("elms"), at=12)
    assert effects == [Take("elms", Route.ASK)]


@pytest.mark.parametrize(("decide_by", "turn"), [(60, 10), (12, 10), (11, 9), (3, 1), (2, None), (0.5, None)])
def test_a_hold_ends_in_time_to_ask_another(decide_by: float, turn: float | None) -> None:
    _, effects = after(asking(Route.ASK, decide_by=decide_by), Looked((OKAFOR,)))
    expected = [Hold("okafor", Route.ASK, minutes(turn))] if turn else [State(), Tell(News.STATEMENT)]
    assert effects == expected


def test_where_whoever_is_asked_keeps_spots_one_is_asked_at_a_time() -> None:
    alone = Cascade((Route.ASK, Route.IN_HOME), SIX, minutes(32), minutes(540), asks=1)
    state, effects = after(alone, Looked((OKAFOR, ELMS)), Took("okafor"))
    assert effects == [Hold("okafor", Route.ASK, minutes(10)), Tell(News.ASKED, "okafor")]
    _, effects = after(state, AllAtOnce(), Looked((ELMS, INES)), at=1)
    assert effects == [Look()]


def test_each_turn_is_a_share_of_the_time_left_and_two_minutes_stay_in_hand() -> None:
    state, effects = after(asking(Route.KNOWN, Route.ASK, Route.IN_HOME, decide_by=20), Looked((HAD,)))
    assert effects == [Hold("had-before", Route.KNOWN, minutes(6))]
    short, effects = after(asking(Route.ASK, decide_by=4), Looked((OKAFOR,)))
    assert effects == [Hold("okafor", Route.ASK, minutes(2))]
    assert due_at(short, SIX) == minutes(2)
    assert due_at(state, SIX) == minutes(6)


def test_at_the_last_call_any_accepted_route_that_confirms_at_once_is_taken() -> None:
    ines = Option("ines", Route.IN_HOME, instant=True)
    state, _ = after(asking(Route.KNOWN, Route.ASK, Route.IN_HOME), Looked((OKAFOR,)), Took("okafor"))
    _, effects = after(state, Clock(), Looked((ines,)), at=30)
    assert effects[-1] == Take("ines", Route.IN_HOME)


def test_the_own_persons_money_is_promised_at_the_last_call_and_not_before() -> None:
    state, effects = after(asking(Route.PLACE, Route.OWN), Looked(()), at=5)
    assert (effects, state.phase) == ([], Phase.LOOKING)
    state, effects = after(state, Looked(()), at=30)
    assert effects == [Promise(), Tell(News.PROMISED)]
    assert state.phase is Phase.PROMISED


def test_the_own_person_before_a_stranger_is_promised_when_its_turn_comes() -> None:
    state, effects = after(asking(Route.PLACE, Route.OWN, Route.IN_HOME), Looked((INES,)))
    assert effects == [Promise(), Tell(News.PROMISED)]
    assert state.phase is Phase.PROMISED


def test_without_anything_the_family_has_the_statement_two_minutes_before_decide_by() -> None:
    state, effects = after(asking(Route.PLACE), Looked(()), at=29.9)
    assert effects == []
    assert due_at(state, minutes(29.9)) == minutes(30)
    state, effects = after(state, Clock(), Looked(()), at=30)
    assert effects == [Look(), State(), Tell(News.STATEMENT)]
    assert due_at(state, minutes(30)) is None


def test_skip_this_lets_go_of_whoever_is_asked_and_never_tries_that_route_again() -> None:
    state, _ = after(asking(Route.ASK, Route.IN_HOME), Looked((OKAFOR, ELMS)), Took("okafor"))
    state, effects = after(state, Skipped(), Looked((OKAFOR, PINES, INES)), at=1)
    assert effects == [Thank("okafor"), Thank("elms"), Look(), Hold("ines", Route.IN_HOME, minutes(11))]
    assert state.routes == (Route.IN_HOME,)


def test_skipping_to_the_own_person_promises_its_money_at_once() -> None:
    state, _ = after(asking(Route.ASK, Route.OWN), Looked((OKAFOR,)), Took("okafor"))
    state, effects = after(state, Skipped(), Looked(()), at=1)
    assert effects == [Thank("okafor"), Look(), Promise(), Tell(News.PROMISED)]


def test_nobody_skips_into_a_statement_by_accident() -> None:
    state, effects = after(asking(Route.ASK), Skipped())
    assert (state.routes, effects) == ((Route.ASK,), [])


def test_any_of_these_now_asks_on_all_routes() -> None:
    state, _ = after(asking(Route.KNOWN, Route.ASK, Route.IN_HOME), Looked((HAD, OKAFOR, INES)), Took("had-before"))
    state, effects = after(state, AllAtOnce(), Looked((HAD, OKAFOR, INES)), at=1)
    assert effects == [Look(), Ask("okafor", Route.ASK, minutes(11)), Ask("ines", Route.IN_HOME, minutes(11))]


def test_stop_here_lets_what_was_begun_succeed_and_tries_nothing_else() -> None:
    state, _ = after(asking(Route.ASK, Route.IN_HOME, Route.OWN), Looked((OKAFOR,)), Took("okafor"))
    state, effects = after(state, StopHere(), Looked((OAKS, ELMS, INES)), at=1)
    assert effects == [Look()]
    _, effects = after(state, Accepted("okafor"), at=2)
    assert effects[0] == Confirm("okafor")
    _, effects = after(state, Declined("okafor"), Looked((ELMS, INES)), at=2)
    assert effects == [Tell(News.TRYING_ON, "okafor"), Look(), State(), Tell(News.STATEMENT)]


def test_a_place_taken_back_counts_against_the_home_and_the_day_comes_back() -> None:
    state, _ = after(asking(Route.PLACE), Looked((OAKS,)), Took("oaks"))
    state, effects = after(state, Withdrew("oaks"), at=50)
    assert effects == [Count("oaks"), GiveBack("oaks"), GiveTime(minutes(80)), Tell(News.LOST, "oaks"), Look()]
    assert (state.phase, state.urgent, state.decide_by_at) == (Phase.LOOKING, True, minutes(80))
    _, effects = after(state, Looked((OAKS,)), at=50)
    assert effects == []


def test_canceling_frees_everybody_and_charges_nothing() -> None:
    state, _ = after(asking(Route.PLACE), Looked((OAKS,)), Took("oaks"))
    state, effects = after(state, Canceled(), Came(), at=9)
    assert effects == [Thank("oaks"), GiveBack("oaks"), Tell(News.CANCELED)]


def test_care_is_charged_when_the_children_came_and_once() -> None:
    state, _ = after(asking(Route.PLACE), Looked((OAKS,)), Took("oaks"))
    state, effects = after(state, Came(), Came(), at=120)
    assert effects == [Charge("oaks")]
    assert state.phase is Phase.CLOSED


def test_care_that_has_passed_is_not_looked_for() -> None:
    state, _ = after(asking(Route.PLACE), Looked((OAKS,)), Took("oaks"))
    state, _ = after(state, Withdrew("oaks"), at=535)
    state, effects = after(state, Clock(), Looked(()), at=540)
    assert state.phase is Phase.STATED
    assert State() in effects


def test_a_yes_is_answered_in_every_phase() -> None:
    assert {phase for phase, event in MOVES if event is Accepted} == set(Phase)
