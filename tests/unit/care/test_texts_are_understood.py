"""A text is understood by its first word of ours, in either language; what is not clear does nothing."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybreak.care.states import BookingState
from daybreak.care.texts import conversation
from daybreak.care.texts.hearing import VOCABULARY, hear
from daybreak.care.texts.terms import Act, Deed, Educator, Family, Heard, Question, RoomOpen, Standing, Turn, Word
from daybreak.notices.catalogue import NOTICES

DAY = date(2026, 3, 2)
ONE, TWO, THREE, OAKS = (UUID(int=number) for number in range(1, 5))


def family(booking: UUID, state: BookingState) -> Family:
    return Family(booking, state, "2026-03-02T06:45", "2026-03-02T15:45", 2)


def standing(*families: Family, rooms: int = 1, educators: tuple[str, ...] = ()) -> Standing:
    return Standing(
        site="Little Oaks",
        day=DAY,
        link="/sites",
        families=families,
        rooms=tuple(RoomOpen(OAKS, UUID(int=20 + number), f"Room {number}", 2) for number in range(rooms)),
        educators=tuple(
            Educator(UUID(int=40 + number), OAKS, name, "Toddlers", "07:00", "18:00")
            for number, name in enumerate(educators)
        ),
    )


def test_no_word_means_two_things() -> None:
    spelled = [word for words in VOCABULARY.values() for word in words]
    assert sorted(set(spelled)) == sorted(spelled)


HEARD = {
    "YES": Heard(Word.YES),
    "¡Sí, por favor!": Heard(Word.YES),
    "Ya llegaron": Heard(Word.IN),
    "Los niños se fueron": Heard(None, None, "ninos se fueron"),
    "se fueron": Heard(Word.OUT),
    "CUPOS 3 Toddlers": Heard(Word.SPOTS, 3, "toddlers"),
    "hola, hoy": Heard(Word.TODAY),
    "ENFERMA Lena": Heard(Word.ILL, None, "lena"),
    "2": Heard(None, 2),
    "#2.": Heard(None, 2),
    "STOP": Heard(Word.STOP),
    "": Heard(None),
    "123456789": Heard(None),
}


@pytest.mark.parametrize(("said", "heard"), HEARD.items(), ids=HEARD)
def test_is_heard_as(said: str, heard: Heard) -> None:
    found = hear(said)
    assert found.word is heard.word
    assert found.number == heard.number
    if heard.word is not None or not heard.rest:
        assert found.rest == heard.rest


def test_a_family_that_waits_comes_before_one_that_is_confirmed() -> None:
    day = standing(family(ONE, BookingState.CONFIRMED), family(TWO, BookingState.HELD))
    assert conversation.step(Heard(Word.NO), None, day).deed == Deed(Act.DECLINE, TWO)
    assert conversation.step(Heard(Word.YES), None, day).deed == Deed(Act.ACCEPT, TWO)


def test_a_number_means_what_it_meant_when_it_was_asked() -> None:
    asked = Question(Act.ACCEPT, (ONE, TWO))
    now = standing(family(TWO, BookingState.HELD), family(THREE, BookingState.HELD))
    assert conversation.step(Heard(None, 1), asked, now).deed == Deed(Act.ACCEPT, ONE)
    assert conversation.step(Heard(Word.YES, 2), asked, now).deed == Deed(Act.ACCEPT, TWO)
    out_of_range = conversation.step(Heard(None, 3), asked, now)
    assert out_of_range.deed is None
    assert out_of_range.asks == asked


def test_a_yes_that_may_be_for_a_new_family_cancels_nobody() -> None:
    asked = Question(Act.WITHDRAW, (ONE,))
    day = standing(family(ONE, BookingState.CONFIRMED), family(TWO, BookingState.HELD))
    turn = conversation.step(Heard(Word.YES), asked, day)
    assert turn.deed is None
    assert turn.asks == Question(Act.ACCEPT, (TWO,))
    assert conversation.step(Heard(Word.YES), turn.asks, day).deed == Deed(Act.ACCEPT, TWO)


def test_a_no_does_not_answer_what_yes_was_asked_about() -> None:
    asked = Question(Act.ACCEPT, (ONE, TWO))
    turn = conversation.step(Heard(Word.NO, 1), asked, standing(family(TWO, BookingState.HELD)))
    assert turn.deed == Deed(Act.DECLINE, TWO)


def test_an_educator_is_found_by_name_and_never_named() -> None:
    day = standing(educators=("Amara Diallo", "Lena Kowalski"))
    assert conversation.step(Heard(Word.ILL, None, "lena"), None, day).deed == Deed(Act.GONE, UUID(int=41))
    asked = conversation.step(Heard(Word.ILL), None, day)
    assert asked.asks == Question(Act.GONE, (UUID(int=40), UUID(int=41)))
    assert asked.say is not None
    assert "Lena" not in str(asked.say.facts)


STATES = st.sampled_from([BookingState.HELD, BookingState.CONFIRMED, BookingState.ATTENDED, BookingState.FETCHED])
DAYS = st.builds(
    lambda states, rooms, educators: standing(
        *(family(UUID(int=60 + number), state) for number, state in enumerate(states)),
        rooms=rooms,
        educators=educators,
    ),
    st.lists(STATES, max_size=4),
    st.integers(0, 3),
    st.sampled_from([(), ("Lena",), ("Lena", "Amara")]),
)
WORDS = st.sampled_from([word for words in VOCABULARY.values() for word in words])
TEXTS = st.one_of(st.text(max_size=60), st.builds("{} {}".format, WORDS, st.integers(0, 12)), WORDS)


@given(DAYS, TEXTS)
def test_whatever_is_texted_one_thing_is_done_or_something_is_said(day: Standing, text: str) -> None:
    turn = conversation.step(hear(text), None, day)
    assert (turn.deed is None) != (turn.say is None)
    if turn.say is not None:
        assert turn.say.code in NOTICES
    if turn.deed is not None and turn.deed.act is Act.WITHDRAW:
        raise AssertionError("A confirmed place is never taken away by one text.")


@given(DAYS, st.lists(TEXTS, max_size=6))
def test_a_booking_is_acted_on_only_in_a_state_that_allows_it(day: Standing, texts: list[str]) -> None:
    allowed = {
        Act.ACCEPT: BookingState.HELD,
        Act.DECLINE: BookingState.HELD,
        Act.WITHDRAW: BookingState.CONFIRMED,
        Act.ATTEND: BookingState.CONFIRMED,
        Act.FETCH: BookingState.ATTENDED,
    }
    states = {one.booking_id: one.state for one in day.families}
    asked: Question | None = None
    for text in texts:
        turn: Turn = conversation.step(hear(text), asked, day)
        if turn.deed is not None and turn.deed.act in allowed:
            assert turn.deed.about is not None
            assert states[turn.deed.about] is allowed[turn.deed.act]
        asked = turn.asks
