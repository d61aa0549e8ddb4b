"""What opens the door of an interview, and what does not."""

import pytest

from daybreak.interviews.admitting import admit_by_ticket, code_digest, spelled_code
from daybreak.interviews.mixing import is_full, mixed
from daybreak.interviews.terms import BATCH, Answers
from daybreak.kernel.decisions import No


@pytest.mark.parametrize("ticket", ["", "wave", "wave.x", "wave.AAAA.BBBB", "....", "wave.ñ.ñ", "wave.A.B.C"])
def test_what_is_no_ticket_is_refused_and_nothing_else_happens(ticket: str) -> None:
    refused = admit_by_ticket(ticket, {}, day="2026-03-02")
    assert isinstance(refused, No)
    assert refused.reasons[0].code == "not-a-ticket"


def test_a_code_is_read_as_it_is_written_by_hand() -> None:
    assert spelled_code("oOiI-lL00") == "00111100"
    assert code_digest("7F3K-Q2MN") == code_digest("7f3kq2mn")
    assert code_digest("7F3K-Q2MN") != code_digest("7F3K-Q2MP")


def test_a_batch_is_full_at_twenty() -> None:
    assert BATCH == 20
    assert not is_full(19)
    assert is_full(20)
    with pytest.raises(ValueError, match="too few"):
        mixed([Answers({}, {})] * 19, lambda things: None)


def test_texts_and_closed_answers_are_shuffled_apart() -> None:
    orders: list[int] = []

    def turned(things: list[object]) -> None:
        orders.append(len(things))
        things.reverse()

    people = [Answers({"sex/1": ("woman",)}, {"one_day/1": str(number)} if number % 2 else {}) for number in range(20)]
    batch = mixed(people, turned)
    assert orders == [20, 10]
    assert [text for _, text in batch.texts] == [str(number) for number in range(19, 0, -2)]
