"""A parent asks for care by text: every part once, in either language, and half an answer is helped along."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybreak.care.states import BookingState, RequestState
from daybreak.care.texts import conversation
from daybreak.care.texts.hearing import FAMILY_VOCABULARY, VOCABULARY, hear
from daybreak.care.texts.keeping import as_kept, as_question
from daybreak.care.texts.keypad import keys_wanted, press
from daybreak.care.texts.terms import Act, Draft, FamilyStanding, Kin, Part, Question, Turn, Wish, Word
from daybreak.notices.catalogue import NOTICES
from daybreak.notices.voice_words import VOICE
from daybreak.rulebook.queries import packaged

ADA, BEN = Kin(UUID(int=1), "Ada", 14), Kin(UUID(int=2), "Ben", 51)
MONDAY = date(2026, 3, 2)
ZONE = ZoneInfo("America/New_York")
REQUEST, BOOKING = UUID(int=30), UUID(int=31)


def family(*wishes: Wish, children: tuple[Kin, ...] = (ADA, BEN), hour: int = 5, minute: int = 40) -> FamilyStanding:
    now = datetime.combine(MONDAY, time(hour, minute))
    return FamilyStanding(
        household_id=UUID(int=9),
        at=now.replace(tzinfo=ZONE).astimezone(UTC),
        now=now,
        zone="America/New_York",
        children=children,
        usual_starts=time(7),
        usual_ends=time(15, 30),
        commute_minutes=15.0,
        link="/",
        wishes=wishes,
    )


def wish(booking: BookingState | None) -> Wish:
    state = RequestState.PLACED if booking else RequestState.ASKED
    if booking is None:
        return Wish(REQUEST, state, MONDAY, "2026-03-02T06:10")
    moments = ("2026-03-02T06:45", "2026-03-02T15:45", "2026-03-02T05:50")
    return Wish(REQUEST, state, MONDAY, "2026-03-02T06:10", BOOKING, booking, "Little Oaks", *moments)


def talk(standing: FamilyStanding, *texts: str) -> Turn:
    """Say one text after the other and give the last turn."""
    turn = Turn()
    for text in texts:
        turn = conversation.step(conversation.heard_by(text, standing), turn.asks, standing)
    return turn


def asked_for(turn: Turn) -> Draft:
    assert turn.deed is not None
    assert turn.deed.act is Act.ASK
    assert turn.deed.draft is not None
    return turn.deed.draft


@pytest.mark.parametrize(
    "texts",
    [
        ("CARE", "3", "1", "OK", "1"),
        ("cuidado", "todos", "hoy", "si", "1"),
        ("I need care today", "Ada and Ben", "ok", "6:10", "yes"),
        ("care today 7-3:30 both", "1"),
        ("CUIDADO hoy de 7 a 15:30 Ada y Ben antes de las 6:10", "SI"),
        ("care", "ada, ben", "3/2", "7am to 3:30pm", "6:10 am", "Y"),
    ],
)
def test_a_wish_is_whole_however_it_is_said(texts: tuple[str, ...]) -> None:
    draft = asked_for(talk(family(), *texts))
    assert draft.children == (ADA.child_id, BEN.child_id)
    assert (draft.day, draft.starts, draft.ends) == (MONDAY, time(7), time(15, 30))
    assert draft.decide_by_at == datetime(2026, 3, 2, 6, 10, tzinfo=ZONE)
    assert not draft.ill


def test_each_missing_part_is_asked_once_and_in_order() -> None:
    standing = family()
    parts = []
    turn = talk(standing, "CARE")
    for text in ("1", "2", "10pm-6am", "1"):
        assert turn.asks is not None
        parts.append(turn.asks.part)
        turn = conversation.step(conversation.heard_by(text, standing), turn.asks, standing)
    assert parts == [Part.WHO, Part.DAY, Part.HOURS, Part.BY]
    draft = asked_for(turn)
    assert (draft.day, draft.starts, draft.ends) == (date(2026, 3, 3), time(22), time(6))


def test_a_family_with_one_child_is_not_asked_who() -> None:
    turn = talk(family(children=(ADA,)), "CARE")
    assert turn.asks is not None
    assert turn.asks.part is Part.DAY


WRONG = {
    Part.WHO: (("CARE",), ("9", "Cleo", "maybe")),
    Part.DAY: (("CARE", "3"), ("9", "someday", "2/31")),
    Part.HOURS: (("CARE", "3", "1"), ("early", "7", "99:99-3")),
    Part.BY: (("CARE", "3", "1", "OK"), ("9", "soon")),
}


@pytest.mark.parametrize("part", WRONG)
def test_half_an_answer_is_helped_along_and_nothing_is_lost(part: Part) -> None:
    before, answers = WRONG[part]
    asked = talk(family(), *before)
    for answer in answers:
        turn = talk(family(), *before, answer)
        assert turn.deed is None
        assert turn.say is not None
        assert turn.say.code == f"text-again-{part.value}"
        assert turn.asks == asked.asks


def test_no_lets_a_wish_be() -> None:
    turn = talk(family(), "CARE", "3", "NO")
    assert turn.say is not None
    assert (turn.say.code, turn.asks, turn.deed) == ("text-dropped", None, None)


def test_what_was_understood_can_still_be_changed_before_the_last_yes() -> None:
    turn = talk(family(), "care today 7-3:30 both by 6:10", "8-4")
    assert turn.asks is not None
    assert (turn.asks.part, turn.asks.draft.starts, turn.asks.draft.ends) == (Part.SURE, time(8), time(16))


def test_hours_that_have_passed_ask_for_another_day() -> None:
    turn = talk(family(hour=20), "care today 7-3:30 ada")
    assert turn.say is not None
    assert turn.asks is not None
    assert (turn.say.code, turn.asks.part) == ("text-refused", Part.DAY)
    again = talk(family(hour=20), "care today 7-3:30 ada", "tomorrow")
    assert again.asks is not None
    assert again.asks.part is Part.BY


def test_an_hour_the_clocks_skip_asks_for_other_hours() -> None:
    turn = talk(family(), "care 3/8 2:10am-2:40am ada")
    assert turn.say is not None
    assert turn.asks is not None
    assert "no-such-hours" in str(turn.say.facts["why"])
    assert turn.asks.part is Part.HOURS


def test_a_child_with_a_fever_needs_care_from_now_on() -> None:
    turn = talk(family(hour=11, minute=4), "Ada has a fever now", "1")
    draft = asked_for(turn)
    assert draft.ill
    assert (draft.children, draft.day, draft.starts, draft.ends) == ((ADA.child_id,), MONDAY, time(11, 4), time(15, 30))


def test_how_it_stands_is_told_without_a_childs_name() -> None:
    for state in (None, BookingState.HELD, BookingState.CONFIRMED):
        turn = talk(family(wish(state)), "STATUS")
        assert turn.say is not None
        assert turn.say.code == "text-care-status"
        assert "Ada" not in str(turn.say.facts)
    assert talk(family(), "como va").say == talk(family(), "status").say


def test_a_place_is_given_up_only_after_one_more_yes() -> None:
    standing = family(wish(BookingState.CONFIRMED))
    first = talk(standing, "NO")
    assert first.deed is None
    assert first.say is not None
    assert first.say.code == "text-sure-to-give-up"
    sure = talk(standing, "ya no", "SI")
    assert sure.deed is None or sure.deed.act is Act.GIVE_UP
    last = talk(standing, "NO", "SI")
    assert last.deed is not None
    assert (last.deed.act, last.deed.about) == (Act.GIVE_UP, REQUEST)
    kept = talk(standing, "NO", "NO")
    assert kept.say is not None
    assert (kept.deed, kept.asks, kept.say.code) == (None, None, "text-left-as-it-is")


@pytest.mark.parametrize("texts", [("LATE 20",), ("running late", "20"), ("llego tarde 20",), ("LATE", "LATE 20")])
def test_a_family_says_by_how_much_it_comes_later(texts: tuple[str, ...]) -> None:
    deed = talk(family(wish(BookingState.CONFIRMED)), *texts).deed
    assert deed is not None
    assert (deed.act, deed.about, deed.number) == (Act.SAY_LATE, BOOKING, 20)


def test_coming_later_is_told_to_nobody_when_nobody_waits_or_it_is_too_much() -> None:
    assert talk(family(wish(None)), "LATE 20").deed is None
    assert talk(family(wish(BookingState.HELD)), "LATE 20").deed is None
    too_much = talk(family(wish(BookingState.CONFIRMED)), "LATE 400")
    assert too_much.deed is None
    assert too_much.say is not None
    assert too_much.say.code == "text-too-late"


def test_whoever_said_stop_is_asked_to_say_start_first() -> None:
    stopped = replace(family(), texts_stopped=True)
    turn = talk(stopped, "CARE")
    assert turn.say is not None
    assert (turn.say.code, turn.asks) == ("text-start-first", None)
    start = talk(stopped, "EMPEZAR").deed
    assert start is not None
    assert start.act is Act.START


def test_every_word_that_the_law_lists_ends_texts_on_either_side() -> None:
    listed = packaged().value("us/federal/text_messages/opt_out_words", MONDAY).value
    assert isinstance(listed, Mapping)
    assert "cancel" in listed["words"]
    for word in (*listed["words"], "ALTO"):
        for vocabulary in (VOCABULARY, FAMILY_VOCABULARY):
            assert hear(str(word).upper(), vocabulary).word is Word.STOP, word


def test_no_word_of_a_family_means_two_things() -> None:
    spelled = [word for words in FAMILY_VOCABULARY.values() for word in words]
    assert sorted(set(spelled)) == sorted(spelled)


def pressed(standing: FamilyStanding, *keys: str) -> Turn:
    turn = Turn()
    for key in keys:
        turn = conversation.step(press(key, turn.asks, standing), turn.asks, standing)
    return turn


def test_the_same_wish_is_made_by_keys() -> None:
    draft = asked_for(pressed(family(), "1", "12", "0303", "22000630", "1"))
    assert draft.children == (ADA.child_id, BEN.child_id)
    assert (draft.day, draft.starts, draft.ends) == (date(2026, 3, 3), time(22), time(6, 30))
    assert asked_for(pressed(family(), "1", "3", "1", "1", "2")).starts == time(7)
    assert pressed(family(), "1", "0").asks is None
    late = pressed(family(wish(BookingState.CONFIRMED)), "420").deed
    assert late is not None
    assert (late.act, late.number) == (Act.SAY_LATE, 20)


def test_one_key_is_awaited_only_where_one_is_enough() -> None:
    assert keys_wanted(pressed(family(), "1", "3", "1", "1").asks) == 1
    assert keys_wanted(pressed(family(), "1").asks) is None
    assert keys_wanted(None) is None


WORDS = st.sampled_from(
    [word for words in FAMILY_VOCABULARY.values() for word in words]
    + ["ada", "todos", "tomorrow", "mañana", "viernes", "3/14", "7-3:30", "22:00-6:30", "by 6:15", "now", "ill", "0700"]
)
TEXTS = st.one_of(
    st.text("abñé 0123456789-:/,", max_size=12), st.lists(WORDS, max_size=4).map(" ".join), st.integers(0, 12).map(str)
)
STANDINGS = st.sampled_from(
    [
        family(*wishes, hour=hour, children=children)
        for wishes in ((), (wish(None),), (wish(BookingState.HELD), wish(BookingState.CONFIRMED)))
        for hour in (0, 5, 11, 22)
        for children in ((), (ADA,), (ADA, BEN))
    ]
)


@given(STANDINGS, st.lists(st.tuples(st.booleans(), TEXTS), max_size=7))
def test_whatever_is_said_is_answered_and_only_a_whole_wish_is_asked_for(
    standing: FamilyStanding, said: list[tuple[bool, str]]
) -> None:
    turn = Turn()
    for by_key, text in said:
        keys = "".join(letter for letter in text if letter.isascii() and letter.isdigit())
        heard = press(keys, turn.asks, standing) if by_key else conversation.heard_by(text, standing)
        turn = conversation.step(heard, turn.asks, standing)
        assert (turn.deed is None) != (turn.say is None)
        if turn.say is not None:
            assert turn.say.code in NOTICES
            assert turn.say.code in VOICE
            assert "Ada" not in str(turn.say)
        if turn.deed is not None and turn.deed.act is Act.ASK:
            draft = asked_for(turn)
            assert draft.children
            assert None not in (draft.day, draft.starts, draft.ends, draft.decide_by_at)
        if turn.asks is not None:
            assert as_question(as_kept(turn.asks)) == turn.asks


def test_a_question_of_an_earlier_version_is_still_read() -> None:
    kept = {"act": "accept", "choices": [str(REQUEST)], "number": None, "because": None}
    assert as_question(kept) == Question(Act.ACCEPT, (REQUEST,))
