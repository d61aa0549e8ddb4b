"""A row has one short name that survives paper and telephone."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from daybreak.kernel.refs import ALPHABET, spoken


def test_the_alphabet_has_no_letters_that_look_or_sound_alike() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 31
    assert not set("01OIL") & set(ALPHABET)


def test_the_same_row_has_the_same_name_under_every_prefix() -> None:
    row = UUID("6f1c2f9e-8d3b-4c61-9c53-0a7d1f1f2b11")
    name = spoken("R", row)
    assert spoken("R", row) == name
    assert spoken("B", row) == "B" + name.removeprefix("R")


def test_names_count_in_the_alphabet_from_the_left() -> None:
    assert [spoken("R", UUID(int=number)) for number in (0, 1, 30, 31)] == [
        "R-22222222",
        "R-32222222",
        "R-Z2222222",
        "R-23222222",
    ]


@given(st.uuids())
def test_every_name_is_eight_letters_of_the_alphabet(row: UUID) -> None:
    prefix, _, letters = spoken("R", row).partition("-")
    assert prefix == "R"
    assert len(letters) == 8
    assert set(letters) <= set(ALPHABET)
