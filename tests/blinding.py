"""A respondent's browser, for tests: it blinds and finishes as RFC 9474 says, with the public key only.

In the product this runs in the vendored library; tests/browser holds that one against the same server.
"""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

HASH, SALT = 48, 48


def _mgf1(seed: bytes, length: int) -> bytes:
    blocks = (hashlib.sha384(seed + count.to_bytes(4)).digest() for count in range(-(-length // HASH)))
    return b"".join(blocks)[:length]


def encode(message: bytes, bits: int, salt: bytes) -> bytes:
    """EMSA-PSS-ENCODE of RFC 8017, section 9.1.1, with SHA-384."""
    size = -(-bits // 8)
    digest = hashlib.sha384(bytes(8) + hashlib.sha384(message).digest() + salt).digest()
    data = bytes(size - len(salt) - HASH - 2) + b"\x01" + salt
    masked = bytearray(one ^ other for one, other in zip(data, _mgf1(digest, size - HASH - 1), strict=True))
    masked[0] &= 0xFF >> (8 * size - bits)
    return bytes(masked) + digest + b"\xbc"


def public(pem: str) -> RSAPublicKey:
    key = load_pem_public_key(pem.encode())
    assert isinstance(key, RSAPublicKey)
    return key


@dataclass(frozen=True)
class Blinded:
    """What a browser keeps until the stamp comes back, and what it sends."""

    wave: str
    pem: str
    message: bytes
    inverse: int
    sent: bytes

    def ticket(self, stamp: bytes) -> str:
        """The finished ticket: the stamp with the blinding taken off."""
        modulus = public(self.pem).public_numbers().n
        signature = (int.from_bytes(stamp) * self.inverse % modulus).to_bytes(len(stamp))
        return f"{self.wave}.{spelled(self.message)}.{spelled(signature)}"


def spelled(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")


def blind(
    wave: str, pem: str, *, message: bytes | None = None, factor: int | None = None, salt: bytes | None = None
) -> Blinded:
    """Draw a message and blind it. `factor`, `message` and `salt` are for test vectors and for mutants."""
    numbers, bits = public(pem).public_numbers(), public(pem).key_size
    message = message or secrets.token_bytes(64)
    encoded = int.from_bytes(encode(message, bits - 1, salt or secrets.token_bytes(SALT)))
    factor = factor or secrets.randbelow(numbers.n - 1) + 1
    sent = encoded * pow(factor, numbers.e, numbers.n) % numbers.n
    return Blinded(wave, pem, message, pow(factor, -1, numbers.n), sent.to_bytes(bits // 8))
