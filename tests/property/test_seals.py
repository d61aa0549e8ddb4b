"""Laws of the vault: any text comes back as it was, from its own place only."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybreak.vault.seals import NONCE_BYTES, Binding, CannotOpen, blind_index, open_sealed, parse_keyring, seal

RING = parse_keyring("a:" + base64.b64encode(bytes(32)).decode(), base64.b64encode(bytes(range(32))).decode())
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
NONCES = st.binary(min_size=NONCE_BYTES, max_size=NONCE_BYTES)
WORDS = st.text("abc_", min_size=1, max_size=4)
BINDINGS = st.builds(Binding, WORDS, WORDS, WORDS, st.text("abc", max_size=3))


@given(text=TEXTS, where=BINDINGS, nonce=NONCES)
def test_any_text_comes_back_as_it_was(text: str, where: Binding, nonce: bytes) -> None:
    assert open_sealed(RING, seal(RING, text, where, nonce=nonce), where) == text


@given(text=TEXTS, where=BINDINGS, elsewhere=BINDINGS, nonce=NONCES)
def test_no_other_place_opens_it(text: str, where: Binding, elsewhere: Binding, nonce: bytes) -> None:
    sealed = seal(RING, text, where, nonce=nonce)
    if where != elsewhere:
        with pytest.raises(CannotOpen):
            open_sealed(RING, sealed, elsewhere)


@given(text=TEXTS, junk=TEXTS)
def test_whatever_is_put_in_its_place_is_refused_and_never_another_error(text: str, junk: str) -> None:
    where = Binding("child", "name", "1")
    with pytest.raises(CannotOpen):
        open_sealed(RING, junk, where)
    with pytest.raises(CannotOpen):
        open_sealed(RING, f"v1:a:{junk}", where)


@given(text=TEXTS)
def test_outer_spaces_and_case_never_change_a_blind_index(text: str) -> None:
    plain = blind_index(RING, text, column="email")
    assert blind_index(RING, f" {text}\t", column="email") == plain
    assert blind_index(RING, text.casefold(), column="email") == plain
