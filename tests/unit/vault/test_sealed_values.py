"""A sealed value opens where it was written, with the key it was written with, unchanged; and nowhere else."""

import base64

import pytest

from daybreak.vault.seals import (
    NONCE_BYTES,
    Binding,
    CannotOpen,
    Keyring,
    blind_index,
    key_of,
    open_sealed,
    parse_keyring,
    seal,
)

HERE = Binding("child", "care_notes", "row-1", "harbor-health")
NOTE = "Peanut allergy."
NONCE = bytes(range(NONCE_BYTES))


def key(fill: int) -> str:
    return base64.b64encode(bytes([fill]) * 32).decode()


RING = parse_keyring(f"old:{key(1)}", key(9))
ROTATED = parse_keyring(f"new:{key(2)},old:{key(1)}", key(9))
SEALED = seal(RING, NOTE, HERE, nonce=NONCE)


def test_what_was_sealed_opens_in_its_place() -> None:
    assert open_sealed(RING, SEALED, HERE) == NOTE
    assert NOTE not in SEALED
    assert base64.b64encode(NOTE.encode()).decode().rstrip("=") not in SEALED


@pytest.mark.parametrize(
    "elsewhere",
    [
        Binding("person", "care_notes", "row-1", "harbor-health"),
        Binding("child", "name", "row-1", "harbor-health"),
        Binding("child", "care_notes", "row-2", "harbor-health"),
        Binding("child", "care_notes", "row-1", "lakeshore"),
        Binding("child", "care_notes", "row-1"),
        Binding("childcare", "_notes", "row-1", "harbor-health"),
    ],
    ids=["table", "column", "row", "employer", "no employer", "the same letters cut elsewhere"],
)
def test_a_value_moved_to_another_place_does_not_open(elsewhere: Binding) -> None:
    with pytest.raises(CannotOpen, match="changed or moved"):
        open_sealed(RING, SEALED, elsewhere)


def test_a_value_with_any_one_bit_flipped_does_not_open() -> None:
    version, key_id, encoded = SEALED.split(":")
    blob = base64.b64decode(encoded)
    for bit in range(len(blob) * 8):
        flipped = bytearray(blob)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(CannotOpen):
            open_sealed(RING, f"{version}:{key_id}:{base64.b64encode(flipped).decode()}", HERE)


@pytest.mark.parametrize(
    "text",
    ["", "v1", "v1:old", "v1:old:", "v1:old:AAAA", "v1:old:not base64", "v2:" + SEALED[3:], NOTE, "v1:nobody:AAAA"],
)
def test_text_that_was_never_sealed_does_not_open(text: str) -> None:
    with pytest.raises(CannotOpen):
        open_sealed(RING, text, HERE)


def test_a_refusal_to_open_names_the_column_and_nothing_of_the_value() -> None:
    with pytest.raises(CannotOpen) as refused:
        open_sealed(RING, SEALED, Binding("child", "care_notes", "row-2", "harbor-health"))
    assert str(refused.value) == "A value in child.care_notes was changed or moved; it does not open."


def test_after_a_rotation_old_values_open_and_new_ones_take_the_new_key() -> None:
    assert open_sealed(ROTATED, SEALED, HERE) == NOTE
    again = seal(ROTATED, NOTE, HERE, nonce=NONCE)
    assert (key_of(SEALED), key_of(again)) == ("old", "new")
    assert open_sealed(ROTATED, again, HERE) == NOTE


def test_a_process_without_the_key_cannot_open() -> None:
    without = parse_keyring(f"new:{key(2)}", key(9))
    with pytest.raises(CannotOpen, match="a key this process does not have"):
        open_sealed(without, SEALED, HERE)


def test_another_key_under_the_same_id_does_not_open() -> None:
    with pytest.raises(CannotOpen, match="changed or moved"):
        open_sealed(parse_keyring(f"old:{key(3)}", key(9)), SEALED, HERE)


@pytest.mark.parametrize("text", ["rosa@example.org", "ROSA@Example.Org", "  rosa@example.org\n"])
def test_an_address_is_found_in_any_case_and_with_outer_spaces(text: str) -> None:
    assert blind_index(RING, text, column="email") == blind_index(RING, "rosa@example.org", column="email")


def test_equal_values_of_two_columns_cannot_be_matched() -> None:
    assert blind_index(RING, "+17165550101", column="phone") != blind_index(RING, "+17165550101", column="email")


def test_a_blind_index_depends_on_the_index_key_and_not_on_the_sealing_keys() -> None:
    other = parse_keyring(f"old:{key(1)}", key(8))
    assert blind_index(RING, "rosa", column="email") != blind_index(other, "rosa", column="email")
    assert blind_index(RING, "rosa", column="email") == blind_index(ROTATED, "rosa", column="email")


@pytest.mark.parametrize(
    ("keys", "index", "sentence"),
    [
        ("", key(9), "Each key needs an id of its own: id:base64,id:base64."),
        (key(1), key(9), "Each key needs an id of its own: id:base64,id:base64."),
        (f"a:{key(1)},a:{key(2)}", key(9), "Each key needs an id of its own: id:base64,id:base64."),
        ("a:???", key(9), "The key a is not base64."),
        ("a:" + base64.b64encode(bytes(16)).decode(), key(9), "The key a holds 16 bytes; AES-256 needs 32."),
        (f"a:{key(1)}", "", "The key index holds 0 bytes; AES-256 needs 32."),
    ],
    ids=["none", "no id", "twice", "not base64", "short", "no index key"],
)
def test_keys_that_cannot_be_used_are_refused_with_a_sentence(keys: str, index: str, sentence: str) -> None:
    with pytest.raises(ValueError, match="key") as refused:
        parse_keyring(keys, index)
    assert str(refused.value) == sentence


def test_a_keyring_never_prints_its_keys() -> None:
    assert repr(ROTATED) == "Keyring(new, old; sealing=new)"
    assert isinstance(ROTATED, Keyring)
