"""A form is read leniently and packed in one size."""

import pytest

from daybreak.interviews.answering import (
    ROOM,
    pack,
    pack_closed,
    pack_text,
    read_answers,
    unpack,
    unpack_closed,
    unpack_text,
)
from daybreak.interviews.queries import SETS, items, question_set
from daybreak.interviews.terms import TEXT_BYTES, Answers, Asked
from daybreak.kernel.decisions import No

PULSE = question_set("pulse-1")


def test_what_was_left_out_is_not_there() -> None:
    assert read_answers(PULSE, {"one_day/1": ["  "], "sex/1": []}) == Answers({}, {})


def test_choices_are_kept_in_the_order_of_the_file_and_not_of_the_form() -> None:
    read = read_answers(PULSE, {"care_for/1": ["older_adult", "child_under_6"]})
    assert read == Answers({"care_for/1": ("child_under_6", "older_adult")}, {})


def test_none_of_these_counts_only_alone() -> None:
    one = read_answers(PULSE, {"followed/1": ["none", "cut_hours"]})
    other = read_answers(PULSE, {"followed/1": ["none"]})
    assert one == Answers({"followed/1": ("cut_hours",)}, {})
    assert other == Answers({"followed/1": ("none",)}, {})


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"sex/1": ["robot"]}, "not-an-option"),
        ({"sex/1": ["woman", "man"]}, "not-an-option"),
        ({"one_day/1": ["ñ" * TEXT_BYTES]}, "text-too-long"),
    ],
)
def test_what_was_not_on_offer_is_refused_with_its_reason(sent: dict[str, list[str]], code: str) -> None:
    read = read_answers(PULSE, sent)
    assert isinstance(read, No)
    assert [reason.code for reason in read.reasons] == [code]


def everything(name: str) -> Answers:
    """The most that somebody can say."""
    asked = question_set(name)
    closed = {item.id: tuple(option.code for option in item.options) for item in asked.closed}
    return Answers(closed, {item.id: "\n" * TEXT_BYTES for item in asked.open})


@pytest.mark.parametrize("name", SETS.values())
def test_nothing_and_everything_take_the_same_room(name: str) -> None:
    most = everything(name)
    for answers in (Answers({}, {}), most):
        assert len(pack(answers).encode()) == ROOM
        assert unpack(pack(answers)) == answers
    assert len(pack_closed(most.closed).encode()) == len(pack_closed({}).encode())
    assert unpack_closed(pack_closed(most.closed)) == most.closed


@pytest.mark.parametrize("text", ["", "ñ" * (TEXT_BYTES // 2), '"\\' * (TEXT_BYTES // 4)])
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert len(pack_text(text).encode()) == len(pack_text("").encode())
    assert unpack_text(pack_text(text)) == text


def test_every_open_question_is_a_text() -> None:
    assert {item.id for item in items().values() if item.asked is Asked.TEXT} == {"one_day/1", "would_have_helped/1"}
