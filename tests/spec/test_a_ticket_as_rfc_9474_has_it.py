"""A ticket is blinded, stamped and verified as the standard's own worked example (RFC 9474, appendix A.1) says."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateNumbers,
    RSAPublicNumbers,
    rsa_crt_dmp1,
    rsa_crt_dmq1,
    rsa_crt_iqmp,
)
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from blinding import blind, spelled
from daybreak.interviews.admitting import is_signed
from daybreak.tickets.openssl import CannotSign, blind_sign

EXAMPLE = json.loads((Path(__file__).parent / "rfc9474.json").read_text())


def given(name: str) -> bytes:
    return bytes.fromhex(EXAMPLE[name])


@pytest.fixture(scope="module")
def keys() -> tuple[bytes, bytes]:
    """The example's key as the desk keeps it and as everybody knows it."""
    p, q, e = int.from_bytes(given("p")), int.from_bytes(given("q")), 65537
    d = pow(e, -1, (p - 1) * (q - 1))
    parts = (rsa_crt_dmp1(d, p), rsa_crt_dmq1(d, q), rsa_crt_iqmp(p, q))
    key = RSAPrivateNumbers(p, q, d, *parts, RSAPublicNumbers(e, p * q)).private_key()
    return (
        key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption()),
        key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    )


def test_the_desk_stamps_what_the_example_stamps(keys: tuple[bytes, bytes]) -> None:
    private, public = keys
    assert blind_sign(private, public, given("blinded_msg")) == given("blind_sig")


def test_the_example_s_signature_is_one_and_no_other_is(keys: tuple[bytes, bytes]) -> None:
    _, public = keys
    message, signature = given("msg_prefix") + given("msg"), given("sig")
    assert is_signed(public, message, signature)
    assert not is_signed(public, message[:-1] + b"\0", signature)
    assert not is_signed(public, message, signature[:-1] + bytes([signature[-1] ^ 1]))


def test_the_browser_of_our_tests_blinds_and_finishes_as_the_example_does(keys: tuple[bytes, bytes]) -> None:
    private, public = keys
    modulus = int.from_bytes(given("p")) * int.from_bytes(given("q"))
    factor = pow(int.from_bytes(given("inv")), -1, modulus)
    message = given("msg_prefix") + given("msg")
    blinded = blind("wave", public.decode(), message=message, factor=factor, salt=given("salt"))
    assert blinded.sent == given("blinded_msg")
    stamp = blind_sign(private, public, blinded.sent)
    assert blinded.ticket(stamp) == f"wave.{spelled(message)}.{spelled(given('sig'))}"


@pytest.mark.parametrize("wrong", [b"", b"\1" * 255, b"\xff" * 512])
def test_nothing_is_stamped_that_is_no_number_below_the_modulus(keys: tuple[bytes, bytes], wrong: bytes) -> None:
    with pytest.raises(CannotSign):
        blind_sign(*keys, wrong)
